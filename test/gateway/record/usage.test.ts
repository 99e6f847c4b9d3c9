import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeAuditKey } from "../../../src/gateway/record/audit-key.io.ts";
import { openRecord } from "../../../src/gateway/record/record-keeper.io.ts";
import type { RecordRow } from "../../../src/gateway/record/record-row.ts";
import { createRecorder } from "../../../src/gateway/record/recorder.io.ts";
import { runGatewayUsage } from "../../../src/gateway/record/usage-command.io.ts";
import { testTerminal } from "../../support/test-terminal.ts";
import { recordRow } from "./record-rows.ts";

const LLAMA = "registry.ollama.ai/library/llama3:latest";
const ROWS: readonly Partial<RecordRow>[] = [
  { durationMs: 2000, waitMs: 500 },
  { durationMs: 1000, at: "2026-01-12T00:00:00.000Z", counted: "estimate", ended: "client-left", answerTokens: 10 },
  {
    decision: "denied",
    reason: "model-denied",
    model: "registry.ollama.ai/library/secret:latest",
    promptTokens: null,
    answerTokens: null,
  },
  {
    key: "ffffffff",
    owner: '=cmd|"x"',
    model: "registry.ollama.ai/library/qwen3:8b",
    promptTokens: 1_000_000,
    answerTokens: 500_000,
  },
  // Nobody was recognised: nobody's usage.
  { key: null, owner: null, role: null, decision: "denied", reason: "unknown-key", model: null },
];
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-usage-"));
  await writeFile(
    join(folder, "gateway.yaml"),
    'upstream: "http://127.0.0.1:11434"\nroles: {staff: {allow: [A, B]}}\ntariff: {Qwen3:8b: {perMillionPrompt: 2, perMillionAnswer: 6, currency: EUR}}\n',
  );
  const state = join(folder, "gateway-state");
  await makeAuditKey(state);
  const record = await openRecord(state, { checkpointSeconds: 60 });
  const recorder = createRecorder((batch) => record.take(batch));
  for (const row of ROWS) recorder.add(recordRow(row));
  recorder.flush();
  await record.close();
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** What the command prints. */
async function usage(options: Readonly<Record<string, string | boolean>> = {}): Promise<string> {
  const terminal = testTerminal(folder);
  expect(await runGatewayUsage([], options, terminal)).toBe(0);
  return terminal.written.out;
}

const ADA = {
  key: "0a1b2c3d",
  owner: "ada@example.org",
  model: LLAMA,
  firstDay: "2026-01-10",
  lastDay: "2026-01-12",
  requests: 2,
  refused: 0,
  promptTokens: 52,
  answerTokens: 308,
  estimatedTokens: 36,
  modelSeconds: 2.5,
  name: null,
  cost: null,
};

test("sums per key and model, refusals apart, with costs by the tariff whatever way its model is written", async () => {
  const { rows } = JSON.parse(await usage({ json: true })) as { readonly rows: readonly unknown[] };
  expect(rows).toEqual([
    {
      ...ADA,
      model: "",
      requests: 0,
      refused: 1,
      promptTokens: 0,
      answerTokens: 0,
      estimatedTokens: 0,
      modelSeconds: 0,
      lastDay: "2026-01-10",
    },
    ADA,
    expect.objectContaining({ key: "ffffffff", requests: 1, cost: { amount: 5, currency: "EUR" } }),
  ]);
});

test("one key, a span of days", async () => {
  const read = async (options: Readonly<Record<string, string>>): Promise<readonly number[]> => {
    const { rows } = JSON.parse(await usage({ ...options, json: true })) as {
      readonly rows: readonly { readonly requests: number }[];
    };
    return rows.map(({ requests }) => requests);
  };
  expect(await read({ key: "ffffffff" })).toEqual([1]);
  expect(await read({ key: "0a1b2c3d", from: "2026-01-11" })).toEqual([1]);
  expect(await read({ from: "2026-01-10", until: "2026-01-10" })).toEqual([0, 1, 1]);
  expect(await read({ from: "2026-02-01" })).toEqual([]);
});

test("as CSV no cell is a formula, as a table numbers stand to the right", async () => {
  const csv = await usage({ csv: true });
  expect(csv.split("\r\n")).toHaveLength(5);
  expect(csv).toContain(`"'=cmd|""x"""`);
  expect(await usage({ key: "ffffffff" })).toContain("     1000000         500000");
});

test("usage that was thrown away is made again from the trail", async () => {
  const before = await usage({ json: true });
  const state = join(folder, "gateway-state");
  for (const name of await readdir(state)) {
    if (name.startsWith("gateway-usage.db")) await rm(join(state, name));
  }
  await (await openRecord(state, { checkpointSeconds: 60 })).close();
  expect(JSON.parse(await usage({ json: true }))).toEqual(JSON.parse(before));
});

test.for([
  [{ key: "../x" }, /--key: is no key's id/u],
  [{ from: "2026-02-30" }, /--from: 2026-02-30: no day/u],
  [{ from: "2026-02-02", until: "2026-02-01" }, /is after --until/u],
  [{ json: true, csv: true }, /not with --json/u],
] as const)("%o is refused", async ([options, message]) => {
  await expect(runGatewayUsage([], options, testTerminal(folder))).rejects.toThrow(message);
});
