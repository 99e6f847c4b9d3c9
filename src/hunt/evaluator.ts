import type { DetectSetting } from "../classify/detect/event-world.ts";
import { isCandidate, planDetections } from "../classify/detect/plan.ts";
import type { Alert } from "../model/alert.ts";
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

/** Where alerts go. */
export interface AlertSink {
  opened(alert: Alert): void;
  closed(alert: Alert): void;
}

/** Makes detections ready for one hunt. */
export function startEvaluator(detections: readonly Detection[], setting: DetectSetting, _sink: AlertSink): Evaluator {
  const plan = planDetections(detections, setting);
  return {
    isCandidate: (event) => isCandidate(plan, event),
    detect: () => undefined,
    end: () => undefined,
    evicted: () => 0,
  };
}
