import { expect, test } from "vitest";
import { idsPlaced, openTest, rolesOf } from "../../../test/gateway/quota/open-places.ts";
import { limitTable } from "./limit-table.ts";
import type { PlaceEvent } from "./places.ts";

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

test("places that lie idle with other workers are called back before anybody is refused", () => {
  const { ask, tell } = openTest({ concurrent: 2, queue: 0 });
  ask("a", 1, { serviceMs: 60_000 });
  tell({ kind: "ask", worker: 2, id: 1, key: "b", role: "user", priority: 5, serviceMs: 0 });
  // Worker 2 may have left its place idle: there is no queue, and by service times the wait would be long.
  expect(ask("c", 2)).toEqual([
    { kind: "recall", worker: 1, gauge: "all" },
    { kind: "recall", worker: 2, gauge: "all" },
  ]);
  expect(ask("d", 3)).toMatchObject([{ kind: "unplaced", id: 3 }]);
  expect(idsPlaced(tell({ kind: "give", worker: 2, gauge: "all", count: 1 }, 5))).toEqual([2]);
});

test("where no idle place comes back, who has no room in the queue is refused within 100 ms", () => {
  const { ask, tell } = openTest({ concurrent: 1, queue: 0 });
  tell({ kind: "ask", worker: 2, id: 1, key: "b", role: "user", priority: 5, serviceMs: 0 });
  expect(ask("a", 1)).toEqual([{ kind: "recall", worker: 2, gauge: "all" }]);
  expect(tell({ kind: "time" }, 40)).toMatchObject([{ kind: "unplaced", id: 1 }]);
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
  const { ask, tell } = openTest({ concurrent: 1, queueSeconds: 30 });
  ask("x", 100);
  ask("a", 1, { nowMs: 1000 });
  ask("a", 2, { nowMs: 5000 });
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
