import { expect, test } from "vitest";
import { emptyTally } from "./coverage.ts";
import { createMeter, progressLine } from "./progress.ts";
import type { Progress } from "./survey-plan.ts";

function progress(done: number, changes: Partial<Progress> = {}): Progress {
  const tally = emptyTally();
  tally.answers.refused = done - 2;
  tally.answers.open = 2;
  const state = {
    schema: 1,
    started_at: "2026-01-10T00:00:00.000Z",
    space: "",
    seed: "",
    next: 0,
    asked: [],
    waiting: [],
    saved_at_ms: 0,
    done: false,
    stopped_for: "stopped",
  } as const;
  return {
    state: { ...state, tally },
    targets: 10_000,
    inFlight: 7,
    waiting: 0,
    factor: 1,
    isPaused: false,
    ...changes,
  };
}

test("rate and time left come from what was done meanwhile, not from what an earlier part did", () => {
  const meter = createMeter();
  meter.note(progress(1000), 0);
  expect(meter.secondsLeft).toBeNull();
  for (let second = 1; second <= 60; second += 1) meter.note(progress(1000 + second * 50), second * 1000);
  expect(meter.perSecond).toBeCloseTo(50);
  expect(meter.secondsLeft).toBeCloseTo(120);
});

test.each([
  [
    progress(2500),
    { perSecond: 50.2, secondsLeft: 150 },
    "2,500 of 10,000 targets (25.0%), 50/s, 2 min 30 s left; 2 open; 7 under way",
  ],
  [
    progress(10_000, { inFlight: 0 }),
    { perSecond: 50, secondsLeft: 0 },
    "10,000 of 10,000 targets (100.0%), 50/s; 2 open; 0 under way",
  ],
  [
    progress(2, { factor: 0.5 }),
    { perSecond: 0, secondsLeft: null },
    "2 of 10,000 targets (<0.1%); 2 open; 7 under way; slowed to 50.0% of the rate",
  ],
  [
    progress(2, { isPaused: true }),
    { perSecond: 0, secondsLeft: null },
    "2 of 10,000 targets (<0.1%); 2 open; 7 under way; paused: no way out of this machine",
  ],
])("a line says it (%#)", (at, meter, line) => {
  expect(progressLine(at, meter)).toBe(line);
});
