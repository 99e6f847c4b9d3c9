import { clockMs, dayMs, digitsAt, monthAt, zoneAt } from "./civil-time.ts";
import { closingQuote, quotedAt } from "./go-quoted.ts";
import { KeptTexts } from "./kept-texts.ts";
import { addressReader, splitTarget } from "./told-values.ts";
import { wholeAt } from "./row-cut.ts";

const SPACE = 32;
const QUOTE = 34;
const DASH = "-";
/** `[30/Jan/2026:10:05:11 +0000] ` before the request's quote. */
const TIME_CHARS = 29;
const CLOCK_IN_TIME = 12;
const ZONE_IN_TIME = 21;
const METHOD = /^[A-Za-z][A-Za-z-]{0,31}$/u;

/** What the rest of a row behind the client's address and user begins with. */
export interface ClfRow {
  /** Milliseconds since 1970, UTC, to the second. */
  ms: number;
  sourceIp: string | null;
  user: string | null;
  /** `name:port` of a log of several hosts; `null` = the row does not say. */
  virtualHost: string | null;
  /** `null` = what came was no request. */
  method: string | null;
  path: string;
  query: string | null;
  status: number;
  bytes: number | null;
  /** The row has referer and user agent (combined). */
  userAgent: string | null;
  /** Index behind what was read. */
  end: number;
}

/** Reads rows of the Common Log Format and its kin; owns the row read last and the memory of what comes again. */
export class ClfText {
  readonly row: ClfRow = {
    ms: 0,
    sourceIp: null,
    user: null,
    virtualHost: null,
    method: null,
    path: "",
    query: null,
    status: 0,
    bytes: null,
    userAgent: null,
    end: 0,
  };
  readonly #addresses = addressReader();
  readonly #words = new KeptTexts((text) => text);
  #lastTime = "";
  #lastMs = Number.NaN;

  /**
   * Takes a row apart. Places are counted from the request's quote, the first of the row: no server lets a client write one before it
   * (names of users come escaped), so what a client calls itself cannot pass for the rest of the row.
   */
  read(text: string): boolean {
    const quote = text.indexOf('"');
    if (quote < TIME_CHARS + 2 || !this.#readTime(text, quote - TIME_CHARS)) return false;
    if (!this.#readClient(text, quote - TIME_CHARS - 1)) return false;
    const close = closingQuote(text, quote);
    if (close === -1) return false;
    this.row.status = digitsAt(text, close + 2, 3);
    if (this.row.status < 0 || text.charCodeAt(close + 5) !== SPACE) return false;
    this.#readRequest(text, quote, close);
    return this.#readRest(text, close + 6);
  }

  #readTime(text: string, from: number): boolean {
    if (text.charCodeAt(from) !== 91 || !text.startsWith("] ", from + TIME_CHARS - 2)) return false;
    if (this.#lastTime === "" || !text.startsWith(this.#lastTime, from + 1)) {
      const at = from + 1;
      const day = dayMs(digitsAt(text, at + 7, 4), monthAt(text, at + 3), digitsAt(text, at, 2));
      const zone = zoneAt(text, at + ZONE_IN_TIME);
      const ms = day + clockMs(text, at + CLOCK_IN_TIME) - (zone?.minutes ?? Number.NaN) * 60_000;
      if (Number.isNaN(ms)) return false;
      this.#lastTime = text.slice(at, from + TIME_CHARS - 2);
      this.#lastMs = ms;
    }
    this.row.ms = this.#lastMs;
    return true;
  }

  /** `address ident user`, or the name of the virtual host before these. */
  #readClient(text: string, end: number): boolean {
    const first = text.indexOf(" ");
    if (first <= 0 || first >= end) return false;
    const address = this.#addresses.at(text, 0, first);
    this.row.virtualHost = null;
    this.row.sourceIp = address;
    let behind = first;
    if (address === null) {
      const second = text.indexOf(" ", first + 1);
      const later = second === -1 || second >= end ? null : this.#addresses.at(text, first + 1, second);
      if (later !== null) {
        this.row.virtualHost = text.slice(0, first);
        this.row.sourceIp = later;
        behind = second;
      }
    }
    const ident = text.indexOf(" ", behind + 1);
    if (ident === -1 || ident >= end) return false;
    const user = text.slice(ident + 1, end);
    this.row.user = user === DASH || user === "" ? null : user;
    return true;
  }

  #readRequest(text: string, quote: number, close: number): void {
    this.row.method = null;
    this.row.path = "";
    this.row.query = null;
    const space = text.indexOf(" ", quote);
    const last = text.lastIndexOf(" ", close);
    if (space === -1 || space >= close || last <= space || !text.startsWith("HTTP/", last + 1)) return;
    const method = this.#words.at(text, quote + 1, space);
    if (!METHOD.test(method)) return;
    const target = this.#words.at(text, space + 1, last);
    const { path, query } = splitTarget(unescaped(target));
    this.row.method = method.toUpperCase();
    this.row.path = path;
    this.row.query = query;
  }

  /** Bytes, and referer and agent where they stand. */
  #readRest(text: string, from: number): boolean {
    const space = text.indexOf(" ", from);
    const end = space === -1 ? text.length : space;
    const bytes = wholeAt(text, from, end);
    if (bytes === -1 && text.slice(from, end) !== DASH) return false;
    this.row.bytes = bytes === -1 ? null : bytes;
    this.row.userAgent = null;
    this.row.end = end;
    if (space === -1 || text.charCodeAt(space + 1) !== QUOTE) return true;
    const referer = closingQuote(text, space + 1);
    if (referer === -1) return false;
    this.row.end = referer + 1;
    if (text.charCodeAt(referer + 2) !== QUOTE) return true;
    const close = closingQuote(text, referer + 2);
    if (close === -1) return false;
    const agent = this.#words.at(text, referer + 3, close);
    this.row.userAgent = agent === DASH || agent === "" ? null : unescaped(agent);
    this.row.end = close + 1;
    return true;
  }
}

/** Text as the server escaped it; as it stands when the escapes are none that it writes. */
function unescaped(text: string): string {
  return text.includes("\\") ? (quotedAt(`"${text}"`, 0)?.value ?? text) : text;
}
