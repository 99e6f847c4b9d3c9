import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBucketMap, take, waitMs } from "./token-bucket.ts";

describe("a bucket", () => {
  test("lets its burst pass at once, then one token per interval", () => {
    const bucket = { rate: 10, burst: 3 };
    let fullAt = 0;
    const waits: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      waits.push(waitMs(bucket, fullAt, 0));
      fullAt = take(bucket, fullAt, 0);
    }
    expect(waits).toEqual([0, 0, 0, 100, 200]);
  });

  test("is full again after a pause, and never fuller", () => {
    const bucket = { rate: 10, burst: 2 };
    const drained = take(bucket, take(bucket, 0, 0), 0);
    expect(waitMs(bucket, drained, 0)).toBe(100);
    const later = 1_000_000;
    const twice = take(bucket, take(bucket, drained, later), later);
    expect(waitMs(bucket, twice, later)).toBe(100);
  });

  test("never lets more than burst + rate·t pass in any window of t", () => {
    const check = fc.check(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 10 }),
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 80 }),
        (rate, burst, steps) => {
          const bucket = { rate, burst };
          let fullAt = -Infinity;
          let now = 0;
          const passed: number[] = [];
          for (const step of steps) {
            now += step;
            if (waitMs(bucket, fullAt, now) > 0) continue;
            fullAt = take(bucket, fullAt, now);
            passed.push(now);
          }
          const excess = passed.flatMap((from, i) =>
            passed.slice(i).map((to, more) => more + 1 - burst - (rate * (to - from)) / 1000),
          );
          return Math.max(0, ...excess) < 1e-6;
        },
      ),
    );
    expect(check.counterexample).toBeNull();
  });
});

describe("many buckets", () => {
  test("keep one key's share from another's", () => {
    const map = createBucketMap<string>({ rate: 1, burst: 1 }, 10);
    map.take("a", 0);
    expect(map.waitMs("a", 0)).toBe(1000);
    expect(map.waitMs("b", 0)).toBe(0);
  });

  test("are forgotten once full, however many keys come by", () => {
    const map = createBucketMap<number>({ rate: 10, burst: 1 }, 1_000_000);
    for (let key = 0; key < 100_000; key += 1) map.take(key, key); // one a millisecond: 100 are active at a time
    expect(map.size).toBeLessThanOrEqual(2048);
  });

  test("let nothing new in when too many are active at once", () => {
    const map = createBucketMap<number>({ rate: 1, burst: 1 }, 5);
    for (let key = 0; key < 5; key += 1) map.take(key, 0);
    expect(map.waitMs(6, 0)).toBe(1000);
    expect(map.waitMs(6, 1000)).toBe(0);
  });
});
