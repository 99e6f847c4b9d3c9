import fc from "fast-check";
import { expect, test } from "vitest";
import { httpEvent } from "../model/make-event.ts";
import type { LogEvent } from "../model/event.ts";
import { mergeSources } from "./merge.ts";
import type { WaitingSource } from "./merge.ts";

function event(number: number, at: number): LogEvent {
  const place = { source: number, line: 1, offset: 0, text: "" };
  return httpEvent({ at, observer: null, product: "ollama", place }, { method: "GET", path: "/" });
}

interface Watch {
  open: number;
  most: number;
}

function source(number: number, times: readonly number[], watch: Watch, batch = 3): WaitingSource {
  return {
    firstAt: times[0] ?? -Infinity,
    open() {
      watch.open += 1;
      watch.most = Math.max(watch.most, watch.open);
      let from = 0;
      return {
        async next() {
          const part = times.slice(from, from + batch).map((at) => event(number, at));
          from += batch;
          if (part.length > 0) return part;
          watch.open -= 1;
          return null;
        },
      };
    },
  };
}

const never = new AbortController().signal;

test("sources that are each in order come out in order, nothing lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.integer({ min: 0, max: 5_000_000 }), { maxLength: 30 }), { maxLength: 8 }),
      async (lists) => {
        const sorted = lists.map((list) => list.toSorted((a, b) => a - b));
        const out: number[] = [];
        const watch = { open: 0, most: 0 };
        await mergeSources(
          sorted.map((list, at) => source(at, list, watch)),
          (one) => void out.push(one.at),
          never,
        );
        expect(out).toEqual(sorted.flat().toSorted((a, b) => a - b));
        expect(watch.open).toBe(0);
      },
    ),
  );
});

test("days that follow each other are open one or two at a time", async () => {
  const day = 86_400_000;
  const watch = { open: 0, most: 0 };
  const days = Array.from({ length: 300 }, (_, at) =>
    source(at, [at * day, at * day + 1000, at * day + day / 2, (at + 1) * day - 1], watch),
  );
  let count = 0;
  await mergeSources(days.toReversed(), () => (count += 1), never);
  expect(count).toBe(1200);
  expect(watch.most).toBeLessThanOrEqual(2);
});

test("events of the same moment keep the order of the sources", async () => {
  const watch = { open: 0, most: 0 };
  const out: number[] = [];
  await mergeSources(
    [source(0, [5, 5], watch), source(1, [5], watch)],
    (one) => void out.push(one.place.source),
    never,
  );
  expect(out).toEqual([0, 0, 1]);
});

test("stops when told to", async () => {
  const stop = new AbortController();
  const watch = { open: 0, most: 0 };
  const merged = mergeSources([source(0, [1, 2, 3, 4, 5, 6, 7, 8], watch)], () => stop.abort(), stop.signal);
  await expect(merged).rejects.toThrow(/abort/u);
});
