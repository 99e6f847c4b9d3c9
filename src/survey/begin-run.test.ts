import { expect, test } from "vitest";
import { Complaint } from "../model/complaint.ts";
import type { Scope } from "../model/scope.ts";
import { beginRun, fingerprintOf } from "./begin-run.ts";
import type { BeginningFacts } from "./begin-run.ts";
import { emptyTally } from "./coverage.ts";

const NOW_MS = Date.parse("2026-01-10T12:00:00.000Z");
const HOUR_MS = 3_600_000;
const SCOPE = {
  name: "s",
  basis: "own",
  operator: { name: "o", contact: "c@example.org", organisation: null },
  authority: { allowedBy: "a", since: "2026-01-01", until: "2026-12-31" },
  prefixes: ["192.0.2.0/24"],
  names: [],
  ports: [11_434],
  exclude: [],
  ownSpecial: [],
  optOut: [],
  limits: { rescanHours: 24 },
  vantage: "inside",
  depth: "metadata",
} as unknown as Scope;

function facts(state: { done: boolean; agoMs?: number; space?: string } | null): BeginningFacts {
  const kept = state && {
    schema: 1,
    started_at: "2026-01-10T08:00:00.000Z",
    space: state.space ?? "here",
    seed: "7",
    next: 5,
    asked: [],
    waiting: [],
    tally: emptyTally(),
    saved_at_ms: NOW_MS - (state.agoMs ?? HOUR_MS),
    done: state.done,
  };
  const last = kept && { run: "a".repeat(32), state: kept };
  return { scope: SCOPE, fingerprint: "here", nowMs: NOW_MS, newRun: "b".repeat(32), last };
}

const whole = { index: 1, of: 1 };
const begin = (given: BeginningFacts, flags: { resume?: boolean; fresh?: boolean } = {}) =>
  beginRun({ shard: whole, resume: flags.resume ?? false, fresh: flags.fresh ?? false }, given);

test("without a past a run begins, under the scope's authority", () => {
  expect(begin(facts(null))).toMatchObject({
    run: { run: "b".repeat(32), started_at: "2026-01-10T12:00:00.000Z", operator: "o", allowed_by: "a", shard: "1/1" },
    resume: null,
  });
});

test("--resume goes on as the same run, begun when it began", () => {
  expect(begin(facts({ done: false }), { resume: true })).toMatchObject({
    run: { run: "a".repeat(32), started_at: "2026-01-10T08:00:00.000Z", finished_at: null },
    resume: { next: 5, seed: "7" },
  });
});

test("--fresh begins anew beside an unfinished run", () => {
  expect(begin(facts({ done: false }), { fresh: true })).toMatchObject({ run: { run: "b".repeat(32) }, resume: null });
});

test.each([
  [
    "an unfinished run, unless told how",
    facts({ done: false }),
    {},
    /unfinished/u,
    /--resume goes on with it; --fresh/u,
  ],
  ["--resume without a past", facts(null), { resume: true }, /holds no run/u, /leave out --resume/u],
  ["--resume of a finished run", facts({ done: true }), { resume: true }, /is finished/u, /leave out --resume/u],
  [
    "--resume of other targets",
    facts({ done: false, space: "there" }),
    { resume: true },
    /walked other targets/u,
    /same --targets/u,
  ],
  [
    "the same targets within the re-scan interval",
    facts({ done: true }),
    {},
    /allows it again from 2026-01-11T11:00:00/u,
    /wait/u,
  ],
  ["the same even with --fresh", facts({ done: true }), { fresh: true }, /allows it again/u, /wait/u],
] as const)("refused: %s", (_, given, flags, message, hint) => {
  let complaint: unknown = null;
  try {
    begin(given, flags);
  } catch (error) {
    complaint = error;
  }
  expect(complaint).toBeInstanceOf(Complaint);
  expect(complaint).toMatchObject({ message: expect.stringMatching(message) as string, exitCode: 2 });
  expect(complaint).toMatchObject({ hint: expect.stringMatching(hint) as string });
});

test.each([
  ["after the interval", facts({ done: true, agoMs: 24 * HOUR_MS })],
  ["for another list", facts({ done: true, space: "there" })],
])("allowed: again %s", (_, given) => {
  expect(begin(given).resume).toBeNull();
});

test("a state that cannot be read stops --resume, not a new run", () => {
  const broken = { ...facts(null), last: { run: "a".repeat(32), state: { schema: 9 } } };
  expect(() => begin(broken, { resume: true })).toThrow("cannot be read");
  expect(begin(broken).resume).toBeNull();
});

test("what is walked tells by size, list and what names resolved to; opted-out names aside", () => {
  const pins = [{ name: "a.example", addresses: ["192.0.2.1"], failure: null }];
  const same = fingerprintOf(5, null, ["a.example"], pins);
  expect(fingerprintOf(5, null, ["a.example"], [...pins, { name: "out.example", addresses: [], failure: null }])).toBe(
    same,
  );
  expect(fingerprintOf(6, null, ["a.example"], pins)).not.toBe(same);
  expect(fingerprintOf(5, "x", ["a.example"], pins)).not.toBe(same);
  expect(fingerprintOf(5, null, ["a.example"], [{ ...pins[0]!, addresses: ["192.0.2.2"] }])).not.toBe(same);
});
