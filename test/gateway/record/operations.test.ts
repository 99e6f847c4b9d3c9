import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { GatewayMetrics } from "../../../src/gateway/record/metrics.io.ts";
import type { Vitals } from "../../../src/gateway/record/metrics.io.ts";
import { startOperations } from "../../../src/gateway/record/operations.io.ts";
import type { Operations } from "../../../src/gateway/record/operations.io.ts";
import { makeOperationsToken, readOperationsToken } from "../../../src/gateway/record/operations-token.io.ts";
import type { RecordRow } from "../../../src/gateway/record/record-row.ts";
import { tallyRow } from "../../../src/gateway/record/record-tally.ts";
import type { RecordTally } from "../../../src/gateway/record/record-tally.ts";
import { recordRow } from "./record-rows.ts";

const CHECKPOINT = '{"seq":7,"prev":"00"}';
let state = "";
let token = "";
let operations: Operations;
let metrics: GatewayMetrics;
let signs: { upstream: boolean | null; counts: boolean; record: boolean; accepting: boolean };

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "corral-operations-"));
  token = (await makeOperationsToken(state)) ?? "";
  signs = { upstream: true, counts: true, record: true, accepting: true };
  const vitals: Vitals = {
    inFlight: () => 3,
    waiting: () => 2,
    workers: () => 4,
    upstreamReachable: () => signs.upstream,
    countsReachable: () => signs.counts,
    recordAvailable: () => signs.record,
    recordSeq: () => 7,
    recordPending: () => 0,
    accepting: () => signs.accepting,
  };
  metrics = new GatewayMetrics(vitals);
  const isToken = await readOperationsToken(state);
  const view = { vitals, metrics, lastCheckpoint: () => CHECKPOINT, isToken };
  operations = await startOperations({ address: "127.0.0.1", port: 0 }, view);
});

afterEach(async () => {
  await operations.close();
  await rm(state, { recursive: true, force: true });
});

function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  return fetch(`http://127.0.0.1:${operations.port}${path}`, { method, headers });
}

function asked(path: string, method = "GET"): Promise<Response> {
  return ask(path, { authorization: `Bearer ${token}` }, method);
}

/** Counts rows as a worker does and hands them over. */
function count(...rows: readonly Partial<RecordRow>[]): void {
  const tallies: RecordTally[] = [];
  for (const row of rows) tallyRow(tallies, recordRow(row));
  metrics.take(tallies);
}

test("the token is shown once; only its hash is kept, for its owner alone", async () => {
  expect(token).toMatch(/^corral_ops_[\w-]{43}$/u);
  expect(await makeOperationsToken(state)).toBeNull();
  expect(await readdir(state)).toEqual(["operations-token.sha256"]);
  const kept = await readFile(join(state, "operations-token.sha256"), "utf8");
  expect(kept).toMatch(/^[0-9a-f]{64}\n$/u);
});

test("without a token's hash there is no listener", async () => {
  await rm(join(state, "operations-token.sha256"));
  await expect(readOperationsToken(state)).rejects.toThrow(/would be open/u);
});

test.for([
  ["nothing", {}],
  ["an empty token", { authorization: "Bearer " }],
  ["a wrong token", { authorization: "Bearer corral_ops_0000000000000000000000000000000000000000000" }],
  ["another scheme", { authorization: "Basic Y29ycmFsOmNvcnJhbA==" }],
  ["a long token", { authorization: `Bearer ${"x".repeat(4000)}` }],
  ["the token in the wrong header", { "x-api-key": "TOKEN" }],
] as const)("%s gets one and the same 401 on every path, with nothing in it", async ([, headers]) => {
  const sent = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace("TOKEN", token)]),
  );
  for (const path of [
    "/",
    "/metrics",
    "/health",
    "/health/live",
    "/health/ready",
    "/checkpoint",
    "/metrics?x=1",
    "/nothing",
  ]) {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const answer = await ask(path, sent, method);
      expect([answer.status, await answer.text(), answer.headers.get("www-authenticate")]).toEqual([
        401,
        "unauthorized\n",
        "Bearer",
      ]);
    }
  }
});

test("two Authorization headers are as good as none, even if one is right", async () => {
  const socket = connect(operations.port, "127.0.0.1");
  socket.end(
    `GET /metrics HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\nauthorization: Bearer y\r\nconnection: close\r\n\r\n`,
  );
  let text = "";
  for await (const chunk of socket) text += String(chunk);
  expect(text).toMatch(/^HTTP\/1.1 401 /u);
});

