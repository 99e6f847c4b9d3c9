import { Buffer } from "node:buffer";
import { TextEncoder } from "node:util";
import { canonicalAddress } from "../../model/address.ts";
import { dayMs } from "./civil-time.ts";
import {
  behindBar,
  behindPlainBar,
  blanksEnd,
  isPlainHead,
  knownMethod,
  pair,
  spacesEnd,
  wordEnd,
} from "./gin-bytes.ts";
import { goDurationMs } from "./go-duration.ts";
import { quotedAt } from "./go-quoted.ts";
import { KeptIpv4 } from "./kept-ipv4.ts";
import { KeptTexts, stopsAt } from "./kept-texts.ts";

/** Stands behind the bytes of a row. */
const END = 0;
const LF = 10;
const ESCAPE = 27;
const SPACE = 32;
const QUOTE = 34;
const SLASH = 47;
const COLON = 58;
const QUESTION = 63;
const BACKSLASH = 92;
const BAR = 124;
/** Where the parts of `[GIN] 2026/01/30 - 10:05:11 | ` stand. */
const YEAR = 6;
const MONTH = 11;
const DAY = 14;
const HOUR = 19;
const MINUTE = 22;
const SECOND = 25;
const AFTER_CLOCK = 27;
const CONTROLS = Array.from({ length: SPACE + 1 }, (_, code) => code);
const CLIENT_STOPS = stopsAt(...CONTROLS, BAR);
const METHOD_STOPS = stopsAt(...CONTROLS, QUOTE);
const PATH_STOPS = stopsAt(QUOTE, QUESTION, BACKSLASH);
const PLAIN_PATH_STOPS = stopsAt(QUOTE, QUESTION, BACKSLASH, LF);
const LAST_STATUS = 999;
const LAST_DATE = 9999_12_31;
/** Longest sequence of colour that is taken for one. */
const LONGEST_COLOUR = 24;
const FIRST_BYTES = 16_384;
/** Most bytes of UTF-8 that one unit of a text takes. */
const UNIT_BYTES = 3;

/** One row of gin's own log, the last that was read; the next reading changes it. */
export interface GinRow {
  /** When the answer was done, milliseconds since 1970 in the time of the machine's own zone, to the second. */
  localMs: number;
  status: number;
  /** `null` = none that can be read. */
  durationMs: number | null;
  /** What gin takes for the client: the left-most address of a header that anybody may send. `null` = gin knew none. */
  address: string | null;
  method: string;
  path: string;
  query: string | null;
}

/**
 * Reads `[GIN] 2026/01/30 - 10:05:11 | 200 | 1.2ms | 203.0.113.9 | POST "/api/chat"`, with or without colour (gin 1.6 to 1.11); owns
 * the memory of addresses and paths, and the day of the last row. Rows are read as bytes: to ask a text that was cut from a chunk for one
 * character after the other takes four times as long.
 */
export class GinReader {
  readonly row: GinRow = {
    localMs: 0,
    status: 0,
    durationMs: null,
    address: null,
    method: "",
    path: "",
    query: null,
  };
  readonly #encoder = new TextEncoder();
  readonly #addresses = new KeptTexts((text) => canonicalAddress(text) ?? "", 4096);
  readonly #dotted = new KeptIpv4();
  readonly #words = new KeptTexts((text) => text);
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #lastDate = -1;
  #lastDay = Number.NaN;

