import { expect, test } from "vitest";
import { DETECTIONS } from "../../knowledge/detections/detections.ts";
import { STORY_SETTING } from "../../knowledge/detections/story.ts";
import type { Condition } from "../../model/condition.ts";
import type { Correlation, Detection, Selection } from "../../model/detection.ts";
import type { LogEvent } from "../../model/event.ts";
import { detect, endDetection, startDetection } from "./detect.ts";
import { planDetections } from "./plan.ts";

/** A detection that lacks one thing, and what it lacks. */
interface Mutant {
  readonly lacks: string;
  readonly detection: Detection;
  /** One value of a short list: many detections share such lists, and one of them must need it. */
  readonly isValue: boolean;
}

/** A condition that lacks something. */
interface Less {
  readonly lacks: string;
  readonly condition: Condition;
  readonly isValue: boolean;
}

const ALL: readonly Detection[] = Object.values(DETECTIONS);
const SETTING = { known: STORY_SETTING.known, serverPorts: new Set<number>(STORY_SETTING.serverPorts) };
/** Longest list whose every value must be needed by a story: longer ones are vocabularies. */
const FEW = 3;

/** What may be left out without a story noticing, and why. */
const NOT_NEEDED: Readonly<Record<string, readonly string[]>> = {
  // A row that the connection vouches for stands among `seen` itself, so it can never disagree: the clause is there for other languages.
  "forged-address-behind-proxy": ['is sourceTrust "claimed"'],
};

function nameOf(condition: Condition): string {
  switch (condition.kind) {
    case "all":
    case "any":
      return `${condition.kind}(${condition.of.map(nameOf).join(", ")})`;
    case "not":
      return `not ${nameOf(condition.of)}`;
    case "is":
    case "starts":
    case "ends":
    case "contains":
      return `${condition.kind} ${condition.field} ${condition.values.map((one) => JSON.stringify(one)).join("|")}`;
    case "above":
    case "below":
      return `${condition.field} ${condition.kind} ${condition.value}`;
    case "network":
      return `network ${condition.field} ${condition.words.join("|")}`;
    case "cidr":
      return `cidr ${condition.field} ${condition.prefixes.join("|")}`;
    case "absent":
      return `absent ${condition.field}`;
  }
}

/** Every smaller condition that leaves one member of an `all` or `any`, one word or one value of a short list out. */
function smaller(condition: Condition): readonly Less[] {
  switch (condition.kind) {
    case "not":
      return smaller(condition.of).map((less) => ({ ...less, condition: { kind: "not", of: less.condition } }));
    case "all":
    case "any":
      return condition.of.flatMap((member, at) => {
        const rest = condition.of.filter((_, other) => other !== at);
        const without = { lacks: nameOf(member), condition: { ...condition, of: rest }, isValue: false };
        const within = smaller(member).map((less) => ({
          ...less,
          condition: { ...condition, of: condition.of.with(at, less.condition) },
        }));
        return rest.length === 0 ? within : [without, ...within];
      });
    case "network":
      return shorter(condition.words).map(([word, words]) => ({
        lacks: `${nameOf(condition)}: ${word}`,
        condition: { ...condition, words },
        isValue: false,
      }));
    case "is":
    case "contains":
    case "ends":
    case "starts":
      return condition.values.length > FEW
        ? []
        : shorter<string | number | boolean>(condition.values).map(([value, values]) => ({
            lacks: `${nameOf(condition)}: ${String(value)}`,
            condition: { ...condition, values } as Condition,
            isValue: true,
          }));
    case "above":
    case "below":
    case "cidr":
    case "absent":
      return [];
  }
}

function shorter<Value>(list: readonly Value[]): readonly (readonly [Value, readonly Value[]])[] {
  return list.length < 2 ? [] : list.map((value, at) => [value, list.filter((_, other) => other !== at)] as const);
}

