import fc from "fast-check";
import { expect, test } from "vitest";
import type { Capacity } from "../config/gateway-config.ts";
import { limitTable } from "./limit-table.ts";
import type { QuotaConfig } from "./limit-table.ts";
import { nextDueMs, openPlaces, step } from "./places.ts";
import type { PlaceEffect, PlaceEvent, Places } from "./places.ts";

const NONE = { requests: [], tokens: [], concurrent: null };

function rolesOf(perKey: number | null, total: number | null): QuotaConfig["roles"] {
  return { user: { limits: { perKey: { ...NONE, concurrent: perKey }, total: { ...NONE, concurrent: total } } } };
}

/** Places with workers 1 and 2, and a hand that asks for them. */
function openTest(
  capacity: Partial<Capacity>,
  perKey: number | null = null,
  total: number | null = null,
): {
  readonly places: Places;
  readonly tell: (event: PlaceEvent, nowMs?: number) => readonly PlaceEffect[];
  readonly ask: (
    key: string,
    id: number,
    more?: { priority?: number; nowMs?: number; serviceMs?: number },
  ) => readonly PlaceEffect[];
} {
  const all = { concurrent: 1, queue: 10, queueSeconds: 30, ...capacity };
  const places = openPlaces(all, limitTable({ capacity: all, roles: rolesOf(perKey, total) }));
  const tell = (event: PlaceEvent, nowMs = 0): readonly PlaceEffect[] => step(places, event, nowMs);
  tell({ kind: "join", worker: 1 });
  tell({ kind: "join", worker: 2 });
  return {
    places,
    tell,
    ask: (key, id, { priority = 5, nowMs = 0, serviceMs = 0 } = {}) =>
      tell({ kind: "ask", worker: 1, id, key, role: "user", priority, serviceMs }, nowMs),
  };
}

function idsPlaced(effects: readonly PlaceEffect[]): readonly number[] {
  return effects.flatMap((effect) => (effect.kind === "placed" ? [effect.id] : []));
}

test("in the calm a worker gets a place and some to keep, and is not followed", () => {
  const { ask } = openTest({ concurrent: 9 });
  expect(ask("a", 1)).toEqual([
    { kind: "placed", worker: 1, id: 1, gauges: [{ gauge: "all", extra: 2, calm: true }], tracked: false },
  ]);
});

test("whoever must wait makes the workers give back what they do not use, once", () => {
  const { ask, tell } = openTest({ concurrent: 2 });
  ask("a", 1);
  expect(tell({ kind: "ask", worker: 2, id: 1, key: "b", role: "user", priority: 5, serviceMs: 0 })).toMatchObject([
    { kind: "placed", worker: 2 },
  ]);
  expect(ask("c", 2)).toEqual([
    { kind: "recall", worker: 1, gauge: "all" },
    { kind: "recall", worker: 2, gauge: "all" },
  ]);
  expect(idsPlaced(ask("c", 3))).toEqual([]);
  const back = tell({ kind: "left", worker: 2, id: 0, back: ["all"] });
  expect(back).toEqual([
    { kind: "placed", worker: 1, id: 2, gauges: [{ gauge: "all", extra: 0, calm: false }], tracked: true },
  ]);
});

test("a key's requests are served in the order of their coming, keys in turn", () => {
  const { ask, tell } = openTest({ concurrent: 1 });
  ask("x", 100);
  for (const [key, id] of [
    ["a", 1],
    ["a", 2],
    ["a", 3],
    ["b", 4],
    ["b", 5],
    ["c", 6],
  ] as const)
    ask(key, id);
  const order: number[] = [];
  let last = 0;
  for (let at = 1; at <= 6; at += 1) {
    const placed = idsPlaced(tell({ kind: "left", worker: 1, id: last, back: ["all"] }, at * 10));
    expect(placed).toHaveLength(1);
    last = placed[0] ?? 0;
    order.push(last);
  }
  expect(order).toEqual([1, 4, 6, 2, 5, 3]);
});

test("a key at its own limit holds up nobody else, and nobody else's places are called back for it", () => {
  const { ask, tell } = openTest({ concurrent: 9 }, 1);
  ask("a", 1);
  expect(ask("a", 2)).toEqual([{ kind: "recall", worker: 1, gauge: "key:a" }]);
  expect(ask("b", 3)).toMatchObject([
    { kind: "placed", id: 3, gauges: [{ gauge: "all", calm: true }, { calm: true }] },
  ]);
  expect(idsPlaced(tell({ kind: "left", worker: 1, id: 0, back: ["key:a"] }))).toEqual([2]);
});

