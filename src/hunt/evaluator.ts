import { detect, endDetection, startDetection } from "../classify/detect/detect.ts";
import type { DetectLimits, DetectSink } from "../classify/detect/detect.ts";
import type { DetectSetting } from "../classify/detect/event-world.ts";
import { isCandidate, planDetections } from "../classify/detect/plan.ts";
import type { Detection } from "../model/detection.ts";
import type { LogEvent } from "../model/event.ts";

/** Room for what is remembered: with the rest of a hunt some 200 MB at most, unless rows are of unusual length. */
const LIMITS: DetectLimits = { groups: 65_536, held: 32_768 };

/** What judges events: cheap first, whole for those that are left, in the order of time. */
export interface Evaluator {
  isCandidate(event: LogEvent): boolean;
  detect(event: LogEvent): void;
  end(): void;
  /** Groups closed for want of room. */
  evicted(): number;
}

/** Makes detections ready for one hunt. */
export function startEvaluator(detections: readonly Detection[], setting: DetectSetting, sink: DetectSink): Evaluator {
  const plan = planDetections(detections, setting);
  const state = startDetection(plan, LIMITS);
  return {
    isCandidate: (event) => isCandidate(plan, event),
    detect(event) {
      detect(plan, state, event, sink);
    },
    end() {
      endDetection(plan, state, sink);
    },
    evicted: () => state.evicted,
  };
}

/** Two evaluators as one. */
export function bothEvaluators(one: Evaluator, other: Evaluator): Evaluator {
  return {
    isCandidate: (event) => one.isCandidate(event) || other.isCandidate(event),
    detect(event) {
      one.detect(event);
      other.detect(event);
    },
    end() {
      one.end();
      other.end();
    },
    evicted: () => one.evicted() + other.evicted(),
  };
}
