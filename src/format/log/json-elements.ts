import { Buffer } from "node:buffer";
import type { LogRow } from "../../model/log-grammar.ts";

/** Takes what stands in rows of JSON. */
export interface ElementTaker {
  /** One object: its words as a row of its own, placed where it begins. */
  element(value: unknown, row: LogRow): void;
  /** A row that is no JSON, or the first row of an object that is broken. */
  broken(row: LogRow, reason: string): void;
}

/** Cuts rows into the objects of a log. */
export interface JsonElements {
  row(row: LogRow, taker: ElementTaker): void;
  end(taker: ElementTaker): void;
  /** Whether an object has begun that is not closed yet, and what stands of it so far. */
  pending(): string;
}

/** Longest object, in characters. */
const MOST_CHARACTERS = 1 << 20;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Makes a cutter of a file that holds one object a row, objects over many rows, an array of objects, or an object one of whose fields
 * named in `lists` is an array of objects: then these are the elements.
 */
export function jsonElements(lists: readonly string[]): JsonElements {
  const scan = elementScan(lists);
  return {
    row(row, taker) {
      const { text } = row;
      if (text.charCodeAt(0) === OPEN_OBJECT && !(lists.length > 0 && lists.some((name) => text.includes(`"${name}"`)))) {
        const value = parsed(text);
        if (value !== undefined) {
          scan.abandon(taker);
          taker.element(value, row);
          return;
        }
      }
      scan.row(row, taker);
    },
    end: (taker) => {
      scan.abandon(taker);
    },
    pending: () => scan.pending(),
  };
}

/** `undefined` = no whole JSON. */
function parsed(text: string): unknown {
  const end = text.charCodeAt(text.length - 1) === COMMA ? text.length - 1 : text.length;
  if (text.charCodeAt(end - 1) !== CLOSE_OBJECT) return undefined;
  try {
    return JSON.parse(end === text.length ? text : text.slice(0, end)) as unknown;
  } catch {
    return undefined;
  }
}

interface ElementScan {
  row(row: LogRow, taker: ElementTaker): void;
  /** What is open is given up. */
  abandon(taker: ElementTaker): void;
  pending(): string;
}

/** Follows brackets and quotes over rows. */
function elementScan(lists: readonly string[]): ElementScan {
  /** Open brackets around the place that are none of an element. */
  let outer = 0;
  /** Open brackets within the element. */
  let depth = 0;
  let first: LogRow | null = null;
  let text = "";
  /** Where the last text in quotes began and ended, in the row. */
  let quoteFrom = -1;
  let quoteTo = -1;

  const close = (row: LogRow, from: number, to: number, taker: ElementTaker): void => {
    const begun = first;
    first = null;
    if (begun === null) return;
    const words = text + row.text.slice(from, to);
    text = "";
    const value = words.length > MOST_CHARACTERS ? undefined : parsed(words);
    if (value === undefined) taker.broken(begun, "broken-json");
    else taker.element(value, { line: begun.line, offset: begun.offset, text: words });
  };

  const reset = (): void => {
    outer = 0;
    depth = 0;
    first = null;
    text = "";
  };

  /** A bracket opens: whether it is that of a list whose members are the elements. */
  const isList = (row: LogRow): boolean => {
    if (first === null || depth !== 1 || quoteTo === -1) return false;
    return lists.includes(row.text.slice(quoteFrom + 1, quoteTo));
  };

  const scanRow = (row: LogRow, taker: ElementTaker): boolean => {
    const all = row.text;
    let from = 0;
    quoteTo = -1;
    for (let at = 0; at < all.length; at += 1) {
      const code = all.charCodeAt(at);
      if (code === QUOTE) {
        quoteFrom = at;
        quoteTo = endOfText(all, at);
        if (quoteTo === -1) return false;
        at = quoteTo;
      } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
        if (first !== null && code === OPEN_LIST && isList(row)) {
          outer += 2;
          depth = 0;
          first = null;
          text = "";
        } else if (first !== null) depth += 1;
        else if (code === OPEN_LIST) outer += 1;
        else {
          first = at === 0 ? row : { line: row.line, offset: row.offset + Buffer.byteLength(all.slice(0, at)), text: all };
          depth = 1;
          from = at;
        }
      } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
        if (first === null) outer = Math.max(0, outer - 1);
        else {
          depth -= 1;
          if (depth === 0) close(row, from, at + 1, taker);
        }
      } else if (first === null && outer === 0 && code > 32 && code !== COMMA) return false;
      else if (code > 32 && code !== COLON) quoteTo = -1;
    }
    if (first !== null) text += `${all.slice(from)}\n`;
    return text.length <= MOST_CHARACTERS;
  };

  return {
    row(row, taker) {
      const begun: LogRow | null = first;
      if (scanRow(row, taker)) return;
      if (begun !== null && begun !== row) taker.broken(begun, "broken-json");
      reset();
      taker.broken(row, "no-json");
    },
    abandon(taker) {
      const begun = first;
      reset();
      if (begun !== null) taker.broken(begun, "cut-json");
    },
    pending: () => text,
  };
}

/** Index of the quote that ends the text begun at `from`; -1 = none in this row. */
function endOfText(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}
