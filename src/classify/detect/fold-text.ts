/**
 * Texts are compared without regard to case for the letters A to Z, and exactly for all others: what the engines of Sigma, EQL, KQL and
 * SPL have in common. The patterns are given folded once (`foldText`); the rows' texts are never copied.
 */
const UPPER_A = 65;
const UPPER_Z = 90;
const TO_LOWER = 32;

/** Patterns with letters that `toLowerCase` would change and folding does not: only for these its answer "no" does not hold. */
const odd = new Set<string>();

/** The pattern with A to Z as a to z. */
export function foldText(pattern: string): string {
  const folded = pattern.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
  if (folded !== folded.toLowerCase()) odd.add(folded);
  return folded;
}

/** Whether `text` from `from` on goes as the folded pattern does. */
function goesAs(text: string, from: number, folded: string): boolean {
  for (let at = 0; at < folded.length; at += 1) {
    const code = text.charCodeAt(from + at);
    const lower = code >= UPPER_A && code <= UPPER_Z ? code + TO_LOWER : code;
    if (lower !== folded.charCodeAt(at)) return false;
  }
  return true;
}

/** Whether the text is the pattern. */
export function isFolded(text: string, folded: string): boolean {
  return text === folded || (text.length === folded.length && goesAs(text, 0, folded));
}

/** Whether the text begins with the pattern. */
export function startsFolded(text: string, folded: string): boolean {
  return text.length >= folded.length && goesAs(text, 0, folded);
}

/** Whether the text ends with the pattern. */
export function endsFolded(text: string, folded: string): boolean {
  return text.length >= folded.length && goesAs(text, text.length - folded.length, folded);
}

/** The last text that was looked through and the same in small letters: a row is asked for many patterns in turn. */
const last = { text: "", lower: "" };

function lowered(text: string): string {
  if (text !== last.text) {
    last.text = text;
    last.lower = text.toLowerCase();
  }
  return last.lower;
}

/** Whether the text holds the pattern. */
export function containsFolded(text: string, folded: string): boolean {
  const end = text.length - folded.length;
  if (end < 0 || (!lowered(text).includes(folded) && !odd.has(folded))) return false;
  for (let from = 0; from <= end; from += 1) if (goesAs(text, from, folded)) return true;
  return false;
}