test("with the token: pages, their types, and nothing to write to", async () => {
  expect(await (await asked("/health/live")).json()).toEqual({ live: true });
  const checkpoint = await asked("/checkpoint");
  expect(await checkpoint.text()).toBe(`${CHECKPOINT}\n`);
  const page = await asked("/metrics");
  expect(page.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect((await asked("/metrics", "POST")).status).toBe(405);
  expect((await asked("/debug")).status).toBe(404);
  expect((await asked("/constructor")).status).toBe(404);
  expect(await (await asked("/metrics", "HEAD")).text()).toBe("");
});

test.for([
  [{}, 200, { ready: true, upstream: "reachable", record: "writable", counts: "reachable", accepting: true }],
  [{ upstream: null }, 503, { ready: false, upstream: "unknown" }],
  [{ upstream: false }, 503, { ready: false, upstream: "unreachable" }],
  [{ record: false }, 503, { ready: false, record: "unwritable" }],
  [{ counts: false }, 503, { ready: false, counts: "unreachable" }],
  [{ accepting: false }, 503, { ready: false, accepting: false }],
] as const)("health with %o is %i", async ([changes, status, told]) => {
  Object.assign(signs, changes);
  for (const path of ["/health", "/health/ready"]) {
    const answer = await asked(path);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ live: true, ...told });
  }
  expect((await asked("/health/live")).status).toBe(200);
});

test("metrics count requests, tokens, bytes and times", async () => {
  count(
    { durationMs: 40, firstByteMs: 3 },
    { durationMs: 4000, firstByteMs: 600, waitMs: 1000 },
    {
      decision: "denied",
      reason: "model-denied",
      ended: "refused",
      promptTokens: null,
      answerTokens: null,
      durationMs: 1,
    },
    {
      decision: "failed",
      reason: "upstream-gone",
      ended: "upstream-failed",
      counted: "estimate",
      answerTokens: 5,
      durationMs: 900_000,
    },
  );
  count({ durationMs: 40, firstByteMs: 3 });
  const lines = (await metrics.text()).split("\n");
  const model = "registry.ollama.ai/library/llama3:latest";
  for (const line of [
    'corral_gateway_requests_total{route="ollama.chat",decision="allowed",reason="ok",role="staff",ended="complete"} 3',
    'corral_gateway_requests_total{route="ollama.chat",decision="denied",reason="model-denied",role="staff",ended="refused"} 1',
    `corral_gateway_tokens_total{kind="prompt",counted="server",role="staff",model="${model}"} 78`,
    `corral_gateway_tokens_total{kind="answer",counted="estimate",role="staff",model="${model}"} 5`,
    'corral_gateway_body_bytes_total{direction="out"} 27500',
    'corral_gateway_request_seconds_bucket{route="ollama.chat",decision="allowed",le="0.025"} 0',
    'corral_gateway_request_seconds_bucket{route="ollama.chat",decision="allowed",le="0.1"} 2',
    'corral_gateway_request_seconds_bucket{route="ollama.chat",decision="allowed",le="5"} 3',
    'corral_gateway_request_seconds_bucket{route="ollama.chat",decision="allowed",le="+Inf"} 3',
    'corral_gateway_request_seconds_count{route="ollama.chat",decision="allowed"} 3',
    'corral_gateway_request_seconds_sum{route="ollama.chat",decision="allowed"} 4.08',
    'corral_gateway_request_seconds_bucket{route="ollama.chat",decision="failed",le="600"} 0',
    'corral_gateway_request_seconds_bucket{route="ollama.chat",decision="failed",le="+Inf"} 1',
    "# TYPE corral_gateway_request_seconds histogram",
    "corral_gateway_in_flight 3",
    "corral_gateway_waiting 2",
    "corral_gateway_workers 4",
    "corral_gateway_record_line 7",
    "corral_gateway_record_up 1",
  ])
    expect(lines).toContain(line);
  const seconds = lines.find((line) => line.startsWith("corral_gateway_model_seconds_total"))?.split(" ");
  expect(seconds?.[0]).toBe(`corral_gateway_model_seconds_total{role="staff",model="${model}"}`);
  expect(Number(seconds?.[1])).toBeCloseTo(903.08);
});

test("no label tells a key, an owner, an address or a path, and names from outside are bounded", async () => {
  for (let number = 0; number < 1000; number += 1) {
    count({ model: `host/ns/model-${number}:latest`, reason: `reason-${number}`, role: `role-${number}` });
    count({ model: `refused-${number}`, decision: "denied", reason: "model-denied" });
  }
  const text = await metrics.text();
  for (const secret of ["0a1b2c3d", "ada@example.org", "192.0.2.7", "/api/chat", "b94d27b9", "refused-"])
    expect(text).not.toContain(secret);
  expect(new Set(text.match(/model="[^"]+"/gu)).size).toBe(65);
  expect(new Set(text.match(/role="[^"]+"/gu)).size).toBe(129);
  expect(text).toContain('model="other"');
});

test("a label from outside cannot break the text", async () => {
  count({ model: 'a"} 1\nforged 1', role: "x\\" });
  const lines = (await metrics.text()).split("\n");
  expect(lines.filter((line) => line.startsWith("forged"))).toEqual([]);
  expect(lines.some((line) => line.includes(String.raw`model="a\"} 1\nforged 1"`))).toBe(true);
});