/** The same thing left out of every selection that has it: what all steps of a sequence say of their key, one alone need not. */
function lesserSelections(detection: Detection): readonly Mutant[] {
  const lacking = new Map<string, { selections: Record<string, Selection>; isValue: boolean }>();
  for (const [name, selection] of Object.entries(detection.selections)) {
    for (const { lacks, condition, isValue } of smaller(selection.where)) {
      const entry = lacking.get(lacks) ?? { selections: { ...detection.selections }, isValue };
      entry.selections[name] = { ...selection, where: condition };
      lacking.set(lacks, entry);
    }
  }
  return [...lacking].map(([lacks, { selections, isValue }]) => ({
    lacks,
    detection: { ...detection, selections },
    isValue,
  }));
}

function lesserCorrelations(correlation: Correlation): readonly (readonly [string, Correlation])[] {
  const found: (readonly [string, Correlation])[] = [];
  if ("atLeast" in correlation) {
    found.push(["one less", { ...correlation, atLeast: correlation.atLeast - 1 }]);
    found.push(["one more", { ...correlation, atLeast: correlation.atLeast + 1 }]);
  }
  if ("withinSeconds" in correlation && correlation.kind !== "each") {
    found.push(["a longer window", { ...correlation, withinSeconds: correlation.withinSeconds * 1.3 }]);
    found.push(["a shorter window", { ...correlation, withinSeconds: correlation.withinSeconds / 1.7 }]);
  }
  if (correlation.kind === "sequence") found.push(["order", { ...correlation, steps: correlation.steps.toReversed() }]);
  if ("by" in correlation && correlation.kind !== "each" && correlation.kind !== "first") {
    for (const [field, by] of correlation.by.length === 1
      ? [[correlation.by[0], []] as const]
      : shorter(correlation.by))
      found.push([`group by ${field}`, { ...correlation, by }]);
  }
  return found;
}

/** The stories, made once. */
const TOLD = new Map(
  ALL.map((detection) => [
    detection.id,
    {
      fires: detection.fires.map((story) => story.events),
      silent: detection.silent.map((story) => story.events),
    },
  ]),
);

function speaks(detection: Detection, events: readonly LogEvent[]): boolean {
  const plan = planDetections([detection], SETTING);
  const state = startDetection(plan);
  let alerts = 0;
  const sink = { opened: (): void => undefined, closed: (): void => void (alerts += 1) };
  for (const event of events) detect(plan, state, event, sink);
  endDetection(plan, state, sink);
  return alerts > 0;
}

/** Whether some story tells the mutant from the detection. */
function isNoticed({ detection }: Mutant): boolean {
  const told = TOLD.get(detection.id);
  if (told === undefined) return false;
  return (
    told.silent.some((events) => speaks(detection, events)) || told.fires.some((events) => !speaks(detection, events))
  );
}

const MUTANTS: readonly Mutant[] = ALL.flatMap((detection) => [
  ...lesserSelections(detection),
  ...lesserCorrelations(detection.correlation).map(([lacks, correlation]) => ({
    lacks,
    detection: { ...detection, correlation },
    isValue: false,
  })),
]);

test.each(ALL.map((one) => one.id))(
  "%s: every clause, word, bound, window, key and order is needed by a story",
  (id) => {
    const own = MUTANTS.filter((mutant) => mutant.detection.id === id && !mutant.isValue);
    expect(own.filter((mutant) => !isNoticed(mutant)).map((mutant) => mutant.lacks)).toEqual(NOT_NEEDED[id] ?? []);
  },
);

test("every value of a short list is needed by a story of some detection that has the list", () => {
  const values = MUTANTS.filter((mutant) => mutant.isValue);
  const needed = new Set(values.filter((mutant) => isNoticed(mutant)).map((mutant) => mutant.lacks));
  expect(
    values.filter((mutant) => !needed.has(mutant.lacks)).map(({ lacks, detection }) => `${detection.id}: ${lacks}`),
  ).toEqual([]);
});
