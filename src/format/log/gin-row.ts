import { canonicalAddress } from "../../model/address.ts";
import { clockMs, dayMs, digitsAt } from "./civil-time.ts";
import { goDurationMs } from "./go-duration.ts";
import { closingQuote, quotedAt } from "./go-quoted.ts";
import { KeptTexts, stopsAt } from "./kept-texts.ts";

const ESCAPE = 27;
const SPACE = 32;
const QUOTE = 34;
const SLASH = 47;
const QUESTION = 63;
const BACKSLASH = 92;
const BAR = 124;
/** Characters of the tag, and where the parts of the time stand behind it. */
const TAG_CHARS = 6;
const CLOCK_AT = TAG_CHARS + 13;
const AFTER_CLOCK = CLOCK_AT + 8;
const CONTROLS = Array.from({ length: SPACE + 1 }, (_, code) => code);
const CLIENT_STOPS = stopsAt(...CONTROLS, BAR);
const METHOD_STOPS = stopsAt(...CONTROLS, QUOTE);
const PATH_STOPS = stopsAt(QUOTE, QUESTION, BACKSLASH);
/** Longest sequence of colour that is taken for one. */
const LONGEST_COLOUR = 24;

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
 * the memory of addresses and paths, and the day of the last row.
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
  readonly #addresses = new KeptTexts((text) => canonicalAddress(text) ?? "", 4096);
  readonly #words = new KeptTexts((text) => text);
  #lastDate = -1;
  #lastDay = Number.NaN;

  /** Whether a whole row of gin begins at `from`; then `row` holds it. */
  read(text: string, from: number): boolean {
    if (!isGinTag(text, from) || !this.#readTime(text, from)) return false;
    const status = blank(text, bar(text, from + AFTER_CLOCK));
    this.row.status = digitsAt(text, status, 3);
    if (this.row.status < 0) return false;
    const duration = blank(text, bar(text, status + 3));
    const end = endOfWord(text, duration);
    const durationMs = goDurationMs(text, duration, end);
    this.row.durationMs = Number.isNaN(durationMs) ? null : durationMs;
    const quote = this.#readClient(text, bar(text, end));
    return quote !== -1 && this.#readTarget(text, quote);
  }

  #readTime(text: string, from: number): boolean {
    const year = digitsAt(text, from + 6, 4);
    const month = digitsAt(text, from + 11, 2);
    const day = digitsAt(text, from + 14, 2);
    if (year < 0 || month < 0 || day < 0) return false;
    if (text.charCodeAt(from + 10) !== SLASH || text.charCodeAt(from + 13) !== SLASH) return false;
    const date = (year * 100 + month) * 100 + day;
    if (date !== this.#lastDate) {
      this.#lastDay = dayMs(year, month, day);
      this.#lastDate = date;
    }
    this.row.localMs = this.#lastDay + clockMs(text, from + CLOCK_AT);
    return !Number.isNaN(this.row.localMs);
  }

  /** Address, bar, method; index of the quote, -1 when something else stands there. */
  #readClient(text: string, from: number): number {
    const address = this.#addresses.until(text, blank(text, from), CLIENT_STOPS);
    this.row.address = address === "" ? null : address;
    const method = blank(text, bar(text, this.#addresses.end));
    this.row.method = this.#words.until(text, method, METHOD_STOPS);
    const { end } = this.#words;
    return end === method ? -1 : blank(text, end);
  }

  #readTarget(text: string, quote: number): boolean {
    if (text.charCodeAt(quote) !== QUOTE) return false;
    this.row.path = this.#words.until(text, quote + 1, PATH_STOPS);
    const at = this.#words.end;
    if (text.charCodeAt(at) === QUOTE) {
      this.row.query = null;
      return onlyBlank(text, at + 1);
    }
    const end = closingQuote(text, at - 1);
    if (end === -1) return false;
    if (text.slice(at, end).includes("\\")) return this.#readEscaped(text, quote);
    this.row.query = text.slice(at + 1, end);
    return onlyBlank(text, end + 1);
  }

  #readEscaped(text: string, quote: number): boolean {
    const target = quotedAt(text, quote);
    if (target === null) return false;
    const question = target.value.indexOf("?");
    this.row.path = question === -1 ? target.value : target.value.slice(0, question);
    this.row.query = question === -1 ? null : target.value.slice(question + 1);
    return onlyBlank(text, target.end);
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
      const end = text.indexOf("m", at);
      if (end === -1 || end - at > LONGEST_COLOUR) return at;
      at = end + 1;
    } else return at;
  }
}

/** Index behind the bar that stands at or behind `from` after blanks; the text's length when something else does. */
function bar(text: string, from: number): number {
  const at = blank(text, from);
  return text.charCodeAt(at) === BAR ? at + 1 : text.length;
}

function endOfWord(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code > SPACE && code !== BAR; code = text.charCodeAt(at)) at += 1;
  return at;
}

function onlyBlank(text: string, from: number): boolean {
  return from >= text.length || blank(text, from) >= text.length;
}
