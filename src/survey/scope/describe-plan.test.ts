import { expect, test } from "vitest";
import { scopeExample } from "../../model/scope-yaml.ts";
import type { Scope } from "../../model/scope.ts";
import { describePlan, duration } from "./describe-plan.ts";
import { parseScope } from "./parse-scope.ts";
import { scopePlan } from "./scope-plan.ts";
import { targetSpace } from "./target-space.ts";

const NOW = Date.UTC(2026, 11, 22, 12);

function example(change: Partial<Scope> = {}): Scope {
  const scope = parseScope(scopeExample(), "scope.yaml");
  if (!scope.ok) throw new Error("the example is no scope");
  return { ...scope.value, ...change };
}

function lines(scope: Scope, pins: Parameters<typeof targetSpace>[1] = []): string[] {
  return describePlan(scope, targetSpace(scope, pins), NOW).map((row) => `${row.label}: ${row.value}`);
}

test("tells how many, how long, by whose leave, and what is left alone and why, each address once", () => {
  const scope = example({
    prefixes: ["192.168.8.0/21", "fd00:10:1::/48"],
    ownSpecial: ["192.168.10.0/23", "fd00:10:1::/48"],
    optOut: [
      { who: "192.168.10.64/28", since: "2026-01-01" },
      { who: "192.168.10.0/24", since: "2026-03-01" },
      { who: "quiet.example.net", since: "2026-04-01" },
      { who: "198.51.100.0/24", since: "2026-04-01" },
    ],
    exclude: ["192.168.10.0/25", "192.168.11.1/32"],
    names: ["models.example.org", "gone.example.org", "later.example.org"],
    ports: [8000, 8001, 8002, 11434, 80],
  });
  const pins = [
    { name: "models.example.org", addresses: ["192.168.11.7", "198.51.100.4"], failure: null },
    { name: "gone.example.org", addresses: [], failure: "not-found" },
    { name: "quiet.example.net", addresses: ["192.168.11.200"], failure: null },
  ];
  expect(lines(scope, pins)).toEqual([
    expect.stringMatching(/^scope: office network \([0-9a-f]{16}\)$/u),
    "operator: Network team, Example Organisation, network-team@example.org",
    "authority: own: allowed by Head of IT, 2026-01-01 to 2026-12-31 (10 days left)",
    "addresses: 383 in 2 prefixes; over 2^80 more in IPv6 prefixes, asked only where a target list or a name gives them",
    "names: 3, 1 of them not resolved now: their targets are not in these counts",
    "name: gone.example.org: not-found",
    "ports: 80, 8000-8002, 11434",
    "targets: 1,920",
    "duration: at least 39 s at 50 connections/s",
    "rate: 50/s in all (highest allowed here: 1,000), 50/s a network, 100 open at once",
    "per host: 10 requests/s; 24 h before the same service is asked again",
    "pilot: 100 targets with --pilot",
    "vantage: inside",
    "depth: cards: at most 20 a host, 1,000 a run",
    "retention: 365 days",
    "left alone: 192.168.10.64/28: 16 addresses, opt-out (asked on 2026-01-01)",
    "left alone: 192.168.10.0/24: 240 addresses, opt-out (asked on 2026-03-01)",
    "left alone: quiet.example.net: 1 address, opt-out (asked on 2026-04-01)",
    "left alone: 192.168.11.1/32: 1 address, excluded (by the scope)",
    "left alone: 192.168.0.0/16: 1,536 addresses, special (private use (RFC 1918))",
    "left alone: models.example.org at 198.51.100.4: opt-out",
  ]);
});

test("says which limit sets the pace, and when the authority would end first", () => {
  const crowded = example({
    limits: { ...example().limits, rate: 1000, perNetwork: 2 },
    prefixes: ["192.168.10.0/24"],
  });
  expect(lines(crowded)).toContain("duration: at least 2 min 8 s at 2 connections/s into one network");
  const slow = example({ limits: { ...example().limits, rate: 0.05 } });
  expect(lines(slow)).toContain(
    "duration: at least 15 days 5 h at 0.05 connections/s: longer than the authority lasts",
  );
});

