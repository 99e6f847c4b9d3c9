const KEY = '"EventID"';
const COLON = 58;
const QUOTE = 34;
const ZERO = 48;
const OPEN = 123;
const CLOSE = 125;
const MOST_DIGITS = 6;

/**
 * The number of the event that a row of JSON tells, read off its text, so that rows of no interest need no parsing.
 *
 * @param others - Further keys, in quotes, that a reader would take the number from.
 * @returns -1 = only parsing tells. Any other number is the only one that parsing could find, in whatever object: the key stands in the row once, no
 * other key for it does, and no letter of a key can be hidden behind an escape.
 */
export function eventNumberIn(text: string, others: readonly string[]): number {
  if (text.charCodeAt(0) !== OPEN || text.charCodeAt(text.length - 1) !== CLOSE) return -1;
  const at = text.indexOf(KEY);
  if (at === -1) return -1;
  const number = numberAt(text, at + KEY.length);
  if (number === -1 || text.includes(KEY, at + KEY.length) || text.includes("\\u00")) return -1;
  for (const other of others) if (text.includes(other)) return -1;
  return number;
}

/** Digits behind a colon, in quotes or without; -1 when anything else stands there. */
function numberAt(text: string, from: number): number {
  let at = afterBlanks(text, from);
  if (text.charCodeAt(at) !== COLON) return -1;
  at = afterBlanks(text, at + 1);
  const quoted = text.charCodeAt(at) === QUOTE;
  if (quoted) at += 1;
  const start = at;
  let value = 0;
  for (; at - start < MOST_DIGITS; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) break;
    value = value * 10 + digit;
  }
  if (at === start) return -1;
  if (quoted) return text.charCodeAt(at) === QUOTE ? value : -1;
  const end = text.charCodeAt(afterBlanks(text, at));
  return end === 44 || end === CLOSE ? value : -1;
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at += 1;
  return at;
}
