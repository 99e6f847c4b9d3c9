/** Text that Go's `strconv.Quote` wrote, and where it ends. */
export interface Quoted {
  readonly value: string;
  /** Index behind the closing quote. */
  readonly end: number;
}

const QUOTE = 34;
const BACKSLASH = 92;

const SINGLE: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const HEX = /^[\da-f]+$/iu;
const LAST_CODE_POINT = 0x10ffff;

/**
 * Reads the quoted text that begins at `at`.
 *
 * @returns `null` when no quote stands there, the closing one is missing, or an escape is none of Go's. A byte that was no UTF-8 (`\xff`) comes
 * as the character of that number.
 */
export function quotedAt(text: string, at: number): Quoted | null {
  if (text.charCodeAt(at) !== QUOTE) return null;
  const end = closingQuote(text, at);
  if (end === -1) return null;
  const inside = text.slice(at + 1, end);
  const value = inside.includes("\\") ? unescaped(inside) : inside;
  return value === null ? null : { value, end: end + 1 };
}

/** Index of the quote that ends the text begun at `at`; -1 when none does. */
export function closingQuote(text: string, at: number): number {
  for (let index = at + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) return index;
    if (code === BACKSLASH) index += 1;
  }
  return -1;
}

function unescaped(inside: string): string | null {
  const parts: string[] = [];
  let from = 0;
  for (let at = inside.indexOf("\\"); at !== -1; at = inside.indexOf("\\", from)) {
    parts.push(inside.slice(from, at));
    const letter = inside.charAt(at + 1);
    const single = Object.hasOwn(SINGLE, letter) ? SINGLE[letter] : undefined;
    const digits = Object.hasOwn(HEX_DIGITS, letter) ? (HEX_DIGITS[letter] ?? 0) : 0;
    if (single === undefined && digits === 0) return null;
    const made = single ?? character(inside.slice(at + 2, at + 2 + digits), digits);
    if (made === null) return null;
    parts.push(made);
    from = at + 2 + digits;
  }
  parts.push(inside.slice(from));
  return parts.join("");
}

function character(hex: string, digits: number): string | null {
  if (hex.length !== digits || !HEX.test(hex)) return null;
  const code = Number.parseInt(hex, 16);
  return code > LAST_CODE_POINT ? null : String.fromCodePoint(code);
}
