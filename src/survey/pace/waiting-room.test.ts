import fc from "fast-check";
import { expect, test } from "vitest";
import { createWaitingRoom } from "./waiting-room.ts";

test("the earliest limit goes first, and within a limit who came first", () => {
  const room = createWaitingRoom<string>(10);
  room.put("late", { key: "x", waitMs: 50 }, 0);
  room.put("first", { key: "y", waitMs: 10 }, 0);
  room.put("second", { key: "y", waitMs: 10 }, 5);
  expect(room.takeReady(9, () => null)).toBeNull();
  expect(room.nextReadyMs()).toBe(10);
  expect(room.takeReady(10, () => null)).toBe("first");
  expect(room.takeReady(10, () => null)).toBe("second");
  expect(room.takeReady(10, () => null)).toBeNull();
  expect(room.takeReady(50, () => null)).toBe("late");
  expect(room.nextReadyMs()).toBe(Infinity);
});

test("who is held again waits on; who is held by another limit moves there", () => {
  const room = createWaitingRoom<string>(10);
  room.put("a", { key: "network", waitMs: 10 }, 0);
  expect(room.takeReady(10, () => ({ key: "network", waitMs: 5 }))).toBeNull();
  expect(room.nextReadyMs()).toBe(15);
  expect(room.takeReady(15, () => ({ key: "host", waitMs: 100 }))).toBeNull();
  expect(room.nextReadyMs()).toBe(115);
  expect(room.takeReady(115, () => null)).toBe("a");
  expect(room.size).toBe(0);
});

test("it is full at its limit, and tells who is inside", () => {
  const room = createWaitingRoom<number>(2);
  room.put(1, { key: "a", waitMs: 1 }, 0);
  expect(room.isFull).toBe(false);
  room.put(2, { key: "b", waitMs: 1 }, 0);
  expect(room.isFull).toBe(true);
  expect([...room.items()].toSorted((a, b) => a - b)).toEqual([1, 2]);
});

test("whoever goes in comes out once, never before the time of its limit", () => {
  const visit = fc.record({ key: fc.integer({ min: 0, max: 5 }), waitMs: fc.nat({ max: 100 }) });
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 60 }), (visits) => {
      const room = createWaitingRoom<number>(100);
      const freeAt = new Map<number, number>();
      for (const [item, { key, waitMs }] of visits.entries()) {
        room.put(item, { key: String(key), waitMs }, 0);
        if (!freeAt.has(key)) freeAt.set(key, waitMs);
      }
      const out: number[] = [];
      for (let now = 0; now <= 100; now += 1) {
        for (let item = room.takeReady(now, () => null); item !== null; item = room.takeReady(now, () => null)) {
          expect(now).toBeGreaterThanOrEqual(freeAt.get(visits[item]?.key ?? -1) ?? Infinity);
          out.push(item);
        }
      }
      expect(out.toSorted((a, b) => a - b)).toEqual(visits.map((_, item) => item));
    }),
  );
});
