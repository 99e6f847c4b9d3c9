/** Without its first quote: fewer places in a row look like its beginning. */
const KEY = 'EventID"';
const COLON = 58;
const QUOTE = 34;
const ZERO = 48;
const OPEN = 123;
const CLOSE = 125;
const MOST_DIGITS = 6;

/**
 * Whether a row of JSON surely tells no event whose number is wanted, so that it need not be parsed. Sure is what the text alone proves: the key stands in
 * it once, in whatever object, with a number that nobody wants; no other key for the number does; no letter of a key hides behind an escape.
 *
 * @param others - Further keys that a reader would take the number from, without their first quote.
 */
export function isUnwantedRow(
  text: string,
  others: readonly string[],
  isWanted: (eventId: number) => boolean,
): boolean {
  if (text.charCodeAt(0) !== OPEN || text.charCodeAt(text.length - 1) !== CLOSE) return false;
  const at = text.indexOf(KEY);
  if (at === -1 || text.charCodeAt(at - 1) !== QUOTE) return false;
  const number = numberAt(text, at + KEY.length);
  if (number === -1 || isWanted(number)) return false;
  return (
    !text.includes(KEY, at + KEY.length) && !text.includes("\\u00") && !others.some((other) => text.includes(other))
  );
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