test("a full queue refuses at once; the longest line gives way to a shorter one", () => {
  const { ask } = openTest({ concurrent: 1, queue: 3 });
  ask("x", 100);
  for (const id of [1, 2, 3]) ask("a", id);
  expect(ask("a", 4)).toMatchObject([{ kind: "unplaced", id: 4, why: "queue-full" }]);
  expect(ask("b", 5)).toMatchObject([{ kind: "unplaced", id: 3, why: "queue-full" }]);
  expect(ask("a", 6)).toMatchObject([{ kind: "unplaced", id: 6, why: "queue-full" }]);
  expect(ask("b", 7)).toMatchObject([{ kind: "unplaced", id: 7, why: "queue-full" }]);
});

test("a queue of 0 still lets in while there are places", () => {
  const { ask } = openTest({ concurrent: 1, queue: 0 });
  expect(ask("a", 1)).toMatchObject([{ kind: "placed" }]);
  expect(ask("a", 2)).toMatchObject([{ kind: "unplaced", why: "queue-full" }]);
});

test("who would wait longer than allowed, by recent service times, is refused at once", () => {
  const { ask } = openTest({ concurrent: 2, queueSeconds: 10 });
  ask("x", 100, { serviceMs: 6000 });
  ask("x", 101);
  // Two places of 6 s each: one comes free every 3 s.
  for (const id of [1, 2, 3]) expect(ask("a", id)).not.toMatchObject([{ kind: "unplaced" }]);
  expect(ask("a", 4)).toMatchObject([{ kind: "unplaced", id: 4, why: "queue-long" }]);
  // A key without anybody in the line comes before the second of the others.
  expect(ask("b", 5)).toEqual([]);
});

test("who has waited too long is refused, and the others move up", () => {
  const { ask, tell, places } = openTest({ concurrent: 1, queueSeconds: 30 });
  ask("x", 100);
  ask("a", 1, { nowMs: 1000 });
  ask("a", 2, { nowMs: 5000 });
  expect(nextDueMs(places)).toBe(31_000);
  expect(tell({ kind: "time" }, 30_999)).toEqual([]);
  expect(tell({ kind: "time" }, 31_000)).toMatchObject([{ kind: "unplaced", id: 1, why: "queue-timeout" }]);
  expect(idsPlaced(tell({ kind: "left", worker: 1, id: 0, back: ["all"] }, 32_000))).toEqual([2]);
});

test("waits caused by a key's own limit are told apart from a busy server", () => {
  const { ask, tell } = openTest({ concurrent: 9 }, 1);
  ask("a", 1);
  ask("a", 2);
  expect(tell({ kind: "time" }, 30_000)).toMatchObject([{ kind: "unplaced", id: 2, why: "too-many-at-once" }]);
});

test("a worker that dies gives back its places and its waiters", () => {
  const { ask, tell, places } = openTest({ concurrent: 1 });
  ask("a", 1);
  ask("a", 2);
  tell({ kind: "ask", worker: 2, id: 1, key: "b", role: "user", priority: 5, serviceMs: 0 });
  expect(tell({ kind: "gone", worker: 1 })).toMatchObject([{ kind: "placed", worker: 2, id: 1 }]);
  expect(places.fair.waiting).toBe(0);
});

test("a worker cannot give back more than it has", () => {
  const { ask, tell } = openTest({ concurrent: 1 });
  ask("a", 1);
  ask("b", 2);
  expect(tell({ kind: "give", worker: 2, gauge: "all", count: 5 })).toEqual([]);
  expect(idsPlaced(tell({ kind: "give", worker: 1, gauge: "all", count: 5 }))).toEqual([2]);
  expect(idsPlaced(ask("c", 3))).toEqual([]);
});

test("new limits hold at once: more places serve those who wait, fewer are waited for", () => {
  const { ask, tell } = openTest({ concurrent: 1 });
  ask("a", 1);
  ask("a", 2);
  const limits = (concurrent: number): PlaceEvent => {
    const capacity = { concurrent, queue: 10, queueSeconds: 30 };
    return { kind: "limits", capacity, table: limitTable({ capacity, roles: rolesOf(null, null) }) };
  };
  expect(idsPlaced(tell(limits(2)))).toEqual([2]);
  tell(limits(1));
  ask("a", 3);
  expect(idsPlaced(tell({ kind: "left", worker: 1, id: 0, back: ["all"] }))).toEqual([]);
  expect(idsPlaced(tell({ kind: "left", worker: 1, id: 2, back: ["all"] }))).toEqual([3]);
});

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
