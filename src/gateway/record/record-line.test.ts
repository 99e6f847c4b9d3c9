import { expect, test } from "vitest";
import { recordLine } from "./record-line.ts";
import type { RecordRow } from "./record-row.ts";

const ROW: RecordRow = {
  at: "2026-01-10T11:59:58.123Z",
  id: "w1-1",
  key: "0a1b2c3d",
  owner: "ada",
  role: "staff",
  address: "192.0.2.7",
  method: "POST",
  route: "chat",
  path: "/api/chat",
  model: "registry.ollama.ai/library/llama3:latest",
  decision: "allowed",
  reason: "ok",
  status: 200,
  promptTokens: 26,
  answerTokens: null,
  counted: "estimate",
  bytesIn: 280,
  bytesOut: 5500,
  waitMs: 3,
  firstByteMs: null,
  durationMs: 4235,
  promptDigest: null,
  ended: "complete",
};

test("a row is one line of JSON that says the same, keys in order", () => {
  const line = recordLine(ROW);
  expect(JSON.parse(line)).toEqual(ROW);
  expect(Object.keys(JSON.parse(line) as RecordRow)).toEqual(Object.keys(ROW));
  expect(line).not.toContain("\n");
});

test.for<[string, string, string]>([
  ["a quote and a backslash", 'a"b\\c', 'a"b\\c'],
  ["an end of line that would forge a row", 'x\n{"seq":9', 'x\uFFFD{"seq":9'],
  ["a terminal's escape", "\u001B[2Jx", "\uFFFD[2Jx"],
  ["DEL and C1", "a\u007Fb\u009Bc", "a\uFFFDb\uFFFDc"],
  ["direction marks", "a\u202Eb", "a\uFFFDb"],
  ["half a character", "a\uD83D", "a\uFFFD"],
  ["letters of any script", "modèle-模型", "modèle-模型"],
])("%s", ([, text, kept]) => {
  const row = JSON.parse(recordLine({ ...ROW, model: text, owner: text, path: text, address: text })) as RecordRow;
  expect([row.model, row.owner, row.path, row.address]).toEqual([kept, kept, kept, kept]);
});

test("long texts are cut: 200 characters of a path, 256 of anything else", () => {
  const long = "x".repeat(10_000);
  const row = JSON.parse(recordLine({ ...ROW, path: long, model: long, owner: long })) as RecordRow;
  expect([row.path.length, row.model?.length, row.owner?.length]).toEqual([200, 256, 256]);
});

test("a key in a path is taken out", () => {
  const path = "/corral_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE/api/chat";
  expect(JSON.parse(recordLine({ ...ROW, path }))).toMatchObject({ path: "/corral_…/api/chat" });
});

test("numbers are whole ones", () => {
  expect(JSON.parse(recordLine({ ...ROW, waitMs: 0.4, firstByteMs: 1.5, durationMs: 12.49 }))).toMatchObject({
    waitMs: 0,
    firstByteMs: 2,
    durationMs: 12,
  });
});

test.for([Number.NaN, Infinity, -Infinity])("%s, a fault of ours, does not break the line", (value) => {
  expect(JSON.parse(recordLine({ ...ROW, durationMs: value }))).toMatchObject({ durationMs: 0 });
});
