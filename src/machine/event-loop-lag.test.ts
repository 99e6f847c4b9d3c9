import { afterEach, expect, test } from "vitest";
import { setTimeout as wait } from "node:timers/promises";
import { measureEventLoopLag } from "./event-loop-lag.io.ts";

const lag = measureEventLoopLag();
afterEach(() => wait(50));

function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

test("a blocked loop shows at once, before any timer had its turn", async () => {
  await wait(60);
  block(300);
  expect(lag.worstMs(310)).toBeGreaterThan(200);
});

test("it still shows after the loop goes on, in the span that holds it, and not in a later one", async () => {
  block(300);
  await wait(100);
  expect(lag.worstMs(10_000)).toBeGreaterThan(200);
  expect(lag.p99Ms()).toBeGreaterThan(200);
  await wait(600);
  expect(lag.worstMs(50)).toBeLessThan(200);
});

test("a stopped measure does not keep a process alive, nor count", () => {
  const other = measureEventLoopLag();
  other.stop();
  expect(other.p99Ms()).toBeGreaterThanOrEqual(0);
});
