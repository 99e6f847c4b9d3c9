import { EVENT_CLASSES } from "../../model/event.ts";
import type { EventClass, LogEvent } from "../../model/event.ts";
import type { Severity } from "../../model/finding.ts";
import type { EventTest } from "../detect/compile-condition.ts";
import type { Correlator, DetectSink } from "../detect/correlate/correlator.ts";
import { DETECT_LIMITS, makeRoom } from "../detect/detect.ts";
import type { DetectLimits } from "../detect/detect.ts";
import { eventWorld } from "../detect/event-world.ts";
import type { DetectSetting, EventWorld } from "../detect/event-world.ts";
import { fieldsOf } from "./asked-fields.ts";
import { compileSigma } from "./compile-sigma.ts";
import type { LinkedRule, SigmaJob } from "./link-rules.ts";
import { sigmaCorrelator } from "./sigma-correlator.ts";

/** One rule made ready for one class of events, and what it is part of. */
interface Unit {
  readonly test: EventTest;
  readonly uses: readonly { readonly job: number; readonly role: number }[];
}

/** Rules at work: events in, in the order of time; alerts out. */
export interface SigmaRun {
  /** Whether some rule speaks of it; needs no memory. */
  isCandidate(event: LogEvent): boolean;
  detect(event: LogEvent): void;
  /** What still waits is judged, open alerts are closed. */
  end(): void;
  /** Groups ended early to make room. */
  evicted(): number;
}

/** Under which name and severity the alerts of a job go. */
export interface SigmaName {
  readonly id: string;
  readonly severity: Severity;
}

const SWEEP_EVERY_MS = 1000;

/** Begins a run of a person's own rules, named in the order of the jobs; the correlations, groups and limits are those of Corral's own detections. */
export function startSigma(
  jobs: readonly SigmaJob[],
  names: readonly SigmaName[],
  setting: DetectSetting,
  sink: DetectSink,
  limits: DetectLimits = DETECT_LIMITS,
): SigmaRun {
  const world = eventWorld(setting);
  const total = { groups: 0, held: 0 };
  let number = 0;
  const nextNumber = (): number => {
    number += 1;
    return number;
  };
  const correlators = jobs.map((job, at) => {
    const detection = names[at] ?? { id: job.head.title, severity: job.head.severity };
    return sigmaCorrelator(job, { detection, world, total, nextNumber });
  });
  const units = unitsByClass(jobs, world);
  const room = { correlators, total, limits, evicted: 0 };
  const roles = new Map<number, number>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  return {
    isCandidate: (event) => units[event.class].some(({ test }) => test(event)),
    detect(event) {
      if (Math.abs(event.at - sweptAt) >= SWEEP_EVERY_MS) {
        sweptAt = event.at;
        for (const correlator of correlators) correlator.sweep(event.at, sink);
      }
      for (const { test, uses } of units[event.class]) {
        if (test(event)) for (const { job, role } of uses) roles.set(job, (roles.get(job) ?? 0) | (1 << role));
      }
      take(roles, correlators, event, sink);
      makeRoom(room, sink);
    },
    end() {
      for (const correlator of correlators) correlator.end(sink);
    },
    evicted: () => room.evicted,
  };
}

function take(roles: Map<number, number>, correlators: readonly Correlator[], event: LogEvent, sink: DetectSink): void {
  for (const [job, met] of roles) correlators[job]?.take(event, met, sink);
  roles.clear();
}

function unitsByClass(jobs: readonly SigmaJob[], world: EventWorld): Readonly<Record<EventClass, readonly Unit[]>> {
  const uses = new Map<LinkedRule, { job: number; role: number }[]>();
  for (const [job, { members }] of jobs.entries())
    for (const [role, member] of members.entries()) {
      const known = uses.get(member);
      if (known === undefined) uses.set(member, [{ job, role }]);
      else known.push({ job, role });
    }
  const ofClass = (eventClass: EventClass): readonly Unit[] =>
    [...uses].flatMap(([member, own]) => {
      const test = ruleTest(member, eventClass, world);
      return test === null ? [] : [{ test, uses: own }];
    });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each class once, by construction
  return Object.fromEntries(EVENT_CLASSES.map((one) => [one, ofClass(one)])) as Record<EventClass, readonly Unit[]>;
}

/** Whether an event of the class is one of the rule's log source and meets it; `null` = none can. */
function ruleTest({ where, events }: LinkedRule, eventClass: EventClass, world: EventWorld): EventTest | null {
  if (!events.classes.includes(eventClass)) return null;
  const verdict = compileSigma(where, eventClass, world);
  if (verdict === false) return null;
  const meets: EventTest = verdict === true ? () => true : verdict;
  const products = events.products === null ? null : new Set(events.products);
  const actions =
    events.actions === undefined || fieldsOf(where).has("action") ? null : new Set<string>(events.actions);
  return (event) =>
    (products === null || products.has(event.product)) &&
    (actions === null || event.class !== "file" || actions.has(event.action)) &&
    meets(event);
}
