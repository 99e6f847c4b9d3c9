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

/** Whether `text` goes from `from` on, which may lie outside of it, as the folded pattern does. */
export function goesAs(text: string, from: number, folded: string): boolean {
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

/** So many patterns are looked for one by one: fewer cost less that way. */
const FEW = 4;
const BEGINNING = 3;
const SLOTS = 4096;

/** Makes a test whether a text holds any of the patterns: one walk over the text, which stops only where some pattern may begin. */
export function anyContained(folded: readonly string[]): (text: string) => boolean {
  if (folded.length < FEW || folded.some((one) => one.length < BEGINNING || odd.has(one)))
    return (text) => folded.some((one) => containsFolded(text, one));
  const begins = new Uint8Array(SLOTS);
  for (const one of folded) begins[slotOf(one.charCodeAt(0), one.charCodeAt(1), one.charCodeAt(2))] = 1;
  return (text) => {
    const lower = lowered(text);
    let first = lower.charCodeAt(0);
    let second = lower.charCodeAt(1);
    for (let at = 2; at < lower.length; at += 1) {
      const third = lower.charCodeAt(at);
      if (begins[slotOf(first, second, third)] === 1 && mayStand(lower, at - 2, text, folded)) return true;
      first = second;
      second = third;
    }
    return false;
  };
}

function slotOf(first: number, second: number, third: number): number {
  return (first + second * 17 + third * 257) & (SLOTS - 1);
}

function mayStand(lower: string, at: number, text: string, folded: readonly string[]): boolean {
  for (const one of folded) if (lower.startsWith(one, at) && containsFolded(text, one)) return true;
  return false;
}
