import { quotedAt } from "./go-quoted.ts";

const EQUALS = 61;
const QUOTE = 34;
const SPACE = 32;
/** More pairs than a row of any server has. */
const MOST_PAIRS = 64;

/**
 * Reads the value of one key of a row of Go's slog (`time=… level=INFO msg="Listening on …" cmd=/usr/bin/x`), pair by pair from `from`, so that a
 * key written inside of a quoted value is none.
 *
 * @returns `null` when the row has no such key before its first broken pair.
 */
export function slogValue(text: string, from: number, key: string): string | null {
  let at = from;
  for (let pair = 0; pair < MOST_PAIRS && at < text.length; pair += 1) {
    while (text.charCodeAt(at) === SPACE) at += 1;
    const equals = text.indexOf("=", at);
    if (equals === -1) return null;
    const wanted = equals - at === key.length && text.startsWith(key, at);
    if (text.charCodeAt(equals + 1) === QUOTE) {
      const quoted = quotedAt(text, equals + 1);
      if (quoted === null) return null;
      if (wanted) return quoted.value;
      at = quoted.end;
    } else {
      const end = endOfWord(text, equals + 1);
      if (wanted) return text.slice(equals + 1, end);
      at = end;
    }
  }
  return null;
}

/** Whether a pair `key=` begins at `at`. */
export function isPairOf(text: string, at: number, key: string): boolean {
  return text.startsWith(key, at) && text.charCodeAt(at + key.length) === EQUALS;
}

function endOfWord(text: string, from: number): number {
  const space = text.indexOf(" ", from);
  return space === -1 ? text.length : space;
}
