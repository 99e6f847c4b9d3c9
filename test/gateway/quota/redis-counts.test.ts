import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { blockOf } from "../../../src/gateway/quota/lease.ts";
import { openRedisCounts } from "../../../src/gateway/quota/redis-counts.io.ts";
import type { RedisCounts } from "../../../src/gateway/quota/redis-counts.io.ts";
import { sharedCounts } from "../../../src/gateway/quota/shared-counts.io.ts";
import { openSqliteCounts } from "../../../src/gateway/quota/sqlite-counts.io.ts";
import type { CountStore, CountTake } from "../../../src/gateway/quota/count-store.ts";
import { startRedis } from "./redis-server.ts";
import type { RedisServer } from "./redis-server.ts";

let server: RedisServer;
let redis: RedisCounts;
let folder = "";
let nowMs = 0;
let said: string[] = [];

beforeEach(async () => {
  server = await startRedis();
  redis = await openRedisCounts(server.url);
  folder = mkdtempSync(join(tmpdir(), "corral-shared-"));
  nowMs = 0;
  said = [];
});
afterEach(async () => {
  await redis.close();
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

const START = Date.UTC(2099, 0, 1);
const WINDOW = { start: START, ends: START + 60_000 };

function takeOf(one: Partial<CountTake>): CountTake {
  return { meter: "key:a:requests:minute", window: WINDOW, limit: 100, need: 1, want: 1, workers: 1, ...one };
}

test("the script's blocks are those of the arithmetic, and what it says is spent is", async () => {
  const asks = fc.array(
    fc.record({
      meter: fc.constantFrom("key:a:requests:day", "role:b c:tokens:month"),
      limit: fc.integer({ min: 0, max: 1e12 }),
      need: fc.integer({ min: 1, max: 1e6 }),
      want: fc.integer({ min: 1, max: 1e9 }),
      workers: fc.integer({ min: 1, max: 8 }),
      change: fc.integer({ min: -1e6, max: 1e6 }),
    }),
    { minLength: 1, maxLength: 6 },
  );
  let start = START;
  await fc.assert(
    fc.asyncProperty(asks, async (all) => {
      start += 60_000;
      const window = { start, ends: start + 60_000 };
      const spent = new Map<string, number>();
      for (const { meter, change } of all) spent.set(meter, Math.max(0, (spent.get(meter) ?? 0) + change));
      const expected = all.map((ask) => {
        const before = spent.get(ask.meter) ?? 0;
        const units = blockOf({ ...ask, left: ask.limit - before });
        spent.set(ask.meter, before + units);
        return { units, spent: before + units };
      });
      const changes = all.map(({ meter, change }) => ({ meter, window, units: change }));
      const outcome = await redis.apply(
        changes,
        all.map((ask) => takeOf({ ...ask, window })),
        START,
      );
      if (!outcome.ok) throw new Error(outcome.error.message);
      expect(outcome.value.units).toEqual(expected.map(({ units }) => units));
      expect(outcome.value.counts.slice(all.length).map((count) => count.spent)).toEqual(
        expected.map((one) => one.spent),
      );
    }),
    { numRuns: 100 },
  );
});

async function take(store: CountStore, need: number): Promise<number | string> {
  const taken = await new Promise<Parameters<Parameters<CountStore["apply"]>[3]>[0]>((resolve) => {
    store.apply([], [takeOf({ need, want: need })], START, resolve);
  });
  return taken.ok ? (taken.value[0] ?? -1) : taken.error.message;
}

function shared(whenGone: "closed" | "local", name = "counts.db"): CountStore {
  return sharedCounts({
    redis,
    local: openSqliteCounts(join(folder, name)),
    whenGone,
    clock: { epochMs: () => START, monotonicMs: () => nowMs },
    say: (words) => void said.push(words),
  });
}

/** Asks again until Redis answers: its client tries in the background. */
async function takeLater(store: CountStore, need: number): Promise<number | string> {
  for (;;) {
    nowMs += 1000;
    await wait(5);
    const taken = await take(store, need);
    if (typeof taken === "number") return taken;
  }
}

test("closed: without Redis nothing is granted, and it goes on where it stood", async () => {
  const store = shared("closed");
  expect(await take(store, 60)).toBe(60);
  await server.kill();
  nowMs += 1000;
  expect(await take(store, 1)).toBe("does not answer");
  expect(await take(store, 1)).toBe("does not answer");
  expect(said).toEqual([expect.stringMatching(/^error: redis does not answer .*: requests with limits are refused$/u)]);
  await server.start();
  expect(await takeLater(store, 40)).toBe(40);
  expect(await take(store, 1)).toBe(0);
  expect(said).toHaveLength(2);
});

test("local: counting goes on from where Redis stood, also over a restart, and Redis is told later", async () => {
  const first = shared("local");
  expect(await take(first, 60)).toBe(60);
  await server.kill();
  nowMs += 1000;
  expect(await take(first, 30)).toBe(30);
  expect(await take(first, 20)).toBe(0);
  await server.start();
  await untilBack(first);
  expect(await take(first, 11)).toBe(0);
  expect(await take(first, 10)).toBe(10);
  const fresh = await openRedisCounts(server.url);
  const outcome = await fresh.apply([], [takeOf({ need: 1 })], START);
  await fresh.close();
  expect(outcome).toMatchObject({ ok: true, value: { units: [0], counts: [{ spent: 100 }] } });
});

async function untilBack(store: CountStore): Promise<void> {
  while (!said.some((words) => words.includes("answers again"))) {
    nowMs += 1000;
    await wait(5);
    await take(store, 1000);
  }
}

test("local: a gateway that starts without Redis counts on from its own file", async () => {
  const first = shared("local");
  expect(await take(first, 90)).toBe(90);
  await server.kill();
  const second = shared("local");
  nowMs += 1000;
  expect(await take(second, 20)).toBe(0);
  expect(await take(second, 10)).toBe(10);
});
