import fc from "fast-check";
import { expect, test } from "vitest";
import { httpEvent } from "../model/make-event.ts";
import type { LogEvent } from "../model/event.ts";
import { ReorderWindow } from "./reorder-window.ts";

let line = 0;
function event(at: number): LogEvent {
  line += 1;
  const place = { source: 0, line, offset: 0, text: "" };
  return httpEvent({ at, observer: null, product: "ollama", place }, { method: "GET", path: "/" });
}

interface Ordered {
  readonly times: readonly number[];
  readonly window: ReorderWindow;
}

function ordered(times: readonly number[], limits = { rows: 2000, ms: 300_000 }): Ordered {
  const window = new ReorderWindow(limits);
  const out: number[] = [];
  const take = (one: LogEvent): void => void out.push(one.at);
  for (const at of times) {
    window.saw(at);
    window.push(event(at));
    window.ripe(take);
  }
  window.drain(take);
  return { times: out, window };
}

test("what is out of order within the window comes in order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 299_999 }), { maxLength: 300 }), (times) => {
      const { times: out, window } = ordered(times);
      expect(out).toEqual(times.toSorted((a, b) => a - b));
      expect(window.disorder).toEqual({ late: 0, jumps: 0 });
    }),
  );
});

test("nothing is lost or doubled, whatever the clock does", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e12, max: 1e13 }), { maxLength: 400 }), (times) => {
      const { times: out } = ordered(times, { rows: 20, ms: 1000 });
      expect(out.toSorted((a, b) => a - b)).toEqual(times.toSorted((a, b) => a - b));
    }),
  );
});

test("a row from before the window is handed on at once and counted late", () => {
  const { times, window } = ordered([0, 1_000_000, 2_000_000, 500_000, 2_000_001]);
  expect(times).toEqual([0, 1_000_000, 500_000, 2_000_000, 2_000_001]);
  expect(window.disorder).toEqual({ late: 1, jumps: 0 });
});

test("a clock that was set back a year is believed after 64 rows", () => {
  const year = 31_536_000_000;
  const before = Array.from({ length: 10 }, (_, at) => year + at * 1000);
  const after = Array.from({ length: 200 }, (_, at) => at * 1000);
  const { times, window } = ordered([...before, ...after]);
  expect(window.disorder.jumps).toBe(1);
  expect(window.disorder.late).toBeLessThanOrEqual(64);
  expect(times.slice(-100)).toEqual(after.slice(-100));
});

test("no more rows wait than the window holds", () => {
  const window = new ReorderWindow({ rows: 5, ms: 300_000 });
  let handed = 0;
  for (let at = 0; at < 100; at += 1) {
    window.saw(at);
    window.push(event(at));
    window.ripe(() => {
      handed += 1;
    });
  }
  expect(handed).toBe(95);
});
