import { detect, DETECT_LIMITS, endDetection, startDetection } from "../../src/classify/detect/detect.ts";
import type { DetectLimits } from "../../src/classify/detect/detect.ts";
import type { DetectSetting } from "../../src/classify/detect/event-world.ts";
import { planDetections } from "../../src/classify/detect/plan.ts";
import type { Alert } from "../../src/model/alert.ts";
import type { Correlation, Detection, Selection } from "../../src/model/detection.ts";
import type { HttpEvent, LogEvent } from "../../src/model/event.ts";
import { httpEvent } from "../../src/model/make-event.ts";

/** A world in which 192.0.2.64/26 is the user's own and model servers listen on 11434. */
export const TRIAL_SETTING: DetectSetting = { known: ["192.0.2.64/26"], serverPorts: new Set([11_434]) };

/** A detection of which only the logic matters. */
export function trialDetection(correlation: Correlation, selections: Readonly<Record<string, Selection>>): Detection {
  return {
    id: "trial",
    uuid: "00000000-0000-4000-8000-000000000000",
    title: "Trial",
    hypothesis: "",
    severity: "low",
    lifecycle: "experimental",
    version: 1,
    since: "2026-01-01",
    changed: "2026-01-01",
    selections,
    correlation,
    falsePositives: [],
    blindTo: [],
    ids: { attack: [], attackBefore: [], atlas: [], owaspLlm: [] },
    references: [],
    whatNow: { confirm: [], contain: [], recover: [] },
    fires: [],
    silent: [],
  };
}

/** A request so many seconds after 1970, as a proxy saw it. */
export function trialRow(second: number, rest: Partial<HttpEvent> = {}): HttpEvent {
  const { observer = "gpu-1", product = "nginx", place = { source: 0, line: 1, offset: 0, text: "" }, ...more } = rest;
  const head = { at: Math.round(second * 1000), observer, product, place };
  return httpEvent(head, { method: "GET", path: "/", sourceIp: "203.0.113.9", ...more });
}

/** What a run said. */
export interface Trial {
  readonly opened: readonly Alert[];
  readonly closed: readonly Alert[];
  readonly evicted: number;
}

/** Lets detections speak of events, in the order in which they stand. */
export function tryDetections(
  detections: readonly Detection[],
  events: Iterable<LogEvent>,
  limits: DetectLimits = DETECT_LIMITS,
): Trial {
  const plan = planDetections(detections, TRIAL_SETTING);
  const state = startDetection(plan, limits);
  const opened: Alert[] = [];
  const closed: Alert[] = [];
  const sink = {
    opened: (alert: Alert): void => void opened.push(alert),
    closed: (alert: Alert): void => void closed.push(alert),
  };
  for (const event of events) detect(plan, state, event, sink);
  endDetection(plan, state, sink);
  return { opened, closed, evicted: state.evicted };
}

/** First second, last second and number of rows of each alert, in the order of closing. */
export function spansOf(alerts: readonly Alert[]): readonly (readonly [number, number, number])[] {
  return alerts.map((alert) => [alert.firstAt / 1000, alert.lastAt / 1000, alert.rows]);
}
