import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { LOG_GRAMMARS } from "../../src/format/log/grammars.ts";
import { chainedLine, checkpointLine, EMPTY_HEAD, headAfter, noteLine } from "../../src/gateway/record/audit-line.ts";
import type { TrailHead } from "../../src/gateway/record/audit-line.ts";
import { recordLine } from "../../src/gateway/record/record-line.ts";
import type { RecordRow } from "../../src/gateway/record/record-row.ts";
import { readLog } from "../support/log-reading.ts";

const ROW: RecordRow = {
  at: "2026-04-01T09:00:00.125Z",
  id: "g1-1",
  key: "0a1b2c3d",
  owner: "alice",
  role: "user",
  address: "2001:db8::70",
  method: "POST",
  route: "chat",
  path: '/api/"chat\\ é',
  model: "llama3.2:3b",
  decision: "allowed",
  reason: "ok",
  status: 200,
  promptTokens: 120,
  answerTokens: 340,
  counted: "server",
  bytesIn: 512,
  bytesOut: 9001,
  waitMs: 3,
  firstByteMs: 210,
  durationMs: 4100,
  promptDigest: "ab".repeat(32),
  ended: "complete",
};

test("a trail that the gateway's own code writes is read row by row", () => {
  let head: TrailHead = EMPTY_HEAD;
  const lines: string[] = [];
  const add = (line: string): void => {
    head = headAfter(head, line);
    lines.push(line);
  };
  add(chainedLine(head, recordLine(ROW)));
  const nobody: RecordRow = { ...ROW, key: null, owner: null, model: null, promptTokens: null, answerTokens: null };
  add(chainedLine(head, recordLine({ ...nobody, decision: "denied", status: 401, ended: "refused" })));
  add(checkpointLine(head, "2026-04-01T09:01:00.000Z", generateKeyPairSync("ed25519").privateKey));
  add(noteLine(head, { torn: { bytes: 17, sha256: "00", at: "2026-04-01T09:02:00.000Z" } }));
  add(noteLine(head, { gap: { rows: 3, from: "2026-04-01T09:02:00.000Z", until: "2026-04-01T09:03:00.000Z" } }));
  add(noteLine(head, { lost: { checkpoint: 3, at: "2026-04-01T09:04:00.000Z" } }));

  const grammar = LOG_GRAMMARS.find(({ id }) => id === "gateway-audit");
  if (grammar === undefined) throw new Error("no grammar");
  expect(grammar.recognise(lines)).toBe(1);
  const request = {
    class: "http",
    at: ROW.at,
    product: "corral-gateway",
    method: "POST",
    path: ROW.path,
    durationMs: 4100,
    sourceIp: "2001:db8::70",
    sourceTrust: "connection",
    requestBytes: 512,
    responseBytes: 9001,
  };
  const note = { class: "control", product: "corral-gateway", name: "corral gateway audit trail" };
  expect(readLog(grammar, lines.join("\n"))).toEqual({
    zone: null,
    rejected: [],
    passed: 1,
    events: [
      {
        ...request,
        line: 1,
        status: 200,
        model: "llama3.2:3b",
        promptTokens: 120,
        answerTokens: 340,
        user: "alice",
        decision: "allowed",
      },
      { ...request, line: 2, status: 401, decision: "denied" },
      { ...note, line: 4, at: "2026-04-01T09:02:00.000Z", control: "gateway", action: "failed" },
      { ...note, line: 5, at: "2026-04-01T09:03:00.000Z", control: "gateway", action: "failed" },
      { ...note, line: 6, at: "2026-04-01T09:04:00.000Z", control: "log", action: "truncated" },
    ],
  });
});