test("an excluded name: its addresses are left alone, and one that DNS could not tell is said", () => {
  const exclude = ["gone.example.net", "mute.example.net"];
  const pins = [
    { name: "gone.example.net", addresses: ["192.168.10.9"], failure: null },
    { name: "mute.example.net", addresses: [], failure: "timeout" },
  ];
  const told = lines(example({ exclude, optOut: [], prefixes: ["192.168.10.0/24"] }), pins);
  expect(told.filter((line) => /^(?:exclude|left alone):/u.test(line))).toEqual([
    "exclude: mute.example.net cannot be resolved (timeout): a survey does not begin before it can",
    "left alone: gone.example.net: 1 address, excluded (by the scope)",
    "left alone: mute.example.net: no address of this scope, excluded (by the scope)",
  ]);
});

test("every opted-out name is listed with its day, whether it is in the scope, elsewhere, or not resolved now", () => {
  const optOut = ["example.net", "elsewhere.example.org", "later.example.org"].map((who) => ({
    who,
    since: "2026-01-01",
  }));
  const pins = [
    { name: "example.net", addresses: [], failure: "no-address" },
    { name: "a.example.net", addresses: ["192.168.10.9", "192.168.10.10"], failure: null },
    { name: "elsewhere.example.org", addresses: ["198.51.100.9"], failure: null },
  ];
  const told = lines(example({ optOut, exclude: [], prefixes: ["192.168.10.0/24"] }), pins);
  expect(told.filter((line) => line.startsWith("left alone"))).toEqual([
    "left alone: example.net: 2 addresses, opt-out (asked on 2026-01-01)",
    "left alone: elsewhere.example.org: no address of this scope, opt-out (asked on 2026-01-01)",
    "left alone: later.example.org: no address of this scope, opt-out (asked on 2026-01-01, not resolved now)",
  ]);
});

test("an opted-out name that DNS could not tell is said; one that has no address is not", () => {
  const optOut = ["mute.example.net", "gone.example.net"].map((who) => ({ who, since: "2026-01-01" }));
  const pins = [
    { name: "mute.example.net", addresses: [], failure: "timeout" },
    { name: "gone.example.net", addresses: [], failure: "not-found" },
  ];
  expect(lines(example({ optOut }), pins).filter((line) => line.startsWith("opt-out"))).toEqual([
    "opt-out: mute.example.net cannot be resolved (timeout): a survey does not begin before it can",
  ]);
});

test.each([
  ["one /24 whole", ["192.168.0.0/24"], 256],
  ["inside one /24", ["192.168.0.0/26", "192.168.0.128/26"], 128],
  ["over a border", ["192.168.0.128/25", "192.168.1.0/26"], 128],
  ["many networks", ["192.168.0.0/20", "10.0.0.0/25"], 256],
  ["IPv6", ["fd00:10::/112", "fd00:10::1:0/112", "fd00:11::/112"], 131_072],
])("the densest network: %s", (_, prefixes, densest) => {
  const limits = { ...example().limits, rate: 1e9, perNetwork: 1 };
  const scope = example({ prefixes, ownSpecial: prefixes, exclude: [], limits });
  const plan = scopePlan(scope, targetSpace(scope, []), NOW);
  expect([plan.seconds, plan.paced_by]).toEqual([densest, "perNetwork"]);
});

test.each([
  [0, "1 s"],
  [1, "1 s"],
  [59, "59 s"],
  [60, "1 min"],
  [125, "2 min 5 s"],
  [3600, "1 h"],
  [12_000, "3 h 20 min"],
  [86_400, "1 day"],
  [4_295_000, "49 days 17 h"],
  [86_400 * 2000, "2,000 days"],
])("%i seconds are %s", (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});
