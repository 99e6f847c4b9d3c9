import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { progressText } from "./progress.ts";
import { openReporter } from "./progress.io.ts";

const MIB = 1024 * 1024;

test.each([
  [{ doneBytes: 0, totalBytes: 100 * MIB, elapsedMs: 0 }, "x: 0.0 of 100.0 MiB (0 %), 0.0 MiB/s"],
  [
    { doneBytes: 25 * MIB, totalBytes: 100 * MIB, elapsedMs: 5000 },
    "x: 25.0 of 100.0 MiB (25 %), 5.0 MiB/s, 15 s left",
  ],
  [{ doneBytes: MIB, totalBytes: 601 * MIB, elapsedMs: 1000 }, "x: 1.0 of 601.0 MiB (0 %), 1.0 MiB/s, 10 min left"],
  [{ doneBytes: MIB, totalBytes: 7201 * MIB, elapsedMs: 1000 }, "x: 1.0 of 7201.0 MiB (0 %), 1.0 MiB/s, 2.0 h left"],
  [{ doneBytes: 3 * MIB, totalBytes: null, elapsedMs: 2000 }, "x: 3.0 MiB, 1.5 MiB/s"],
])("%j", (progress, words) => {
  expect(progressText({ what: "x", ...progress })).toBe(words);
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function told(interactive: boolean, term: string): string[] {
  const said: string[] = [];
  const terminal = { interactive, env: { TERM: term }, say: (words: string) => void said.push(words) };
  let ms = 0;
  const reporter = openReporter(terminal, { epochMs: () => ms, monotonicMs: () => (ms += 500) });
  reporter.watch("x", () => 0, null);
  vi.advanceTimersByTime(1000);
  reporter.say("words");
  vi.advanceTimersByTime(500);
  reporter.rest();
  vi.advanceTimersByTime(120_000);
  return said;
}

test("a terminal's line moves, and leaves other words alone", () => {
  const line = "x: 0.0 MiB, 0.0 MiB/s";
  expect(told(true, "xterm")).toEqual([line, `\u{1b}[1A\u{1b}[2K${line}`, "words", line]);
});

test("without a terminal it speaks once a minute", () => {
  expect(told(false, "xterm")).toEqual(["words"]);
  expect(told(true, "dumb")).toEqual(["words"]);
});
