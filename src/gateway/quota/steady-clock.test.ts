import fc from "fast-check";
import { expect, test } from "vitest";
import { advance } from "./steady-clock.ts";

const HOUR_MS = 3_600_000;

test("follows the machine's clock while that runs forward, however far it jumps", () => {
  expect(advance({ atMs: 1000, monoMs: 5 }, 1010, 15)).toEqual({ atMs: 1010, monoMs: 15 });
  expect(advance({ atMs: 1000, monoMs: 5 }, 1000 + HOUR_MS, 15).atMs).toBe(1000 + HOUR_MS);
});

test("goes at half speed after the machine's clock was set back, until both meet", () => {
  const set = advance({ atMs: HOUR_MS, monoMs: 0 }, HOUR_MS / 2 + 1000, 1000);
  expect(set.atMs).toBe(HOUR_MS + 500);
  const met = advance(set, HOUR_MS / 2 + HOUR_MS + 1000, 1000 + HOUR_MS);
  expect(met.atMs).toBe(HOUR_MS / 2 + HOUR_MS + 1000);
});

test("never steps back, and never stands still for more than twice the time", () => {
  const jump = fc.record({ elapsed: fc.nat(1_000_000), wall: fc.integer({ min: -1e10, max: 1e10 }) });
  fc.assert(
    fc.property(fc.array(jump, { maxLength: 50 }), (jumps) => {
      let clock = { atMs: 1e12, monoMs: 0 };
      for (const { elapsed, wall } of jumps) {
        const next = advance(clock, 1e12 + wall, clock.monoMs + elapsed);
        expect(next.atMs).toBeGreaterThanOrEqual(clock.atMs + elapsed / 2);
        clock = next;
      }
    }),
  );
});
