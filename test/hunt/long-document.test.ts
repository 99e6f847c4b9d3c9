import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runHunt } from "../../src/hunt/hunt-command.io.ts";
import { testTerminal } from "../support/test-terminal.ts";
import type { ToldHunt } from "./hunt-case.ts";

const MINUTES = 30;
const TUPLES = 1500;
const BEGIN = 1_769_767_511_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "corral-hunt-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What Azure keeps of half an hour: one document on one row, longer than any row that is kept. */
function document(): string {
  const records = Array.from({ length: MINUTES }, (_, minute) => {
    const flowTuples = Array.from({ length: TUPLES }, (__, at) => {
      const ms = BEGIN + minute * 60_000 + at * 40;
      return `${ms},203.0.113.9,10.1.0.4,${20_000 + at},11434,6,I,C,NX,14,1552,41,50343`;
    });
    const flowRecords = { flows: [{ aclID: "a", flowGroups: [{ rule: "r", flowTuples }] }] };
    return { time: "2026-01-30T10:06:00Z", flowLogVersion: 4, category: "FlowLogFlowEvent", flowRecords };
  });
  return JSON.stringify({ records });
}

test("a document of megabytes on one row is read whole, in the order of time", async () => {
  const path = join(folder, "PT1H.json");
  const text = document();
  expect(text.length).toBeGreaterThan(2 << 20);
  writeFileSync(path, text);
  const terminal = testTerminal(folder);
  await runHunt([path], { json: true }, terminal);
  const { logs } = JSON.parse(terminal.written.out) as ToldHunt;
  expect(logs).toEqual([
    expect.objectContaining({ grammars: ["azure-flow"], events: MINUTES * TUPLES, late: 0, rejected: {} }),
  ]);
});
