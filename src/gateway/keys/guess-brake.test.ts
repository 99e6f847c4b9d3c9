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

test("what two processes count of one address holds in both, told in either order", () => {
  const told: string[] = [];
  const sum = new GuessBrake(6);
  const one = new GuessBrake(6, (address) => void told.push(address));
  const two = new GuessBrake(6);
  for (let guess = 0; guess < 4; guess += 1) {
    one.failed("2001:db8::1", NOW);
    sum.failed("2001:db8::1", NOW);
  }
  two.failed("2001:db8::2", NOW);
  sum.failed("2001:db8::2", NOW);
  const level = sum.levelOf("2001:db8::3");
  expect([told, level]).toEqual([
    Array.from({ length: 4 }, () => "2001:db8::1"),
    { place: "2001:db8::", level: 5, atMs: NOW },
  ]);
  for (const brake of [one, two]) {
    brake.learn(sum.levels(), NOW);
    brake.learn([{ place: "2001:db8::", level: 1, atMs: NOW - 60_000 }], NOW);
    expect(brake.deafSeconds("2001:db8::9", NOW)).toBe(0);
    brake.failed("2001:db8::9", NOW);
    expect(brake.deafSeconds("2001:db8::9", NOW)).toBe(10);
  }
  expect(sum.levelOf("192.0.2.1")).toBeNull();
});
