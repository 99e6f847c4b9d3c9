import type { HarmClass } from "../../model/prompt-class.ts";
import type { Examples } from "../examples.ts";

/** Languages whose telling words the lists hold. A term of one language is looked for in every text. */
export const PROMPT_LANGUAGES = ["en", "zh", "de", "fr", "es", "ru", "pt", "ja", "ko", "ar"] as const;
export type PromptLanguage = (typeof PROMPT_LANGUAGES)[number];

/**
 * One idea in several languages: terms separated by ` | `, folded like the text (no case, no accents). `*` at the end lets a word go on,
 * at the beginning lets it begin inside another. Terms of zh, ja, ko and ar may stand anywhere.
 */
export type Concept = Readonly<Partial<Record<PromptLanguage, string>>>;

/** One transparent sign: ideas that stand near each other in one sentence that does not forbid, refuse or fend them off. */
export interface PromptSign<Word extends string = string> {
  readonly class: HarmClass | "guard-off";
  /** A class is given from a sum of 3. */
  readonly weight: 1 | 2 | 3 | 4;
  /** Each must be seen, apart from the others; one that is a list is seen by any of its ideas. */
  readonly all: readonly (Word | readonly Word[])[];
  /** Largest distance between the beginnings of any two of them, in folded characters. */
  readonly within: number;
  /** Whether they must stand in the order given. */
  readonly ordered?: true;
  /** Ideas that speak of something else when they stand in the same sentence. */
  readonly unless?: readonly Word[];
  /** Its own negation is the sign (`no limits`): a negation before it does not undo it. */
  readonly negates?: true;
  readonly reason: string;
  readonly source: string;
  readonly holds: Examples;
  readonly lookAlikes: Examples;
}
