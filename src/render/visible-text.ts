import { UNSEEN } from "../model/unseen-text.ts";

/** Longest text from outside that is shown whole, in characters (code points). */
export const LONGEST_SHOWN = 120;

/** Hangul begins; most letters from here on are as wide as high, and those that are not lose nothing but room. */
const FIRST_WIDE = 0x1100;
const WIDE_LATIN = "MWmw@%";

/** Marks piled on one letter beyond what a language needs: they would draw over the lines above. */
const PILED_MARKS = /(\p{M}{2})(\p{M}+)/gu;

/**
 * Makes a text from outside harmless and whole to the eye: what cannot be seen is written out (`⟨U+202E⟩`), piles of combining
 * marks are cut, and what is longer than `longest` characters ends with its real length. Never longer than 10 × `longest` + 40.
 */
export function visibleText(text: string, longest = LONGEST_SHOWN): string {
  const head = firstCharacters(text, longest);
  return head.length === text.length ? seen(head) : `${seen(head)}… (${text.length} characters)`;
}

/** The same for a place that is `longest` characters wide: cut with `…` and nothing more. */
export function shortText(text: string, longest: number): string {
  const characters = Array.from(seen(firstCharacters(text, longest + 1)));
  return characters.length <= longest ? characters.join("") : `${characters.slice(0, longest - 1).join("")}…`;
}

/** The same for a place that is `longest` Latin letters wide, in which a wide letter (W, Chinese, emoji) takes more. */
export function fittingText(text: string, longest: number): string {
  const letters = Array.from(shortText(text, longest));
  const width = (some: readonly string[]): number => some.reduce((sum, one) => sum + letterWidth(one), 0);
  if (width(letters) <= longest) return letters.join("");
  let kept = 0;
  while (width(letters.slice(0, kept + 1)) < longest) kept += 1;
  return `${letters.slice(0, kept).join("")}…`;
}

function letterWidth(letter: string): number {
  if ((letter.codePointAt(0) ?? 0) >= FIRST_WIDE) return 2;
  return WIDE_LATIN.includes(letter) ? 1.5 : 1;
}

function seen(text: string): string {
  return text.replace(PILED_MARKS, (_, kept: string) => `${kept}⟨marks⟩`).replace(UNSEEN, codePointName);
}

/** The first characters of a text, never half of a surrogate pair; looks at no more of it than needed. */
function firstCharacters(text: string, count: number): string {
  if (text.length <= count) return text;
  return Array.from(text.slice(0, 2 * count))
    .slice(0, count)
    .join("");
}

function codePointName(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `⟨U+${code}⟩`;
}
