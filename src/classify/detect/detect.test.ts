import { describe, expect, test } from "vitest";
import type { Alert } from "../../model/alert.ts";
import { is } from "../../model/condition.ts";
import type { Correlation, Detection } from "../../model/detection.ts";
import { httpEvent } from "../../model/make-event.ts";
import { detect, endDetection, startDetection } from "./detect.ts";
import { isCandidate, planDetections } from "./plan.ts";

function detection(correlation: Correlation): Detection {
  return {
    id: "x",
    uuid: "00000000-0000-4000-8000-000000000000",
    title: "",
    hypothesis: "",
    severity: "low",
    lifecycle: "experimental",
    version: 1,
    since: "2026-01-01",
    changed: "2026-01-01",
    selections: { a: { class: "http", where: is("path", "/a") } },
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

describe("smoke", () => {
  test("counts", () => {
    const plan = planDetections(
      [detection({ kind: "count", of: "a", by: ["sourceIp"], atLeast: 3, withinSeconds: 10 })],
      {
        known: [],
        serverPorts: new Set(),
      },
    );
    const state = startDetection(plan);
    const opened: Alert[] = [];
    const closed: Alert[] = [];
    const sink = { opened: (alert: Alert) => opened.push(alert), closed: (alert: Alert) => closed.push(alert) };
    for (const second of [0, 5, 10, 12, 40]) {
      const event = httpEvent(
        { at: second * 1000, observer: null, product: "nginx", place: { source: 0, line: 1, offset: 0, text: "" } },
        { method: "GET", path: "/A", sourceIp: "203.0.113.9" },
      );
      expect(isCandidate(plan, event)).toBe(true);
      detect(plan, state, event, sink);
    }
    endDetection(plan, state, sink);
    expect(opened.map((one) => one.rows)).toEqual([3]);
    expect(closed.map((one) => [one.rows, one.firstAt, one.lastAt, one.peer])).toEqual([[4, 0, 12000, "203.0.113.9"]]);
  });
});
