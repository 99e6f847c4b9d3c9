import { expect, test } from "vitest";
import { emptyTally } from "./coverage.ts";
import { progressTeller } from "./progress-teller.ts";
import type { Progress } from "./survey-plan.ts";

const STATE = {
  schema: 1,
  started_at: "",
  space: "",
  seed: "",
  next: 0,
  asked: [],
  waiting: [],
  saved_at_ms: 0,
  stopped_for: "stopped",
} as const;

function progress(done: boolean): Progress {
  const state = { ...STATE, done, tally: emptyTally() };
  return { state, targets: 10, inFlight: 0, waiting: 0, factor: 1, isPaused: false };
}

function linesSaid(interactive: boolean, term: string, seconds: number): string[] {
  const said: string[] = [];
  const tell = progressTeller({ interactive, env: { TERM: term }, say: (text) => said.push(text) });
  for (let second = 0; second <= seconds; second += 1) tell(progress(false), second * 1000);
  tell(progress(true), seconds * 1000 + 60_000);
  return said;
}

test("a terminal gets one line that moves, each second", () => {
  const said = linesSaid(true, "xterm", 3);
  expect(said.map((line) => line.startsWith("\u001B[1A\u001B[2K"))).toEqual([false, true, true, true]);
});

test.each([
  [false, "xterm"],
  [true, "dumb"],
])("elsewhere a line a minute, without control characters (%s, %s)", (interactive, term) => {
  const said = linesSaid(interactive, term, 125);
  expect(said.length).toBe(2);
  expect(said.join("")).not.toContain("\u001B");
});
