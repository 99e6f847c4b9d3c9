import type { PromptSign } from "../knowledge/prompt-signs/prompt-sign.ts";
import { PROMPT_SIGNS, SIGNS_VERSION } from "../knowledge/prompt-signs/signs.ts";
import { HARM_CLASSES } from "../model/prompt-class.ts";
import type { PromptClass, PromptJudgement, PromptKind } from "../model/prompt-class.ts";
import { foldPrompt, legibility } from "./fold-prompt.ts";
import { sightings } from "./prompt-terms.ts";
import { signsIn } from "./sentence-signs.ts";
import { templateWords } from "./template-words.ts";

/** Sum of weights from which a class is given. */
const ENOUGH = 3;
/** What a role that fends such things off (teacher, moderator, analyst) takes from each harm but child abuse. */
const GOOD_ROLE = 2;
/** Units of a template that are read for words. */
const MOST_TEMPLATE = 65_536;
const SENTENCE_END = /[!?;|\n\r。؟…]|\.(?= |$)/u;

type SignClass = PromptSign["class"];

const SIGNS: readonly (readonly [string, PromptSign])[] = Object.entries(PROMPT_SIGNS);

/**
 * Classes a prompt by transparent signs, without any model: a claim about words, never about intent. At most 16,384 characters are
 * read. What has no sign is `benign` only as far as the lists reach (docs/prompts.md).
 */
export function promptClass(text: string, kind: PromptKind): PromptJudgement {
  const words = kind === "template" ? templateWords(text.slice(0, MOST_TEMPLATE)) : text;
  const read = legibility(words);
  if (read !== "read") return verdict(read, [], 0);
  const sentences = foldPrompt(words)
    .split(SENTENCE_END)
    .map((sentence) => ({ sentence, seen: sightings(sentence) }));
  const seen: ReadonlySet<string> = new Set(sentences.flatMap((one) => signsIn(one.sentence, one.seen)));
  const signs = SIGNS.filter(([id]) => seen.has(id));
  const ideas: ReadonlySet<string> = new Set(sentences.flatMap((one) => one.seen.map(({ word }) => word)));
  const scores = scoresOf(signs, ideas.has("good-role"));
  const told = strongest(scores);
  const ids = signs.map(([id]) => id);
  return verdict(told ?? "benign", ids, told === null ? 0 : (scores.get(told) ?? 0));
}

function verdict(told: PromptClass, signs: readonly string[], score: number): PromptJudgement {
  return { class: told, signs, score, signs_version: SIGNS_VERSION };
}

function scoresOf(signs: typeof SIGNS, isGoodRole: boolean): ReadonlyMap<SignClass, number> {
  const scores = new Map<SignClass, number>();
  for (const [, { class: of, weight }] of signs) scores.set(of, (scores.get(of) ?? 0) + weight);
  if (!isGoodRole) return scores;
  const spared = (of: SignClass): boolean => of === "guard-off" || of === "child-abuse";
  return new Map([...scores].map(([of, score]) => [of, spared(of) ? score : score - GOOD_ROLE]));
}

/** Child abuse first, then the harm with the highest score (the graver one of two alike), then guard-off. */
function strongest(scores: ReadonlyMap<SignClass, number>): SignClass | null {
  const score = (of: SignClass): number => scores.get(of) ?? 0;
  const harms = HARM_CLASSES.filter((of) => score(of) >= ENOUGH);
  const worst = harms.includes("child-abuse") ? "child-abuse" : harms.toSorted((a, b) => score(b) - score(a))[0];
  return worst ?? (score("guard-off") >= ENOUGH ? "guard-off" : null);
}
