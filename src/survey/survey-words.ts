import { count } from "../render/number.ts";
import type { Coverage } from "../model/run.ts";
import type { SurveyEnd } from "./engine.ts";
import type { Tally } from "./coverage.ts";
import type { ListedTargets } from "./order/listed-targets.ts";

/** How the scope's refusals read in a sentence. */
const SKIPS: Readonly<Record<string, string>> = {
  "opt-out": "opted out",
  excluded: "excluded by the scope",
  special: "in special-purpose ranges",
  "not-in-scope": "not in scope",
  port: "on a port that the scope does not name",
  name: "under a name that the scope does not name",
  "not-an-address": "not an address",
  unreadable: "cannot be read",
  "asked-recently": "asked within the re-scan interval",
};

/** What a survey found, in plain words, a line each; the last lines say what is missing. */
export function surveyWords({ reason, progress }: SurveyEnd, coverage: Coverage): string[] {
  const { tally } = progress.state;
  return [asked(coverage), found(tally), ...passedOver(tally), ...missing(reason, tally, coverage)];
}

function asked({ finished, requests, cards, targets }: Coverage): string {
  const cardWords = cards === 0 ? "" : ` (${count(cards)} model cards among them)`;
  return `asked ${count(finished)} of ${targetsOf(targets)} with ${count(requests)} requests${cardWords}`;
}

function found({ answers, confirmed }: Tally): string {
  const nothing = answers.refused + answers.silent;
  if (nothing === sum(answers)) return "nothing answered";
  const parts = [
    `${count(confirmed)} confirmed model ${confirmed === 1 ? "server" : "servers"}`,
    `${count(answers.open)} open`,
    `${count(answers.login)} behind a login`,
    `${count(answers.denied)} denied us`,
    `${count(answers.other)} answered something else`,
  ];
  return `found ${parts.join(", ")}; ${count(answers.refused)} refused and ${count(answers.silent)} were silent`;
}

function passedOver({ skipped }: Tally): string[] {
  // In the order of the table: that in which they were met is the random one of the targets.
  const places = Object.keys(SKIPS);
  const inOrder = Object.entries(skipped).toSorted(([one], [other]) => places.indexOf(one) - places.indexOf(other));
  const parts = inOrder.map(([reason, skips]) => `${count(skips)} ${skipWords(reason)}`);
  return parts.length === 0 ? [] : [`not asked: ${parts.join(", ")}`];
}

function skipWords(reason: string): string {
  return Object.hasOwn(SKIPS, reason) ? (SKIPS[reason] ?? reason) : reason;
}

/** What of a target list is asked, and what of it is refused and why; nothing when all is asked. */
export function listWords({
  space,
  refused,
  examples,
}: Pick<ListedTargets, "space" | "refused" | "examples">): string[] {
  const parts = Object.entries(refused).map(([reason, lines]) => `${count(lines)} ${skipWords(reason)}`);
  if (parts.length === 0) return [];
  return [
    `list: ${targetsOf(space.size)} in scope; refused: ${parts.join(", ")}`,
    ...examples.map((one) => `  ${one}`),
  ];
}

/** What keeps a run from being whole; empty when nothing does. */
export function missing(reason: SurveyEnd["reason"], tally: Tally, coverage: Coverage): string[] {
  const left = coverage.targets - coverage.finished - coverage.skipped - tally.givenUp;
  const lines: string[] = [];
  if (tally.givenUp > 0)
    lines.push(`missing: ${targetsOf(tally.givenUp)} given up without a verdict, ${reasons(tally)}`);
  if (reason !== "done" && left > 0) lines.push(`missing: ${targetsOf(left)} not asked yet, ${WHY[reason]}`);
  return lines;
}

const WHY = {
  stopped: "the survey was interrupted",
  pilot: "the pilot's limit was reached",
  local: "this machine had no way out for two minutes",
  expired: "the authority of the scope has ended",
} as const;

function reasons(tally: Tally): string {
  const known = tally.gaps.map((gap) => gap.reason).filter((reason) => !/^(?:paused|interrupted)/u.test(reason));
  return [...new Set(known)].join(", ");
}

function targetsOf(targets: number): string {
  return `${count(targets)} ${targets === 1 ? "target" : "targets"}`;
}

function sum(answers: Tally["answers"]): number {
  return Object.values(answers).reduce((total, one) => total + one, 0);
}
