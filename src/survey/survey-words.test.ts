import { expect, test } from "vitest";
import { coverageOf, emptyTally } from "./coverage.ts";
import type { Tally } from "./coverage.ts";
import type { EndReason } from "./engine.ts";
import { surveyWords } from "./survey-words.ts";

function words(reason: EndReason, targets: number, fill: (tally: Tally) => void): string[] {
  const tally = emptyTally();
  fill(tally);
  const state = {
    schema: 1,
    started_at: "2026-01-10T00:00:00.000Z",
    space: "",
    seed: "",
    next: 0,
    asked: [],
    waiting: [],
    tally,
    saved_at_ms: 0,
    done: true,
    stopped_for: "stopped",
  } as const;
  const progress = { state, targets, inFlight: 0, waiting: 0, factor: 1, isPaused: false };
  return surveyWords({ reason, progress }, coverageOf(tally, targets, 0));
}

test("a whole survey", () => {
  const lines = words("done", 300, (tally) => {
    Object.assign(tally.answers, { open: 12, login: 2, denied: 1, refused: 200, silent: 70, other: 5 });
    Object.assign(tally, { requests: 400, cards: 10, confirmed: 11 });
    Object.assign(tally.skipped, { "asked-recently": 6, "opt-out": 4 });
  });
  expect(lines).toEqual([
    "asked 290 of 300 targets with 400 requests (10 model cards among them)",
    "found 11 confirmed model servers, 12 open, 2 behind a login, 1 denied us, 5 answered something else; 200 refused and 70 were silent",
    "not asked: 4 opted out, 6 asked within the re-scan interval",
  ]);
});

test("one that was interrupted says what is missing", () => {
  const lines = words("stopped", 100, (tally) => {
    tally.answers.refused = 40;
    tally.givenUp = 1;
    tally.gaps.push({ from: "a", to: "a", reason: "no way from this machine" });
  });
  expect(lines).toEqual([
    "asked 40 of 100 targets with 0 requests",
    "nothing answered",
    "missing: 1 target given up without a verdict, no way from this machine",
    "missing: 59 targets not asked yet, the survey was interrupted",
  ]);
});
