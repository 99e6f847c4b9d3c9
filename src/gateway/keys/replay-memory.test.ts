import { expect, test, vi } from "vitest";
import { ReplayMemory } from "./replay-memory.ts";
import type { SeenSignature } from "./replay-memory.ts";

const NOW = 1_800_000_000_000;
const END = NOW + 65_000;

test.for<[string, string, number, boolean]>([
  ["the same client in the same second: two equal requests sign the same", "192.0.2.1", 500, true],
  ["the same client two seconds later", "192.0.2.1", 2000, true],
  ["the same client later than that", "192.0.2.1", 2001, false],
  ["another client at once", "192.0.2.2", 0, false],
  ["another client before the end of the window", "192.0.2.2", 59_000, false],
])("%s", ([, address, laterMs, isTaken]) => {
  const memory = new ReplayMemory();
  expect(memory.take("signed", "192.0.2.1", NOW, END)).toBe(true);
  expect(memory.take("signed", address, NOW + laterMs, END)).toBe(isTaken);
  expect(memory.take("signed by another", address, NOW + laterMs, END)).toBe(true);
});

test("what can no longer be taken is forgotten, and a full memory takes nothing new", () => {
  const memory = new ReplayMemory();
  for (let at = 0; at < 100_000; at += 1) expect(memory.take(`${at}`, "192.0.2.1", NOW, NOW + 1000)).toBe(true);
  expect(memory.take("new", "192.0.2.1", NOW + 900, END)).toBe(false);
  expect(memory.take("new", "192.0.2.1", NOW + 1500, END)).toBe(true);
  expect(memory.all().map(({ signed }) => signed)).toEqual(["new"]);
});

test("a clock that goes back forgets nothing", () => {
  const memory = new ReplayMemory();
  memory.take("signed", "192.0.2.1", NOW, END);
  memory.take("other", "192.0.2.1", NOW - 3_600_000, END);
  expect(memory.take("signed", "192.0.2.2", NOW - 3_600_000, END)).toBe(false);
});

test("what one process took, another refuses, and one that begins later too", () => {
  const tell = vi.fn<(seen: SeenSignature) => void>();
  const [one, other, later] = [new ReplayMemory(tell), new ReplayMemory(tell), new ReplayMemory(tell)];
  one.take("signed", "192.0.2.1", NOW, END);
  one.take("signed", "192.0.2.1", NOW, END);
  expect(tell.mock.calls).toEqual([[{ signed: "signed", address: "192.0.2.1", firstMs: NOW, expiresMs: END }]]);
  other.learn(tell.mock.calls.flat(), NOW);
  later.learn(other.all(), NOW);
  for (const memory of [other, later]) {
    expect(memory.take("signed", "192.0.2.2", NOW, END)).toBe(false);
    expect(memory.take("signed", "192.0.2.1", NOW + 2001, END)).toBe(false);
  }
  expect(tell).toHaveBeenCalledTimes(1);
});
