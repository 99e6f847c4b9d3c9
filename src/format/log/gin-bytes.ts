/** Small steps over the bytes of a row of gin's. */
const END = 0;
const ESCAPE = 27;
const SPACE = 32;
const MINUS = 45;
const ZERO = 48;
const LETTER_M = 109;
const BAR = 124;
/** Where the clock stands behind the tag. */
const HOUR = 19;
/** What {@link pair} gives for what is no digit: more than any bound, so that no sum with it passes for a number. */
const NO_PAIR = 1e9;
/** Longest sequence of colour that is taken for one. */
const LONGEST_COLOUR = 24;

/** Index of what follows the bar at or behind `from`, blanks around it left out; that of the row's end when something else stands there. */
export function behindBar(bytes: Uint8Array, from: number, length: number): number {
  const at = blanksEnd(bytes, from);
  return bytes[at] === BAR ? blanksEnd(bytes, at + 1) : length;
}

/** Whether gin's tag begins at `from`, and date and clock of a time are set off from each other. */
export function isPlainHead(bytes: Uint8Array, from: number): boolean {
  return (
    bytes[from] === 91 &&
    bytes[from + 1] === 71 &&
    bytes[from + 2] === 73 &&
    bytes[from + 3] === 78 &&
    bytes[from + 4] === 93 &&
    bytes[from + 5] === SPACE &&
    bytes[from + HOUR - 3] === SPACE &&
    bytes[from + HOUR - 2] === MINUS &&
    bytes[from + HOUR - 1] === SPACE
  );
}

/** Index of what follows the bar at or behind `from`, spaces around it left out; 0 when something else stands there. */
export function behindPlainBar(bytes: Uint8Array, from: number): number {
  const at = spacesEnd(bytes, from);
  return bytes[at] === BAR ? spacesEnd(bytes, at + 1) : 0;
}

/** Index behind the spaces from `from` on. */
export function spacesEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === SPACE) at += 1;
  return at;
}

/** Index behind spaces and sequences of colour (`ESC [ … m`) from `from` on; any other byte stops it, also that behind a row. */
export function blanksEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === SPACE) at += 1;
  return bytes[at] === ESCAPE ? colourEnd(bytes, at) : at;
}

function colourEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === SPACE || bytes[at] === ESCAPE) {
    if (bytes[at] === SPACE) at += 1;
    else {
      let end = at;
      while (bytes[end] !== LETTER_M && bytes[end] !== END && end < at + LONGEST_COLOUR) end += 1;
      if (bytes[end] !== LETTER_M) return at;
      at = end + 1;
    }
  }
  return at;
}

/** Index behind the letters, digits and signs from `from` on. */
export function wordEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at]! > SPACE && bytes[at] !== BAR) at += 1;
  return at;
}

/** Two digits as a number; {@link NO_PAIR} when they are none. */
export function pair(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NO_PAIR;
}

/** The method at `at` when it is one of the two that nearly every row has and a space follows; else an empty text. */
export function knownMethod(bytes: Uint8Array, at: number): string {
  if (bytes[at] === 71 && bytes[at + 1] === 69 && bytes[at + 2] === 84 && bytes[at + 3] === SPACE) return "GET";
  return bytes[at] === 80 &&
    bytes[at + 1] === 79 &&
    bytes[at + 2] === 83 &&
    bytes[at + 3] === 84 &&
    bytes[at + 4] === SPACE
    ? "POST"
    : "";
}
