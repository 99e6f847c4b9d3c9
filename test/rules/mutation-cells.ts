import { isDeepStrictEqual } from "node:util";
import { detect, endDetection, startDetection } from "../../src/classify/detect/detect.ts";
import { isCandidate, planDetections } from "../../src/classify/detect/plan.ts";
import type { DetectionPlan } from "../../src/classify/detect/plan.ts";
import { STORY_SETTING } from "../../src/knowledge/detections/story.ts";
import type { Detection } from "../../src/model/detection.ts";
import type { LogEvent } from "../../src/model/event.ts";
import { MUTATIONS } from "./mutations.ts";
import type { Mutation } from "./mutations.ts";

/** What a detection still sees of its stories under one mutation. */
export interface MutationCell {
  /** Stories on which it speaks that the mutation changes; 0 = it does not apply. */
  readonly changed: number;
  /** Those of them on which it speaks still. */
  readonly seen: number;
  /** Stories of no finding on which it speaks now; 0 where the mutation changes what is one. */
  readonly wrong: number;
}

/** A row of the table. */
export interface MutationRow {
  readonly detection: string;
  /** By the mutation's id. */
  readonly cells: Readonly<Record<string, MutationCell>>;
}

/** Lets each detection judge its own stories under every mutation. */
export function mutationRows(detections: readonly Detection[]): readonly MutationRow[] {
  return detections.map((detection) => {
    const stories = {
      fires: detection.fires.map(({ events }) => events),
      silent: detection.silent.map(({ events }) => events),
    };
    const cells = MUTATIONS.map((mutation) => [mutation.id, cellOf(detection, stories, mutation)] as const);
    return { detection: detection.id, cells: Object.fromEntries(cells) };
  });
}

type Story = readonly LogEvent[];

function cellOf(
  detection: Detection,
  { fires, silent }: { readonly fires: readonly Story[]; readonly silent: readonly Story[] },
  mutation: Mutation,
): MutationCell {
  const serverPorts = new Set<number>(mutation.serverPorts ?? STORY_SETTING.serverPorts);
  const plan = planDetections([detection], { known: STORY_SETTING.known, serverPorts });
  const changed = fires.flatMap((story) => {
    const runs = mutation.runs(story);
    return isDeepStrictEqual(runs, [story]) ? [] : [runs];
  });
  const wrong = mutation.keepsMeaning ? silent.filter((story) => speaks(plan, mutation.runs(story))) : [];
  return { changed: changed.length, seen: changed.filter((runs) => speaks(plan, runs)).length, wrong: wrong.length };
}

/** Whether there is an alert in one of the runs, each of which begins knowing nothing. */
function speaks(plan: DetectionPlan, runs: readonly Story[]): boolean {
  return runs.some((events) => {
    let alerts = 0;
    const state = startDetection(plan);
    const sink = { opened: (): void => undefined, closed: (): void => void (alerts += 1) };
    for (const event of events) if (isCandidate(plan, event)) detect(plan, state, event, sink);
    endDetection(plan, state, sink);
    return alerts > 0;
  });
}
