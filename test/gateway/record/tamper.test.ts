import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { chainedLine, checkpointLine, EMPTY_HEAD, headAfter } from "../../../src/gateway/record/audit-line.ts";
import { recordLine } from "../../../src/gateway/record/record-line.ts";
import { TrailVerifier } from "../../../src/gateway/record/verify-trail.ts";
import type { TrailVerdict } from "../../../src/gateway/record/verify-trail.ts";
import { recordRow } from "./record-rows.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const AT = "2026-01-10T12:00:00.000Z";
const ROWS = 24;
const ROWS_A_CHECKPOINT = 8;

/** Lines of a trail that was stopped cleanly: 24 rows, a checkpoint after every eighth. */
function trail(key = privateKey): readonly string[] {
  const lines: string[] = [];
  let head = EMPTY_HEAD;
  const add = (line: string): void => {
    lines.push(line);
    head = headAfter(head, line);
  };
  for (let row = 1; row <= ROWS; row += 1) {
    add(chainedLine(head, recordLine(recordRow({ id: `r${row}`, owner: row % 3 === 0 ? "Zoë" : "ada" }))));
    if (row % ROWS_A_CHECKPOINT === 0) add(checkpointLine(head, AT, key));
  }
  return lines;
}

const LINES = trail();
const BYTES = Buffer.from(`${LINES.join("\n")}\n`);
/** What the gateway keeps beside the trail: its last checkpoint. */
const KNOWN = [{ from: "audit-head.json", line: Buffer.from(LINES.at(-1) ?? "") }];

/** Reads bytes as the files of a trail, cut where the test says. */
function verify(bytes: Buffer, known = KNOWN): TrailVerdict {
  const verifier = new TrailVerifier(publicKey, known);
  let from = 0;
  let line = 1;
  for (let to = bytes.indexOf(10); to !== -1; to = bytes.indexOf(10, from)) {
    verifier.take(bytes.subarray(from, to), { file: "f", line });
    from = to + 1;
    line += 1;
  }
  verifier.takeRest(bytes.subarray(from), { file: "f", line }, true);
  return verifier.end();
}

function verifyLines(lines: readonly string[]): TrailVerdict {
  return verify(Buffer.from(lines.map((line) => `${line}\n`).join("")));
}

test("the trail as it was written is whole", () => {
  expect(verify(BYTES)).toEqual({
    findings: [],
    notes: [],
    lines: 27,
    rows: 24,
    checkpoints: 3,
    signedUntil: { seq: 27, at: AT },
    unsigned: 0,
  });
});

test("every single byte: changed by one bit, it is found", () => {
  // To the first checkpoint, which is then the one kept beside.
  const first = LINES.slice(0, ROWS_A_CHECKPOINT + 1);
  const whole = Buffer.from(first.map((line) => `${line}\n`).join(""));
  const known = [{ from: "audit-head.json", line: Buffer.from(first.at(-1) ?? "") }];
  expect(verify(whole, known).findings).toEqual([]);
  const missed: number[] = [];
  for (let at = 0; at < whole.length; at += 1) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    if (verify(changed, known).findings.length === 0) missed.push(at);
  }
  expect(missed).toEqual([]);
  expect(whole.length).toBeGreaterThan(5000);
});

test("any bytes put in place of any others are found", () => {
  const any = fc.property(
    fc.nat(BYTES.length),
    fc.nat(400),
    fc.uint8Array({ maxLength: 400 }),
    (at, length, replacement) => {
      const changed = Buffer.concat([BYTES.subarray(0, at), replacement, BYTES.subarray(at + length)]);
      fc.pre(!changed.equals(BYTES));
      // Bytes behind the last line, with no end of line, are what a killed gateway leaves: told, and no finding.
      const isTail = at >= BYTES.length && !changed.subarray(BYTES.length).includes(10);
      const { findings, notes } = verify(changed);
      return isTail ? findings.length === 0 && notes.length === 1 : findings.length > 0;
    },
  );
  expect(fc.check(any, { numRuns: 3000 })).toMatchObject({ failed: false, numRuns: 3000 });
});

