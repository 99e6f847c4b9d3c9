import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { auditPublicKeyPath, makeAuditKey, readAuditPublicKey } from "../../../src/gateway/record/audit-key.io.ts";
import { openAuditTrail } from "../../../src/gateway/record/audit-trail.io.ts";
import { createRecorder } from "../../../src/gateway/record/recorder.io.ts";
import { verifyTrail } from "../../../src/gateway/record/verify-command.io.ts";
import type { TrailVerdict } from "../../../src/gateway/record/verify-trail.ts";
import { recordRow } from "./record-rows.ts";

let state = "";

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "corral-record-"));
  await makeAuditKey(state);
});

afterEach(async () => {
  await rm(state, { recursive: true, force: true });
});

/** What the verifier says of the trail as it stands. */
async function verdict(): Promise<TrailVerdict> {
  return verifyTrail(state, await readAuditPublicKey(auditPublicKeyPath(state)), []);
}

/** Opens the trail, lets rows come in by a worker's recorder, closes it. */
async function write(rows: number, day = "2026-01-10"): Promise<readonly string[]> {
  const clock = { epochMs: () => Date.parse(`${day}T12:00:00Z`), monotonicMs: () => 0 };
  const { trail, story } = await openAuditTrail(state, { checkpointSeconds: 60, clock });
  const recorder = createRecorder(({ lines }) => trail.append(lines));
  for (let number = 0; number < rows; number += 1) recorder.add(recordRow({ id: `r${number}` }));
  recorder.flush();
  expect(await trail.close()).toBe(true);
  return story;
}

async function files(): Promise<readonly string[]> {
  return (await readdir(join(state, "audit"))).toSorted();
}

test("rows of three starts are one chain, signed to its end", async () => {
  expect(await write(300)).toEqual([]);
  await write(5);
  await write(2, "2026-01-11");
  expect(await files()).toEqual(["audit-20260110-001.jsonl", "audit-20260111-001.jsonl"]);
  expect(await verdict()).toEqual({
    findings: [],
    notes: [],
    lines: 310,
    rows: 307,
    checkpoints: 3,
    signedUntil: { seq: 310, at: "2026-01-11T12:00:00.000Z" },
    unsigned: 0,
  });
});

test("a line says its number, what is before it, and the row", async () => {
  await write(2);
  const text = await readFile(join(state, "audit", "audit-20260110-001.jsonl"), "utf8");
  const lines = text.split("\n");
  expect(JSON.parse(lines[0] ?? "")).toEqual({ seq: 1, prev: "0".repeat(64), ...recordRow({ id: "r0" }) });
  expect(JSON.parse(lines[1] ?? "")).toMatchObject({ seq: 2, id: "r1" });
  expect(JSON.parse(lines[2] ?? "")).toMatchObject({
    seq: 3,
    checkpoint: { count: 2, at: "2026-01-10T12:00:00.000Z" },
  });
  expect(await readFile(join(state, "audit-head.json"), "utf8")).toBe(`${lines[2]}\n`);
});

test("a clock set back opens no earlier file", async () => {
  await write(1, "2026-01-11");
  await write(1, "2026-01-10");
  expect(await files()).toEqual(["audit-20260111-001.jsonl"]);
  expect((await verdict()).findings).toEqual([]);
});

test("a second gateway on the same state is refused; after the first has closed it may write", async () => {
  const { trail } = await openAuditTrail(state, { checkpointSeconds: 60 });
  await expect(openAuditTrail(state, { checkpointSeconds: 60 })).rejects.toThrow(/another gateway writes/u);
  await trail.close();
  await write(1);
  expect((await verdict()).rows).toBe(1);
});

test("a torn last line is kept, noted, and gone on from", async () => {
  await write(3);
  const path = join(state, "audit", "audit-20260110-001.jsonl");
  await writeFile(path, `${await readFile(path, "utf8")}{"seq":5,"prev":"00`);
  expect((await verdict()).notes).toEqual([
    {
      place: { file: "audit-20260110-001.jsonl", line: 5 },
      message: "the last 19 bytes are a line that was never finished",
    },
  ]);
  expect(await write(1)).toEqual([
    "the audit trail ends in 19 bytes of a line that was never finished; kept and noted",
  ]);
  const { findings, notes, rows } = await verdict();
  expect({ findings, notes, rows }).toEqual({
    findings: [],
    notes: [
      {
        place: { file: "audit-20260110-001.jsonl", line: 5 },
        message: "19 bytes of a line that was never finished, noted at 2026-01-10T12:00:00.000Z",
      },
    ],
    rows: 4,
  });
});
