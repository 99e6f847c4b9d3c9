import { describe, expect, test } from "vitest";
import { DETECTIONS } from "../../knowledge/detections/detections.ts";
import { STORY_SETTING } from "../../knowledge/detections/story.ts";
import type { Alert } from "../../model/alert.ts";
import type { Detection, DetectionExample } from "../../model/detection.ts";
import { detect, endDetection, startDetection } from "./detect.ts";
import { isCandidate, planDetections } from "./plan.ts";
import type { DetectionPlan } from "./plan.ts";

const ALL: readonly Detection[] = Object.values(DETECTIONS);
const SETTING = { known: STORY_SETTING.known, serverPorts: new Set<number>(STORY_SETTING.serverPorts) };

/** Alerts of one story; rows that are no candidate are left out, as hunt leaves them out. */
function alertsOf(plan: DetectionPlan, { events }: DetectionExample): readonly Alert[] {
  const alerts: Alert[] = [];
  const state = startDetection(plan);
  const sink = { opened: (): void => undefined, closed: (alert: Alert): void => void alerts.push(alert) };
  for (const event of events) if (isCandidate(plan, event)) detect(plan, state, event, sink);
  endDetection(plan, state, sink);
  return alerts;
}

describe.each(ALL.map((one) => [one.id, one] as const))("%s", (_id, detection) => {
  const plan = planDetections([detection], SETTING);

  test.for(detection.fires.map((story) => [story.title, story] as const))("speaks: %s", ([, story]) => {
    const alerts = alertsOf(plan, story);
    expect(alerts.map((alert) => alert.detection)).toContain(detection.id);
    for (const alert of alerts) expect(alert.severity).toBe(detection.severity);
  });

  test.for(detection.silent.map((story) => [story.title, story] as const))("is silent: %s", ([, story]) => {
    expect(alertsOf(plan, story)).toEqual([]);
  });
});

test("all detections at once say of a story what one alone says", () => {
  const plan = planDetections(ALL, SETTING);
  for (const detection of ALL) {
    const alone = planDetections([detection], SETTING);
    for (const story of [...detection.fires, ...detection.silent]) {
      const together = alertsOf(plan, story).filter((alert) => alert.detection === detection.id);
      const said = alertsOf(alone, story);
      expect([detection.id, story.title, together.map((alert) => ({ ...alert, number: 0 }))]).toEqual([
        detection.id,
        story.title,
        said.map((alert) => ({ ...alert, number: 0 })),
      ]);
    }
  }
});