test("any lines left out, doubled, moved or put in are found", () => {
  const places = LINES.map((_, at) => at);
  const chosen = fc.property(fc.shuffledSubarray(places, { minLength: 1 }), fc.boolean(), (order, isInOrder) => {
    const lines = (isInOrder ? order.toSorted((a, b) => a - b) : order).map((at) => LINES[at] ?? "");
    fc.pre(lines.length < LINES.length || !isInOrder);
    return verifyLines(lines).findings.length > 0;
  });
  expect(fc.check(chosen, { numRuns: 1000 })).toMatchObject({ failed: false });
  const doubled = fc.property(fc.nat(ROWS), fc.nat(ROWS), (from, to) => {
    const { findings } = verifyLines(LINES.toSpliced(to, 0, LINES[from] ?? ""));
    return findings.length > 0;
  });
  expect(fc.check(doubled, { numRuns: 300 })).toMatchObject({ failed: false });
});

test("a row changed and the chain made again from there: the signature does not hold", () => {
  const again: string[] = [];
  let head = EMPTY_HEAD;
  for (const [at, line] of LINES.entries()) {
    const isRow = line.includes('"at":"2026-01-10T11');
    const text = at === 3 ? line.replace('"status":200', '"status":403') : line;
    const next = isRow
      ? chainedLine(head, `{${text.slice(text.indexOf('"at":'))}`)
      : text.replace(/^\{"seq":\d+,"prev":"\w+"/u, `{"seq":${head.seq + 1},"prev":"${head.hash}"`);
    again.push(next);
    head = headAfter(head, next);
  }
  const { findings, signedUntil } = verifyLines(again);
  expect(signedUntil).toBeNull();
  expect(findings[0]).toEqual({
    place: { file: "f", line: 9 },
    message: "the checkpoint's signature does not hold: a line before it or the checkpoint was changed",
  });
});

test("a whole trail signed by another key is found", () => {
  const other = generateKeyPairSync("ed25519").privateKey;
  expect(verifyLines(trail(other)).findings.filter(({ message }) => message.includes("signature"))).toHaveLength(3);
});

test.for<[string, readonly string[], number, RegExp]>([
  [
    "a row edited",
    LINES.with(3, (LINES[3] ?? "").replace("allowed", "deniedx")),
    4,
    /line 4 or what line 5 says of it/u,
  ],
  ["a row removed", LINES.toSpliced(3, 1), 4, /line 4 is missing before line 5/u],
  ["nine lines removed", LINES.toSpliced(9, 9), 10, /lines 10 to 18 are missing before line 19/u],
  ["two rows swapped", LINES.with(3, LINES[4] ?? "").with(4, LINES[3] ?? ""), 4, /line 4 is missing before line 5/u],
  ["a row doubled", LINES.toSpliced(4, 0, LINES[3] ?? ""), 5, /line 4 stands behind line 4/u],
  ["a line put in", LINES.toSpliced(4, 0, "{}"), 5, /not a line of the trail/u],
  ["the beginning removed", LINES.slice(9), 1, /lines 1 to 9 are missing before line 10/u],
  ["the end removed", LINES.slice(0, -1), 26, /line 27, a checkpoint kept in audit-head.json, is not in it/u],
  ["all after a checkpoint removed", LINES.slice(0, 9), 9, /line 27, a checkpoint kept in audit-head.json/u],
])("%s is found at its place", ([, lines, line, message]) => {
  const { findings } = verifyLines(lines);
  expect(findings[0]?.place).toEqual({ file: "f", line });
  expect(findings[0]?.message).toMatch(message);
});

test("what comes after the last checkpoint is told as unsigned, and is no finding", () => {
  const verifier = new TrailVerifier(publicKey);
  for (const [at, line] of LINES.slice(0, 14).entries()) verifier.take(Buffer.from(line), { file: "f", line: at + 1 });
  expect(verifier.end()).toMatchObject({
    findings: [],
    notes: [{ message: "5 rows after the last checkpoint are not signed yet" }],
    signedUntil: { seq: 9, at: AT },
    unsigned: 5,
  });
});
