import { Buffer } from "node:buffer";

const SLOTS = 4096;
const LONGEST = 256;

/**
 * Remembers short texts that come again and again (addresses, paths, methods), so that a row costs no new text, and no row's small
 * piece keeps the whole chunk it was cut from alive. A slot holds the last text of its sum; nothing grows.
 */
export interface KeptTexts {
  /** The text from `from` to `to`; `sum` is any number made of its characters. */
  of(text: string, from: number, to: number, sum: number): string;
}

/** Makes an empty memory; `meaning` is what a text is remembered as, by default itself. */
export function keptTexts(meaning: (text: string) => string = (text) => text): KeptTexts {
  const texts: string[] = Array<string>(SLOTS).fill("");
  const meanings: string[] = Array<string>(SLOTS).fill(meaning(""));
  return {
    of(text, from, to, sum) {
      const size = to - from;
      if (size > LONGEST) return meaning(text.slice(from, to));
      const slot = (sum ^ (sum >>> 12)) & (SLOTS - 1);
      const known = texts[slot] ?? "";
      if (known.length === size && text.startsWith(known, from)) return meanings[slot] ?? "";
      const fresh = detached(text.slice(from, to));
      const meant = meaning(fresh);
      texts[slot] = fresh;
      meanings[slot] = meant;
      return meant;
    },
  };
}

/** The same text in memory of its own. */
export function detached(text: string): string {
  const bytes = Buffer.from(text, "latin1");
  const copy = bytes.toString("latin1");
  return copy === text ? copy : Buffer.from(text, "utf16le").toString("utf16le");
}
