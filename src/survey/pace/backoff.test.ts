import { describe, expect, test } from "vitest";
import { createBackoff } from "./backoff.ts";

describe("R15: back off", () => {
  test("on lag of the event loop, and come back when it is gone", () => {
    const backoff = createBackoff();
    backoff.tick(51);
    expect(backoff.factor).toBeCloseTo(0.7);
    backoff.tick(40); // between easy and high: hold
    expect(backoff.factor).toBeCloseTo(0.7);
    backoff.tick(5);
    backoff.tick(5);
    expect(backoff.factor).toBe(1);
  });

  test("never to a standstill", () => {
    const backoff = createBackoff();
    for (let second = 0; second < 100; second += 1) backoff.tick(500);
    expect(backoff.factor).toBe(1 / 8);
  });

  test("when answers grow rarer than they were", () => {
    const backoff = createBackoff();
    for (let look = 0; look < 4000; look += 1) backoff.verdict(look % 2 === 0);
    backoff.tick(0);
    expect(backoff.factor).toBe(1);
    for (let look = 0; look < 1500; look += 1) backoff.verdict(true);
    backoff.tick(0);
    expect(backoff.factor).toBe(0.5);
  });

  test("not because nearly everything was dead from the beginning", () => {
    const backoff = createBackoff();
    for (let look = 0; look < 20_000; look += 1) {
      backoff.verdict(look % 100 !== 0);
      if (look % 500 === 0) backoff.tick(0);
    }
    expect(backoff.factor).toBe(1);
  });

  test("when this machine cannot begin looks: a pause that doubles, ended by one that gets through", () => {
    const backoff = createBackoff();
    for (let look = 0; look < 7; look += 1) backoff.local(1000);
    expect(backoff.pausedUntilMs).toBe(-Infinity); // a few may have their own reasons
    backoff.local(1000);
    expect(backoff.pausedUntilMs).toBe(1500);
    backoff.local(1200); // those under way when the pause began
    expect(backoff.pausedUntilMs).toBe(1500);
    backoff.local(1500);
    expect(backoff.pausedUntilMs).toBe(2500);
    expect(backoff.localSinceMs).toBe(1000);
    backoff.verdict(false);
    expect(backoff.localSinceMs).toBeNull();
    for (let look = 0; look < 8; look += 1) backoff.local(9000);
    expect(backoff.pausedUntilMs).toBe(9500);
  });
});