  /** Whether the text is a whole row of gin; then `row` holds it. */
  read(text: string): boolean {
    const most = text.length * UNIT_BYTES + 1;
    if (most > this.#bytes.length) this.#bytes = Buffer.allocUnsafe(most);
    const bytes = this.#bytes;
    const { row } = this;
    const length = this.#encoder.encodeInto(text, bytes).written;
    bytes[length] = END;
    if (length <= AFTER_CLOCK || !this.#readTime(bytes, 0)) return false;
    const status = behindBar(bytes, AFTER_CLOCK, length);
    const last = pair(bytes, status + 1);
    row.status = pair(bytes, status) * 10 + (last % 10);
    if (status + 3 > length || last > 99 || row.status > LAST_STATUS) return false;
    const duration = behindBar(bytes, status + 3, length);
    const durationEnd = wordEnd(bytes, duration);
    const durationMs = goDurationMs(bytes, duration, durationEnd);
    row.durationMs = Number.isNaN(durationMs) ? null : durationMs;
    const addressEnd = this.#readAddress(bytes, behindBar(bytes, durationEnd, length), length);
    const method = behindBar(bytes, addressEnd, length);
    const methodEnd = this.#readMethod(bytes, method, length);
    return methodEnd > method && this.#readTarget(bytes, blanksEnd(bytes, methodEnd), length);
  }

  /**
   * Reads a row where it stands among others, without colour, query and escapes; then `row` holds it. The last byte is a line feed.
   *
   * @returns Index behind the row's line feed; 0 = it is no such row, whatever else it may be.
   */
  readPlain(bytes: Buffer, from: number): number {
    if (!isPlainHead(bytes, from) || !this.#readTime(bytes, from)) return 0;
    const { row } = this;
    const status = behindPlainBar(bytes, from + AFTER_CLOCK);
    const last = pair(bytes, status + 1);
    row.status = pair(bytes, status) * 10 + (last % 10);
    if (status === 0 || last > 99 || row.status > LAST_STATUS) return 0;
    const duration = behindPlainBar(bytes, status + 3);
    const durationEnd = wordEnd(bytes, duration);
    const durationMs = goDurationMs(bytes, duration, durationEnd);
    row.durationMs = Number.isNaN(durationMs) ? null : durationMs;
    const address = behindPlainBar(bytes, durationEnd);
    if (duration === 0 || address === 0) return 0;
    const method = behindPlainBar(bytes, this.#readAddress(bytes, address, bytes.length));
    if (method === 0) return 0;
    const methodEnd = this.#readMethod(bytes, method, bytes.length);
    const quote = spacesEnd(bytes, methodEnd);
    if (methodEnd === method || bytes[quote] !== QUOTE) return 0;
    row.path = this.#words.until(bytes, quote + 1, bytes.length, PLAIN_PATH_STOPS);
    row.query = null;
    if (bytes[this.#words.end] !== QUOTE) return 0;
    const end = spacesEnd(bytes, this.#words.end + 1);
    return bytes[end] === LF ? end + 1 : 0;
  }

  #readTime(bytes: Buffer, from: number): boolean {
    if (bytes[from + MONTH - 1] !== SLASH || bytes[from + DAY - 1] !== SLASH) return false;
    if (bytes[from + MINUTE - 1] !== COLON || bytes[from + SECOND - 1] !== COLON) return false;
    const year = pair(bytes, from + YEAR) * 100 + pair(bytes, from + YEAR + 2);
    const date = year * 10_000 + pair(bytes, from + MONTH) * 100 + pair(bytes, from + DAY);
    if (date > LAST_DATE) return false;
    if (date !== this.#lastDate) {
      this.#lastDay = dayMs(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100);
      this.#lastDate = date;
    }
    const hour = pair(bytes, from + HOUR);
    const minute = pair(bytes, from + MINUTE);
    const second = pair(bytes, from + SECOND);
    if (hour > 23 || minute > 59 || second > 60) return false;
    this.row.localMs = this.#lastDay + ((hour * 60 + minute) * 60 + second) * 1000;
    return !Number.isNaN(this.row.localMs);
  }

  /** Index behind the address. */
  #readAddress(bytes: Buffer, from: number, length: number): number {
    const dotted = this.#dotted.from(bytes, from, length);
    if (dotted !== "") {
      this.row.address = dotted;
      return this.#dotted.end;
    }
    const address = this.#addresses.until(bytes, from, length, CLIENT_STOPS);
    this.row.address = address === "" ? null : address;
    return this.#addresses.end;
  }

  /** Index behind the method; `from` when there is none. */
  #readMethod(bytes: Buffer, from: number, length: number): number {
    const known = knownMethod(bytes, from);
    if (known !== "") {
      this.row.method = known;
      return from + known.length;
    }
    this.row.method = this.#words.until(bytes, from, length, METHOD_STOPS);
    return this.#words.end;
  }

  #readTarget(bytes: Buffer, quote: number, length: number): boolean {
    if (bytes[quote] !== QUOTE) return false;
    this.row.path = this.#words.until(bytes, quote + 1, length, PATH_STOPS);
    const at = this.#words.end;
    if (bytes[at] === QUOTE) {
      this.row.query = null;
      return blanksEnd(bytes, at + 1) === length;
    }
    return this.#readLong(bytes.toString("utf8", quote, length));
  }

  /** A target with a query or escapes. */
  #readLong(rest: string): boolean {
    const target = quotedAt(rest, 0);
    if (target === null) return false;
    const question = target.value.indexOf("?");
    this.row.path = question === -1 ? target.value : target.value.slice(0, question);
    this.row.query = question === -1 ? null : target.value.slice(question + 1);
    return blank(rest, target.end) >= rest.length;
  }
}

/** Whether the text at `from` is gin's tag `[GIN] `, whatever follows. */
export function isGinTag(text: string, from: number): boolean {
  return (
    text.charCodeAt(from) === 91 &&
    text.charCodeAt(from + 1) === 71 &&
    text.charCodeAt(from + 2) === 73 &&
    text.charCodeAt(from + 3) === 78 &&
    text.charCodeAt(from + 4) === 93 &&
    text.charCodeAt(from + 5) === SPACE
  );
}

/** Index of the first character at or behind `from` that is neither a space nor part of a sequence of colour (`ESC [ … m`). */
export function blank(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === SPACE) at += 1;
    else if (code === ESCAPE) {
      const end = text.slice(at, at + LONGEST_COLOUR).indexOf("m");
      if (end === -1) return at;
      at += end + 1;
    } else return at;
  }
}
