import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Complaint } from "../../model/complaint.ts";
import type { CountStore, CountTake, CountsTaken } from "./count-store.ts";
import { openSqliteCounts } from "./sqlite-counts.io.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corral-counts-"));
  path = join(folder, "counts.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const WINDOW = { start: 60_000, ends: 120_000 };
const TAKE: CountTake = { meter: "key:a:requests:minute", window: WINDOW, limit: 10, need: 1, want: 1, workers: 1 };

function take(store: CountStore, takes: readonly Partial<CountTake>[], atMs = 60_000): CountsTaken {
  const told: CountsTaken[] = [];
  store.apply(
    [],
    takes.map((one) => ({ ...TAKE, ...one })),
    atMs,
    (taken) => told.push(taken),
  );
  expect(told).toHaveLength(1);
  return told[0]!;
}

function change(store: CountStore, units: number): void {
  store.apply([{ meter: TAKE.meter, window: WINDOW, units }], [], 60_000, () => undefined);
}

test("what was granted is spent after the file was opened anew, and the clock stands where it stood", async () => {
  const first = openSqliteCounts(path);
  expect(take(first, [{ need: 7 }], 61_234)).toEqual({ ok: true, value: [7] });
  await first.close();
  const second = openSqliteCounts(path);
  expect(second.latestMs()).toBe(61_234);
  expect(take(second, [{ need: 4 }, { need: 3 }, { need: 1 }])).toEqual({ ok: true, value: [0, 3, 0] });
});

test("two gateways over one file, as while one takes over from the other, share what is left", () => {
  const [old, young] = [openSqliteCounts(path), openSqliteCounts(path)];
  expect(take(old, [{ need: 6 }])).toEqual({ ok: true, value: [6] });
  expect(take(young, [{ need: 6 }, { need: 4 }])).toEqual({ ok: true, value: [0, 4] });
  expect(take(old, [{ need: 1 }])).toEqual({ ok: true, value: [0] });
});

test("windows and meters are counted apart", () => {
  const store = openSqliteCounts(path);
  const next = { start: 120_000, ends: 180_000 };
  const takes = [{ need: 10 }, { need: 10, window: next }, { need: 10, meter: "key:b:requests:minute" }];
  expect(take(store, takes)).toEqual({ ok: true, value: [10, 10, 10] });
});

test("units given back can be taken again, never more than were spent; an overdraft refuses", () => {
  const store = openSqliteCounts(path);
  take(store, [{ need: 10 }]);
  change(store, -4);
  expect(take(store, [{ need: 4 }, { need: 1 }])).toEqual({ ok: true, value: [4, 0] });
  change(store, -500);
  expect(take(store, [{ need: 10 }])).toEqual({ ok: true, value: [10] });
  change(store, 5);
  change(store, -5);
  expect(take(store, [{ need: 1 }])).toEqual({ ok: true, value: [0] });
});

test("a mirrored count is where counting goes on", () => {
  const store = openSqliteCounts(path);
  take(store, [{ need: 3 }]);
  store.mirror([{ meter: TAKE.meter, window: WINDOW, spent: 8 }], 70_000);
  expect(take(store, [{ need: 3 }, { need: 2 }])).toEqual({ ok: true, value: [0, 2] });
  expect(store.latestMs()).toBe(70_000);
});

test("counts of windows that ended are forgotten in time", async () => {
  const store = openSqliteCounts(path);
  take(store, [{ need: 3 }]);
  take(store, [{ need: 3, window: { start: 180_000, ends: 240_000 } }], 181_000);
  await store.close();
  const rows = new DatabaseSync(path).prepare("SELECT window FROM count").all();
  expect(rows).toEqual([{ window: 180_000 }]);
});

test("a file that is no database is a complaint with its place", () => {
  writeFileSync(path, "not a database, but long enough to be taken for a damaged one".repeat(20));
  expect(() => openSqliteCounts(path)).toThrow(Complaint);
  expect(() => openSqliteCounts(join(folder, "no", "such", "folder.db"))).toThrow(/folder[.]db/u);
});

test("a store that was closed fails instead of throwing", async () => {
  const store = openSqliteCounts(path);
  await store.close();
  expect(take(store, [{ need: 1 }])).toMatchObject({ ok: false });
});

test("a file that another process holds is a failure, not an exception, and nothing was counted", () => {
  const store = openSqliteCounts(path, 10);
  const other = new DatabaseSync(path);
  other.exec("BEGIN EXCLUSIVE");
  expect(take(store, [{ need: 1 }])).toMatchObject({ ok: false, error: { place: path } });
  other.exec("ROLLBACK");
  expect(take(store, [{ need: 10 }])).toEqual({ ok: true, value: [10] });
});
