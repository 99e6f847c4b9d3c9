import { detect, endDetection, startDetection } from "../../../src/classify/detect/detect.ts";
import { isCandidate, planDetections } from "../../../src/classify/detect/plan.ts";
import { DETECTIONS } from "../../../src/knowledge/detections/detections.ts";
import { STORY_SETTING } from "../../../src/knowledge/detections/story.ts";
import type { Detection } from "../../../src/model/detection.ts";
import type { LogEvent } from "../../../src/model/event.ts";
import type { RuleLanguage } from "../../../src/rules/rule-language.ts";
import type { ToldStory } from "../rows/story-rows.ts";
import type { EngineAnswer } from "./python-engine.ts";

/** What an engine made of one rule. */
export type Outcome =
  | { readonly kind: "cannot"; readonly why: string }
  | { readonly kind: "failed"; readonly error: string }
  /** Read from end to end by a parser; nothing ran it. */
  | { readonly kind: "parsed" }
  | {
      readonly kind: "executed";
      /** Stories on which the detection must speak, and on how many of them the rule did. */
      readonly fires: number;
      readonly firesOf: number;
      /** Stories on which it must not, and on how many of them the rule was silent. */
      readonly silent: number;
      readonly silentOf: number;
      /** Stories on which the rule and Corral's evaluator, given the same rows, say different things. */
      readonly disagrees: readonly string[];
      /** Stories told rightly by Corral that the product's rows cannot tell. */
      readonly unseen: readonly string[];
    };

/** Every outcome of a language, by detection. */
export type LanguageRun = Readonly<Record<string, Outcome>>;

/** A rule ready for an engine, with the stories as its product's rows tell them. */
export interface Prepared<Row> {
  readonly rules: Readonly<Record<string, string>>;
  readonly stories: Readonly<Record<string, readonly ToldStory<Row>[]>>;
  readonly cannot: Readonly<Record<string, string>>;
}

const ALL: readonly Detection[] = Object.values(DETECTIONS);

/** Prints every detection for those who know what the stories' people know. */
export function prepareLanguage<Row>(
  language: RuleLanguage,
  tell: (detection: Detection) => readonly ToldStory<Row>[],
): Prepared<Row> {
  const rules: Record<string, string> = {};
  const stories: Record<string, readonly ToldStory<Row>[]> = {};
  const cannot: Record<string, string> = {};
  for (const detection of ALL) {
    const printed = language.print(detection, STORY_SETTING);
    if (printed.kind === "cannot") cannot[detection.id] = printed.why;
    else {
      rules[detection.id] = printed.text;
      stories[detection.id] = tell(detection);
    }
  }
  return { rules, stories, cannot };
}

/** Compares what an engine said with what Corral says. */
export function outcomesOf<Row>(
  { cannot, stories }: Prepared<Row>,
  answers: Readonly<Record<string, EngineAnswer>>,
): LanguageRun {
  const run: Record<string, Outcome> = {};
  for (const detection of ALL) {
    const why = cannot[detection.id];
    const answer = answers[detection.id];
    if (why !== undefined) run[detection.id] = { kind: "cannot", why };
    else if (answer === undefined) run[detection.id] = { kind: "failed", error: "the engine said nothing" };
    else if ("error" in answer) run[detection.id] = { kind: "failed", error: answer.error };
    else run[detection.id] = executed(detection, stories[detection.id] ?? [], answer.spoke);
  }
  return run;
}

/** What a parser said of each rule, for a language that nothing here runs: faults by rule, none of a rule that it reads. */
export function parsedOf<Row>(
  { cannot }: Prepared<Row>,
  faults: Readonly<Record<string, readonly string[]>>,
): LanguageRun {
  return Object.fromEntries(
    ALL.map(({ id }): [string, Outcome] => {
      const why = cannot[id];
      if (why !== undefined) return [id, { kind: "cannot", why }];
      const [fault] = faults[id] ?? ["the parser said nothing"];
      return [id, fault === undefined ? { kind: "parsed" } : { kind: "failed", error: fault }];
    }),
  );
}

function executed<Row>(detection: Detection, stories: readonly ToldStory<Row>[], spoke: readonly number[]): Outcome {
  const firesOf = detection.fires.length;
  const disagrees: string[] = [];
  const unseen: string[] = [];
  let [fires, silent] = [0, 0];
  for (const [at, { story, events }] of stories.entries()) {
    const says = (spoke[at] ?? 0) > 0;
    const must = at < firesOf;
    if (must && says) fires += 1;
    if (!must && !says) silent += 1;
    const corral = corralSpeaks(detection, events);
    if (says !== corral) disagrees.push(`${says ? "speaks" : "is silent"}: ${story.title}`);
    else if (says !== must) unseen.push(`${says ? "speaks" : "is silent"}: ${story.title}`);
  }
  return { kind: "executed", fires, firesOf, silent, silentOf: detection.silent.length, disagrees, unseen };
}

function corralSpeaks(detection: Detection, events: readonly LogEvent[]): boolean {
  const setting = { known: STORY_SETTING.known, serverPorts: new Set<number>(STORY_SETTING.serverPorts) };
  const plan = planDetections([detection], setting);
  const state = startDetection(plan);
  let alerts = 0;
  const sink = { opened: () => (alerts += 1), closed: () => undefined };
  for (const event of events) if (isCandidate(plan, event)) detect(plan, state, event, sink);
  endDetection(plan, state, sink);
  return alerts > 0;
}
