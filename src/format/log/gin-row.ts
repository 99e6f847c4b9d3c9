import { canonicalAddress } from "../../model/address.ts";
import { clockMs, dayMs, digitsAt } from "./civil-time.ts";
import { goDurationMs } from "./go-duration.ts";
import { closingQuote, quotedAt } from "./go-quoted.ts";
import { keptTexts } from "./kept-texts.ts";

const ESCAPE = 27;
const SPACE = 32;
const QUOTE = 34;
const SLASH = 47;
const QUESTION = 63;
const BACKSLASH = 92;
const BAR = 124;
/** Letters of the tag and the time before the first bar. */
const TAG = "[GIN] ";
const CLOCK_AT = TAG.length + 13;
const AFTER_CLOCK = CLOCK_AT + 8;
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

/** Reads rows of gin's log into one record. */
export interface GinReader {
  readonly row: GinRow;
  /** Whether a whole row of gin begins at `from`; then `row` holds it. */
  read(text: string, from: number): boolean;
}

/** Makes a reader of `[GIN] 2026/01/30 - 10:05:11 | 200 | 1.2ms | 203.0.113.9 | POST "/api/chat"`, with or without colour (gin 1.6 to 1.11). */
export function ginReader(): GinReader {
  const row: GinRow = { localMs: 0, status: 0, durationMs: null, address: null, method: "", path: "", query: null };
  const addresses = keptTexts((text) => canonicalAddress(text) ?? "");
  const words = keptTexts();
  let lastDate = -1;
  let lastDay = Number.NaN;

  const readTime = (text: string, from: number): boolean => {
    const year = digitsAt(text, from + 6, 4);
    const month = digitsAt(text, from + 11, 2);
    const day = digitsAt(text, from + 14, 2);
    if (year < 0 || month < 0 || day < 0) return false;
    if (text.charCodeAt(from + 10) !== SLASH || text.charCodeAt(from + 13) !== SLASH) return false;
    const date = (year * 100 + month) * 100 + day;
    if (date !== lastDate) {
      lastDay = dayMs(year, month, day);
      lastDate = date;
    }
    row.localMs = lastDay + clockMs(text, from + CLOCK_AT);
    return !Number.isNaN(row.localMs);
  };

  const readTarget = (text: string, quote: number): boolean => {
    let sum = 0;
    let at = quote + 1;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE || code === QUESTION) break;
      if (code === BACKSLASH) return readEscapedTarget(text, quote);
      sum = (Math.imul(sum, 31) + code) | 0;
    }
    const end = text.charCodeAt(at) === QUOTE ? at : closingQuote(text, at);
    if (end === -1 || at >= text.length) return false;
    if (end !== at && text.slice(at, end).includes("\\")) return readEscapedTarget(text, quote);
    row.path = words.of(text, quote + 1, at, sum);
    row.query = end === at ? null : text.slice(at + 1, end);
    return onlyBlank(text, end + 1);
  };

  const readEscapedTarget = (text: string, quote: number): boolean => {
    const target = quotedAt(text, quote);
    if (target === null) return false;
    const question = target.value.indexOf("?");
    row.path = question === -1 ? target.value : target.value.slice(0, question);
    row.query = question === -1 ? null : target.value.slice(question + 1);
    return onlyBlank(text, target.end);
  };

  /** Address, bar, method; index of the quote, -1 when something else stands there. */
  const readClient = (text: string, from: number): number => {
    let at = blank(text, from);
    const address = at;
    let sum = 0;
    for (let code = text.charCodeAt(at); code > SPACE && code !== BAR; code = text.charCodeAt(at)) {
      sum = (Math.imul(sum, 31) + code) | 0;
      at += 1;
    }
    const meant = at === address ? "" : addresses.of(text, address, at, sum);
    row.address = meant === "" ? null : meant;
    at = blank(text, at);
    if (text.charCodeAt(at) !== BAR) return -1;
    at = blank(text, at + 1);
    const method = at;
    sum = 0;
    for (let code = text.charCodeAt(at); code > SPACE && code !== QUOTE; code = text.charCodeAt(at)) {
      sum = (Math.imul(sum, 31) + code) | 0;
      at += 1;
    }
    row.method = words.of(text, method, at, sum);
    return at === method ? -1 : blank(text, at);
  };

  return {
    row,
    read(text, from) {
      if (!text.startsWith(TAG, from) || !readTime(text, from)) return false;
      let at = blank(text, from + AFTER_CLOCK);
      if (text.charCodeAt(at) !== BAR) return false;
      at = blank(text, at + 1);
      row.status = digitsAt(text, at, 3);
      at = blank(text, at + 3);
      if (row.status < 0 || text.charCodeAt(at) !== BAR) return false;
      const duration = blank(text, at + 1);
      for (at = duration; text.charCodeAt(at) > SPACE && text.charCodeAt(at) !== BAR;) at += 1;
      const durationMs = goDurationMs(text, duration, at);
      row.durationMs = Number.isNaN(durationMs) ? null : durationMs;
      at = blank(text, at);
      if (text.charCodeAt(at) !== BAR) return false;
      const quote = readClient(text, at + 1);
      return quote !== -1 && readTarget(text, quote);
    },
  };
}

/** Whether the text at `from` is gin's tag, whatever follows. */
export function isGinTag(text: string, from: number): boolean {
  return text.startsWith(TAG, from);
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

function onlyBlank(text: string, from: number): boolean {
  return from >= text.length || blank(text, from) >= text.length;
}
