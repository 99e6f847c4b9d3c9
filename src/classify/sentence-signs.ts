import type { PromptSign } from "../knowledge/prompt-signs/prompt-sign.ts";
import { PROMPT_SIGNS } from "../knowledge/prompt-signs/signs.ts";
import type { Sighting } from "./prompt-terms.ts";

type Sign = PromptSign;
type Match = readonly Sighting[];

const SIGNS: readonly (readonly [string, Sign])[] = Object.entries(PROMPT_SIGNS);
/** What turns a sentence round, and loses that meaning inside a longer expression (`not` in `not only`). */
const POLARITY: ReadonlySet<string> = new Set(["not", "not-after", "refuse", "forbidden", "cannot"]);
/** How far a negation reaches forwards, and one at the end of a sentence backwards, in characters. */
const REACH = 80;
const REACH_BACK = 24;

/** Ids of the signs in one folded sentence. Signs that are a negation themselves come first and use theirs up. */
export function signsIn(sentence: string, all: readonly Sighting[]): readonly string[] {
  const seen = withoutSwallowed(all);
  const spent = new Set<Sighting>();
  const found: string[] = [];
  for (const [id, sign] of SIGNS) {
    if (sign.negates !== true || isElsewhere(sign, seen)) continue;
    const matches = matchesOf(sign, seen).filter((one) => isUnbroken(one, sentence));
    if (matches.length > 0) found.push(id);
    for (const part of new Set(matches.flat())) spend(part, seen, spent);
  }
  for (const [id, sign] of SIGNS) {
    if (sign.negates === true || isElsewhere(sign, seen)) continue;
    if (matchesOf(sign, seen).some((match) => isMeant(sign, match, seen, spent))) found.push(id);
  }
  return found;
}

/** Without words of polarity that stand inside a longer expression: `no` in `no matter`, 不 in 不得拒绝. */
function withoutSwallowed(seen: readonly Sighting[]): readonly Sighting[] {
  const isInside = (one: Sighting, other: Sighting): boolean =>
    other.start <= one.start && other.end >= one.end && other.end - other.start > one.end - one.start;
  return seen.filter((one) => {
    if (one.word === "without") return !seen.some((other) => other.word === "even-if" && isInside(one, other));
    return !POLARITY.has(one.word) || !seen.some((other) => other.word !== one.word && isInside(one, other));
  });
}

function isElsewhere(sign: Sign, seen: readonly Sighting[]): boolean {
  return sign.unless?.some((word) => seen.some((one) => one.word === word)) === true;
}

/** Every way to see all ideas of a sign apart from each other and near enough. */
function matchesOf(sign: Sign, seen: readonly Sighting[]): readonly Match[] {
  let matches: readonly Match[] = [[]];
  for (const idea of sign.all) {
    const words: readonly string[] = typeof idea === "string" ? [idea] : idea;
    const next = seen.filter(({ word }) => words.includes(word));
    matches = matches
      .flatMap((match) => next.filter((one) => fits(sign, match, one)).map((one) => [...match, one]))
      .slice(0, MOST_MATCHES);
  }
  return matches;
}

const MOST_MATCHES = 256;

function fits(sign: Sign, match: Match, next: Sighting): boolean {
  return match.every((one) => {
    const apart = next.start >= one.end || one.start >= next.end;
    const inOrder = sign.ordered !== true || next.start >= one.end;
    return apart && inOrder && Math.abs(next.start - one.start) <= sign.within;
  });
}

/** Nothing ends the thought between the first and the last of it. */
function isUnbroken(match: Match, sentence: string): boolean {
  const [from, to] = [Math.min(...match.map(({ end }) => end)), Math.max(...match.map(({ start }) => start))];
  return !sentence.slice(from, Math.max(from, to)).includes(",");
}

/** Uses up what a sign took of the words of polarity, whatever idea they were counted to. */
function spend(part: Sighting, seen: readonly Sighting[], spent: Set<Sighting>): void {
  for (const one of seen) if (one.start < part.end && part.start < one.end && POLARITY.has(one.word)) spent.add(one);
}

/** Whether the sentence means what the match says: not forbidden, not negated or refused, not fended off. */
function isMeant(sign: Sign, match: Match, seen: readonly Sighting[], spent: ReadonlySet<Sighting>): boolean {
  const free = seen.filter((one) => !spent.has(one) && !match.some((part) => overlaps(part, one)));
  if (sign.class !== "guard-off" && seen.some(({ word }) => word === "fend-off")) return false;
  if (free.some(({ word }) => word === "forbidden")) return false;
  const [start, end] = [Math.min(...match.map((one) => one.start)), Math.max(...match.map((one) => one.end))];
  const last = Math.max(...match.map((one) => one.start));
  return !free.some(
    (one) =>
      (isNegation(one) && one.start < last && start - one.end <= REACH && !isCut(one.end, last, seen)) ||
      (one.word === "not-after" && one.start >= start && one.start - end <= REACH_BACK),
  );
}

function isNegation({ word }: Sighting): boolean {
  return word === "not" || word === "refuse";
}

function overlaps(one: Sighting, other: Sighting): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Whether `and`, `but` or the like begins something new between a negation and what follows. */
function isCut(from: number, to: number, seen: readonly Sighting[]): boolean {
  return seen.some(({ word, start, end }) => word === "and" && start >= from && end <= to);
}
