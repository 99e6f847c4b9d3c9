import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trialDetection, trialRow, TRIAL_SETTING, tryDetections } from "../../../test/support/detect-trial.ts";
import { all, is } from "../../model/condition.ts";
import type { Correlation } from "../../model/detection.ts";
import type { HttpEvent } from "../../model/event.ts";
import { detect, endDetection, startDetection } from "./detect.ts";
import { planDetections } from "./plan.ts";

const SELECTIONS = {
  any: { class: "http", where: all() },
  claimed: { class: "http", where: is("sourceTrust", "claimed") },
  seen: { class: "http", where: is("sourceTrust", "connection") },
} as const;

const KINDS: readonly Correlation[] = [
  { kind: "each", of: "any", by: ["sourceIp"], withinSeconds: 60 },
  { kind: "count", of: "any", by: ["sourceIp"], atLeast: 1000, withinSeconds: 60 },
  { kind: "distinct", of: "any", field: "path", by: ["sourceIp"], atLeast: 1000, withinSeconds: 60 },
  { kind: "sum", of: "any", field: "status", by: ["sourceIp"], atLeast: 1e9, withinSeconds: 60 },
  { kind: "sequence", steps: ["any", "any", "any"], by: ["sourceIp"], withinSeconds: 60 },
  { kind: "first", of: "any", by: ["sourceIp"] },
  { kind: "change", from: "claimed", to: "seen", by: ["sourceIp"] },
  { kind: "disagree", claimed: "claimed", seen: "seen", withinSeconds: 60 },
];
const DETECTIONS = KINDS.map((correlation) => trialDetection(correlation, SELECTIONS));

test("a million groups, shared among the kinds of correlation, stay within the limits", () => {
  const limits = { groups: 2000, held: 3000 };
  const plan = planDetections(DETECTIONS, TRIAL_SETTING);
  const state = startDetection(plan, limits);
  const said = { opened: 0, closed: 0 };
  const sink = { opened: (): void => void (said.opened += 1), closed: (): void => void (said.closed += 1) };
  let most = { groups: 0, held: 0 };
  for (let n = 0; n < 140_000; n += 1) {
    const sourceIp = `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
    const sourceTrust = n % 3 === 0 ? "claimed" : "connection";
    detect(plan, state, trialRow(n / 1000, { sourceIp, sourceTrust, path: `/${n}`, status: 200 }), sink);
    most = { groups: Math.max(most.groups, state.total.groups), held: Math.max(most.held, state.total.held) };
  }
  expect(most.groups).toBeLessThanOrEqual(limits.groups);
  expect(most.held).toBeLessThanOrEqual(limits.held);
  expect(state.evicted).toBeGreaterThan(900_000);
  endDetection(plan, state, sink);
  expect(state.total).toEqual({ groups: 0, held: 0 });
  expect(said.closed).toBe(said.opened);
  expect(said.opened).toBeGreaterThanOrEqual(280_000);
}, 120_000);

describe("one group", () => {
  test.for(KINDS.map((correlation) => [correlation.kind, correlation] as const))(
    "that never stops keeps few rows: %s",
    ([, correlation]) => {
      const plan = planDetections([trialDetection(correlation, SELECTIONS)], TRIAL_SETTING);
      const state = startDetection(plan);
      const sink = { opened: (): void => undefined, closed: (): void => undefined };
      let most = 0;
      for (let n = 0; n < 50_000; n += 1) {
        const sourceTrust = n % 2 === 0 ? "claimed" : "connection";
        detect(plan, state, trialRow(n / 10, { sourceTrust, path: `/${n % 900}`, status: 1 }), sink);
        most = Math.max(most, state.total.held);
      }
      expect(most).toBeLessThanOrEqual(1200);
    },
  );
});

test("rows that belong to nobody forget nothing", () => {
  const { evicted, closed } = tryDetections(DETECTIONS, [trialRow(0, { sourceIp: null })]);
  expect(evicted).toBe(0);
  expect(closed).toEqual([]);
});

const rows: fc.Arbitrary<HttpEvent> = fc
  .record({
    at: fc.oneof(
      fc.integer({ min: 0, max: 300_000 }),
      fc.integer({ min: -9e15, max: 9e15 }),
      fc.constantFrom(0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER),
    ),
    durationMs: fc.oneof(fc.constant(null), fc.integer(), fc.double({ noNaN: true })),
    sourceIp: fc.oneof(fc.constantFrom(null, "203.0.113.1", "203.0.113.2", "::1"), fc.string()),
    sourceTrust: fc.constantFrom("connection" as const, "claimed" as const),
    path: fc.oneof(fc.constantFrom("/a", "/b"), fc.string({ unit: "binary" })),
    status: fc.oneof(fc.constant(null), fc.integer(), fc.double()),
    observer: fc.constantFrom(null, "gpu-1", "gpu-2"),
  })
  .map(({ at, ...rest }) => trialRow(at / 1000, rest));

test("whatever the clocks say: every alert that opens closes once, whole, and nothing is left", () => {
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (events, room) => {
      const plan = planDetections(DETECTIONS, TRIAL_SETTING);
      const state = startDetection(plan, { groups: room, held: room });
      const opened: number[] = [];
      const closed: number[] = [];
      endDetection(plan, state, { opened: () => expect.unreachable(), closed: () => expect.unreachable() });
      const sink = {
        opened: (alert: { readonly number: number }): void => void opened.push(alert.number),
        closed: (alert: {
          readonly number: number;
          readonly rows: number;
          readonly firstAt: number;
          readonly lastAt: number;
        }): void => {
          closed.push(alert.number);
          expect(alert.rows).toBeGreaterThan(0);
          expect(alert.rows).toBeLessThanOrEqual(events.length);
          expect(alert.firstAt).toBeLessThanOrEqual(alert.lastAt);
        },
      };
      for (const event of events) {
        detect(plan, state, event, sink);
        expect(state.total.groups).toBeLessThanOrEqual(room);
        expect(state.total.held).toBeLessThanOrEqual(room);
      }
      endDetection(plan, state, sink);
      expect(state.total).toEqual({ groups: 0, held: 0 });
      expect(opened).toEqual(opened.map((_, at) => at + 1));
      expect(closed.toSorted((a, b) => a - b)).toEqual(opened);
    }),
    { numRuns: 300 },
  );
});
