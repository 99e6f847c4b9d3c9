import { detect, endDetection, startDetection } from "../classify/detect/detect.ts";
import type { DetectSink } from "../classify/detect/detect.ts";
import type { DetectSetting } from "../classify/detect/event-world.ts";
import { isCandidate, planDetections } from "../classify/detect/plan.ts";
import type { Detection } from "../model/detection.ts";
import type { LogEvent } from "../model/event.ts";

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
  const state = startDetection(plan);
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
