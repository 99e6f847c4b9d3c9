import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlaceEffect } from "../../../src/gateway/quota/places.ts";
import { idsPlaced, openTest } from "./open-places.ts";

interface Job {
  readonly id: number;
  readonly key: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** Milliseconds of places that each key has had up to a moment. */
function hadBy(jobs: readonly Job[], key: number, nowMs: number): number {
  return jobs.filter((job) => job.key === key).reduce((sum, job) => sum + Math.min(nowMs, job.endMs) - job.startMs, 0);
}

/** Keys that always have somebody waiting, from the moment at which the strangers before them leave. Tells of each grant. */
function crowd(
  weights: readonly number[],
  concurrent: number,
  durationOf: (key: number, index: number) => number,
  grants: number,
  look: (jobs: readonly Job[], nowMs: number) => void,
): readonly Job[] {
  const { places, tell, ask } = openTest({ concurrent, queue: 10_000, queueSeconds: 1e9 });
  let lastId = 0;
  for (let at = 0; at < concurrent; at += 1) ask("stranger", (lastId += 1));
  tell({ kind: "give", worker: 1, gauge: "all", count: places.gauges.get("all")?.granted ?? 0 });
  const jobs: Job[] = [];
  const running: Job[] = [];
  const keyOf = new Map<number, number>();
  let nowMs = 0;
  const take = (effects: readonly PlaceEffect[]): void => {
    for (const id of idsPlaced(effects)) {
      const key = keyOf.get(id);
      if (key === undefined) continue;
      const job = { id, key, startMs: nowMs, endMs: nowMs + durationOf(key, jobs.length) };
      jobs.push(job);
      running.push(job);
      queue(key);
    }
  };
  const queue = (key: number): void => {
    lastId += 1;
    keyOf.set(lastId, key);
    take(ask(`key ${key}`, lastId, { priority: weights[key] ?? 1, nowMs, serviceMs: durationOf(key, lastId) }));
  };
  // All places are taken while the keys line up.
  for (let at = 0; at < concurrent; at += 1) ask("stranger", (lastId += 1));
  const strangers = places.gauges.get("all")?.granted ?? 0;
  for (let key = 0; key < weights.length; key += 1) for (let at = 0; at < concurrent + 1; at += 1) queue(key);
  for (let at = 0; at < strangers; at += 1) take(tell({ kind: "left", worker: 1, id: 0, back: ["all"] }, nowMs));
  while (jobs.length < grants) {
    running.sort((a, b) => a.endMs - b.endMs);
    const done = running.shift();
    if (done === undefined) break;
    nowMs = done.endMs;
    take(tell({ kind: "left", worker: 1, id: done.id, back: ["all"] }, nowMs));
    look(jobs, nowMs);
  }
  return jobs;
}

test("keys that always wait have had the same time of places for their weight, but for what can run at once", () => {
  const most = 500;
  const keys = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(
      keys,
      fc.integer({ min: 1, max: 6 }),
      fc.infiniteStream(fc.integer({ min: 1, max: most })),
      (weights, concurrent, lengths) => {
        const times = [...lengths.take(64)];
        // Each key has a pace of its own: some are quick, some slow.
        const durationOf = (key: number, index: number): number => Math.ceil((times[index % 64] ?? 1) / (key + 1));
        crowd(weights, concurrent, durationOf, 150, (jobs, nowMs) => {
          const had = weights.map((weight, key) => hadBy(jobs, key, nowMs) / weight);
          for (const [i, mine] of had.entries())
            for (const [j, theirs] of had.entries()) {
              const bound = concurrent * most * (1 / (weights[i] ?? 1) + 1 / (weights[j] ?? 1));
              expect(Math.abs(mine - theirs)).toBeLessThanOrEqual(bound);
            }
        });
      },
    ),
    { numRuns: 60 },
  );
});

test("a key of slow requests leaves a quick one its half of the time", () => {
  const jobs = crowd(
    [5, 5],
    2,
    (key) => (key === 0 ? 60_000 : 1000),
    400,
    () => undefined,
  );
  const quick = jobs.filter(({ key }) => key === 1).length;
  const slow = jobs.length - quick;
  expect(slow * 60_000).toBeLessThanOrEqual(quick * 1000 + 2 * 2 * 60_000);
  expect(quick).toBeGreaterThan(50 * slow - 240);
});

test("a weight of 10 gets ten times the places of a weight of 1", () => {
  const jobs = crowd(
    [10, 1],
    1,
    () => 100,
    220,
    () => undefined,
  );
  const heavy = jobs.filter(({ key }) => key === 0).length;
  expect(heavy).toBeGreaterThanOrEqual(198);
  expect(heavy).toBeLessThanOrEqual(202);
});
