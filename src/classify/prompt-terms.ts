import { PROMPT_WORDS } from "../knowledge/prompt-signs/signs.ts";
import type { Concept } from "../knowledge/prompt-signs/prompt-sign.ts";
import { foldPrompt } from "./fold-prompt.ts";

/** An idea (a key of `PROMPT_WORDS`) seen in a folded sentence: where its words begin and end. */
export interface Sighting {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

interface Term {
  readonly word: string;
  readonly text: string;
  /** Whether it may begin, or go on, inside a word. */
  readonly opens: boolean;
  readonly goesOn: boolean;
}

/** Sightings of one idea kept of one sentence; a sentence with more says nothing more. */
const MOST_SIGHTINGS = 32;
const UNSPACED: ReadonlySet<string> = new Set(["zh", "ja", "ko", "ar"]);
const LETTER = /[\p{L}\p{N}]/u;
const ASCII = /^[ -~]*$/u;

/** Each term of an idea once, whatever number of languages share it. */
function termsOf([word, concept]: readonly [string, Concept]): readonly Term[] {
  const terms = Object.entries(concept).flatMap(([language, list]) =>
    list.split(" | ").map((written): Term => {
      const text = foldPrompt(written.replaceAll("*", ""));
      const anywhere = UNSPACED.has(language) && !ASCII.test(text);
      return {
        word,
        text,
        opens: anywhere || written.startsWith("*"),
        goesOn: anywhere || written.endsWith("*") || !LETTER.test(text.at(-1) ?? ""),
      };
    }),
  );
  return [...new Map(terms.map((term) => [`${term.text} ${term.opens} ${term.goesOn}`, term])).values()];
}

/** Terms by their first two characters, those of one character by it alone. */
const BY_START: ReadonlyMap<string, readonly Term[]> = Map.groupBy(
  Object.entries(PROMPT_WORDS).flatMap(termsOf),
  ({ text }) => text.slice(0, 2),
);

/** Every idea in a folded sentence, in the order of its beginning; work grows with the sentence's length alone. */
export function sightings(sentence: string): readonly Sighting[] {
  const found: Sighting[] = [];
  const counts = new Map<string, number>();
  for (let at = 0; at < sentence.length; at += 1) {
    const starts = at === 0 || !LETTER.test(sentence.charAt(at - 1));
    for (const term of startingAt(sentence, at)) {
      if (!(starts || term.opens) || !sentence.startsWith(term.text, at)) continue;
      const end = at + term.text.length;
      if (!term.goesOn && LETTER.test(sentence.charAt(end))) continue;
      const count = counts.get(term.word) ?? 0;
      if (count >= MOST_SIGHTINGS) continue;
      counts.set(term.word, count + 1);
      found.push({ word: term.word, start: at, end });
    }
  }
  return found;
}

function startingAt(sentence: string, at: number): readonly Term[] {
  const one = BY_START.get(sentence.charAt(at)) ?? [];
  const two = at + 1 < sentence.length ? (BY_START.get(sentence.slice(at, at + 2)) ?? []) : [];
  return one.length === 0 ? two : [...one, ...two];
}
