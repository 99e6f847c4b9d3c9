import { expect, test } from "vitest";
import { Estimates } from "./estimates.ts";
import { Tally } from "./tally.ts";

function tally(): Tally {
  let ms = 0;
  const elapsed = (): number => (ms += 10);
  return new Tally(
    { estimates: new Estimates(), elapsed, newId: () => "id", now: () => "2026-01-01T00:00:00.000Z" },
    "POST",
  );
}

const KNOWN = { model: "m", promptBytes: 40, answerTokens: 100, promptDigest: null };

test.for<[string, (one: Tally) => void, object]>([
  [
    "nothing but the client's leaving",
    () => undefined,
    { ended: "client-left", reason: "client-left", decision: "allowed" },
  ],
  [
    "an upstream that broke first",
    (one) => one.broke("upstream-failed", "upstream-broken"),
    { ended: "upstream-failed", reason: "upstream-broken", decision: "failed" },
  ],
  [
    "a quota that ended first",
    (one) => one.broke("cut", "token-quota"),
    { ended: "cut", reason: "token-quota", decision: "allowed" },
  ],
  ["a call of a tool", (one) => one.broke("cut", "tool-call-denied"), { ended: "cut", decision: "denied" }],
])("a connection that ends early is put down to %s", ([, before, row]) => {
  const one = tally();
  one.judged(KNOWN, true);
  one.sent();
  one.firstByte(200);
  before(one);
  one.left();
  expect(one.row()).toMatchObject(row);
});

test("a refusal stays one, although the client did not wait for its words", () => {
  const one = tally();
  one.refused(403, "route-denied");
  one.left();
  expect(one.row()).toMatchObject({ ended: "refused", reason: "route-denied", decision: "denied", status: 403 });
});

test("what nobody answered costs nothing; a client that did not wait is charged its prompt", () => {
  const failed = tally();
  failed.judged(KNOWN, true);
  failed.sent();
  failed.refused(502, "upstream-unreachable");
  expect(failed.settle(null)).toBe(0);
  const left = tally();
  left.judged(KNOWN, true);
  left.sent();
  left.left();
  expect(left.settle(null)).toBeGreaterThanOrEqual(10);
});
