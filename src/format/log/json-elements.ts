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
const MOST_CHARACTERS = 1 << 23;

/** Longest name of a field that is compared. */
const LONGEST_NAME = 64;

const SPACE = 32;
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
  const scan = new ElementScan(lists);
  return {
    row(row, taker) {
      const { text } = row;
      if (text.charCodeAt(0) === OPEN_OBJECT && !lists.some((name) => text.includes(`"${name}"`))) {
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

/** Follows brackets and quotes over rows; owns the piece of an object that rows before have begun. */
class ElementScan {
  readonly #lists: readonly string[];
  /** Open brackets around the place that are none of an object's. */
  #outer = 0;
  /** Open brackets within the object. */
  #depth = 0;
  #first: LogRow | null = null;
  #text = "";
  /** Open brackets around the elements of a named list; 0 = there is none. */
  #named = 0;
  /** The named list is closed: what else its document holds is none of the log. */
  #isBehind = false;
  /** Where the object begins in the row. */
  #from = 0;
  /** What was last in quotes, if nothing but a colon stands behind it: perhaps the name of a list. */
  #quoted = "";

  constructor(lists: readonly string[]) {
    this.#lists = lists;
  }

  pending(): string {
    return this.#text;
  }

  row(row: LogRow, taker: ElementTaker): void {
    const begun = this.#first;
    if (this.#scan(row, taker)) return;
    if (begun !== null && begun === this.#first) taker.broken(begun, "broken-json");
    this.#reset();
    taker.broken(row, "no-json");
  }

  /** What is open is given up. */
  abandon(taker: ElementTaker): void {
    if (this.#first === null) return;
    const begun = this.#first;
    this.#reset();
    taker.broken(begun, "cut-json");
  }

  /** Whether the row may be part of such a file. */
  #scan(row: LogRow, taker: ElementTaker): boolean {
    const all = row.text;
    this.#from = 0;
    for (let at = 0; at < all.length; at += 1) {
      const code = all.charCodeAt(at);
      if (code === QUOTE) {
        const end = endOfText(all, at);
        if (end === -1) return false;
        this.#quoted = this.#depth === 1 && end - at < LONGEST_NAME ? all.slice(at + 1, end) : "";
        at = end;
      } else if (code === OPEN_OBJECT || code === OPEN_LIST) this.#open(row, at, code);
      else if (code === CLOSE_OBJECT || code === CLOSE_LIST) this.#close(row, at, taker);
      else if (code > SPACE) {
        if (this.#first === null && this.#outer === 0 && code !== COMMA) return false;
        if (code !== COLON) this.#quoted = "";
      }
    }
    if (this.#first !== null) this.#text += `${all.slice(this.#from)}\n`;
    return this.#text.length <= MOST_CHARACTERS;
  }

  #open(row: LogRow, at: number, code: number): void {
    if (this.#first !== null && code === OPEN_LIST && this.#depth === 1 && this.#lists.includes(this.#quoted)) {
      this.#outer += 2;
      this.#named = this.#outer;
      this.#depth = 0;
      this.#first = null;
      this.#text = "";
    } else if (this.#first !== null) this.#depth += 1;
    else if (code === OPEN_LIST || this.#isBehind) this.#outer += 1;
    else {
      const { line, offset, text } = row;
      this.#first = at === 0 ? row : { line, offset: offset + Buffer.byteLength(text.slice(0, at)), text };
      this.#depth = 1;
      this.#from = at;
    }
    this.#quoted = "";
  }

  #close(row: LogRow, at: number, taker: ElementTaker): void {
    if (this.#first === null) {
      this.#outer = Math.max(0, this.#outer - 1);
      if (this.#outer < this.#named) this.#isBehind = true;
      if (this.#outer < this.#named - 1) this.#leaveNamed();
      return;
    }
    this.#depth -= 1;
    if (this.#depth > 0) return;
    const begun = this.#first;
    const words = this.#text + row.text.slice(this.#from, at + 1);
    this.#first = null;
    this.#text = "";
    const value = words.length > MOST_CHARACTERS ? undefined : parsed(words);
    if (value === undefined) taker.broken(begun, "broken-json");
    else taker.element(value, { line: begun.line, offset: begun.offset, text: words });
  }

  #leaveNamed(): void {
    this.#named = 0;
    this.#isBehind = false;
  }

  #reset(): void {
    this.#leaveNamed();
    this.#outer = 0;
    this.#depth = 0;
    this.#first = null;
    this.#text = "";
    this.#quoted = "";
  }
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
