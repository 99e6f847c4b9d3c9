import { EVENT_CLASSES } from "../../model/event.ts";
import type { EventClass } from "../../model/event.ts";
import type { EventTest } from "../detect/compile-condition.ts";
import type { EventWorld } from "../detect/event-world.ts";
import { fieldsOf } from "./asked-fields.ts";
import { sigmaCompiler } from "./compile-sigma.ts";
import type { LinkedRule, SigmaJob } from "./link-rules.ts";
import { ruleIndex } from "./rule-index.ts";
import type { RulesFor } from "./rule-index.ts";
import { needsFinder } from "./rule-needs.ts";
import type { Needs } from "./rule-needs.ts";

/** A rule's place in a job: `role` is the number of the bit that stands for it there. */
export interface RuleUse {
  readonly job: number;
  readonly role: number;
}

/** One rule made ready for one class of events, and what it is part of. */
export interface RuleUnit {
  readonly test: EventTest;
  readonly uses: readonly RuleUse[];
}

/** The rules of one class, and which of them an event may meet. */
export interface ClassUnits {
  /** In the order of the jobs. */
  readonly units: readonly RuleUnit[];
  /** Their numbers, from 0; only these need to be tested. */
  readonly mayMeet: RulesFor;
}

/** Makes the rules of all jobs ready, each once for each class of events that its log source stands for. */
export function ruleUnits(jobs: readonly SigmaJob[], world: EventWorld): Readonly<Record<EventClass, ClassUnits>> {
  const uses = usesOf(jobs);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each class once, by construction
  return Object.fromEntries(EVENT_CLASSES.map((one) => [one, classUnits(uses, one, world)])) as Record<
    EventClass,
    ClassUnits
  >;
}

type Uses = ReadonlyMap<LinkedRule, readonly RuleUse[]>;

function usesOf(jobs: readonly SigmaJob[]): Uses {
  const uses = new Map<LinkedRule, RuleUse[]>();
  for (const [job, { members }] of jobs.entries())
    for (const [role, member] of members.entries()) {
      const known = uses.get(member);
      if (known === undefined) uses.set(member, [{ job, role }]);
      else known.push({ job, role });
    }
  return uses;
}

function classUnits(uses: Uses, eventClass: EventClass, world: EventWorld): ClassUnits {
  const compile = sigmaCompiler(eventClass, world);
  const needsOf = needsFinder(eventClass, compile);
  const units: RuleUnit[] = [];
  const needs: Needs[] = [];
  for (const [rule, own] of uses) {
    if (!rule.events.classes.includes(eventClass)) continue;
    const verdict = compile(rule.where);
    if (verdict === false) continue;
    units.push({ test: ruleTest(rule, verdict), uses: own });
    needs.push(needsOf(rule.where));
  }
  return { units, mayMeet: ruleIndex(needs, eventClass, world) };
}

/** Whether an event of a class of the rule's log source is one of that log source, and meets it. */
function ruleTest({ where, events }: LinkedRule, verdict: EventTest | true): EventTest {
  const meets: EventTest = verdict === true ? () => true : verdict;
  const products = events.products === null ? null : new Set(events.products);
  const actions =
    events.actions === undefined || fieldsOf(where).has("action") ? null : new Set<string>(events.actions);
  return (event) =>
    (products === null || products.has(event.product)) &&
    (actions === null || event.class !== "file" || actions.has(event.action)) &&
    meets(event);
}
