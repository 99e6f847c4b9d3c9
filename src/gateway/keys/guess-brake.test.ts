import fc from "fast-check";
import { expect, test } from "vitest";
import { GuessBrake } from "./guess-brake.ts";

const NOW = 1_800_000_000_000;

test("however an attacker spaces guesses, no more than the allowed ones a minute are heard", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 30, maxLength: 200 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 40 }), (waits, perMinute) => {
      const brake = new GuessBrake(perMinute);
      let now = NOW;
      const heard: number[] = [];
      for (const wait of waits) {
        now += wait;
        if (brake.deafSeconds("192.0.2.1", now) > 0) continue;
        brake.failed("192.0.2.1", now);
        heard.push(now);
      }
      for (const [at, first] of heard.entries()) {
        const within = heard.slice(at).filter((one) => one < first + 60_000).length;
        // A full store and what wears off within the minute.
        expect(within).toBeLessThanOrEqual(2 * perMinute);
      }
    }),
  );
});

test("after the seconds it names, an address is heard again", () => {
  const brake = new GuessBrake(6);
  for (let at = 0; at < 6; at += 1) brake.failed("192.0.2.1", NOW);
  const seconds = brake.deafSeconds("192.0.2.1", NOW);
  expect(seconds).toBe(10);
  expect(brake.deafSeconds("192.0.2.1", NOW + seconds * 1000)).toBe(0);
});

test("memory is bounded: the oldest is forgotten first", () => {
  const brake = new GuessBrake(1);
  for (let at = 0; at < 20_001; at += 1) brake.failed(`192.0.2.1.${at}`, NOW);
  expect(brake.size).toBe(20_000);
  expect(brake.deafSeconds("192.0.2.1.0", NOW)).toBe(0);
  expect(brake.deafSeconds("192.0.2.1.1", NOW)).toBe(60);
});
