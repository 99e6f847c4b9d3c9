import type { LogEvent } from "../../model/event.ts";
import type { Severity } from "../../model/finding.ts";
import type { DetectSink } from "../detect/correlate/correlator.ts";
import { DETECT_LIMITS, makeRoom } from "../detect/detect.ts";
import type { DetectLimits } from "../detect/detect.ts";
import { eventWorld } from "../detect/event-world.ts";
import type { DetectSetting } from "../detect/event-world.ts";
import type { SigmaJob } from "./link-rules.ts";
import { ruleUnits } from "./rule-units.ts";
import type { ClassUnits } from "./rule-units.ts";
import { sigmaCorrelator } from "./sigma-correlator.ts";

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

/** Jobs that have met an event, in order: only these can have anything to sweep. */
interface Begun {
  readonly isBegun: Uint8Array;
  readonly jobs: number[];
}

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
  const byClass = ruleUnits(jobs, world);
  const begun: Begun = { isBegun: new Uint8Array(jobs.length), jobs: [] };
  const room = { correlators, total, limits, evicted: 0 };
  const roles = new Map<number, number>();
  let sweptAt = Number.NEGATIVE_INFINITY;
  return {
    isCandidate: (event) => meetsAny(byClass[event.class], event),
    detect(event) {
      if (Math.abs(event.at - sweptAt) >= SWEEP_EVERY_MS) {
        sweptAt = event.at;
        for (const job of begun.jobs) correlators[job]?.sweep(event.at, sink);
      }
      rolesMet(byClass[event.class], event, roles);
      for (const [job, met] of roles) {
        noteBegun(begun, job);
        correlators[job]?.take(event, met, sink);
      }
      roles.clear();
      makeRoom(room, sink);
    },
    end() {
      for (const correlator of correlators) correlator.end(sink);
    },
    evicted: () => room.evicted,
  };
}

function meetsAny({ units, mayMeet }: ClassUnits, event: LogEvent): boolean {
  for (const number of mayMeet(event)) if (units[number]?.test(event) === true) return true;
  return false;
}

function rolesMet({ units, mayMeet }: ClassUnits, event: LogEvent, roles: Map<number, number>): void {
  for (const number of mayMeet(event)) {
    const unit = units[number];
    if (unit?.test(event) !== true) continue;
    for (const { job, role } of unit.uses) roles.set(job, (roles.get(job) ?? 0) | (1 << role));
  }
}

function noteBegun({ isBegun, jobs }: Begun, job: number): void {
  if (isBegun[job] === 1) return;
  isBegun[job] = 1;
  jobs.push(job);
  jobs.sort((a, b) => a - b);
}
