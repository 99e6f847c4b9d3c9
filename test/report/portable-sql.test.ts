import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JUDGEMENTS } from "../../src/classify/judgements.ts";
import type { Run } from "../../src/model/run.ts";
import { sampleCampaign } from "../../src/simulate/sample-campaign.ts";
import { foldFile } from "../../src/store/fold-file.io.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";
import { REPORT_SECTIONS } from "../../src/study/report-sections.ts";

const OUTPUTS = REPORT_SECTIONS.flatMap((section) => section.outputs).map((output) => [output.id, output.sql] as const);
const VIEWS = ["observation", "model", "finding", "decoy", "run", "prompt", "network"] as const;

// Another engine than the lake's: what both understand is no dialect of one of them.
const other = new DatabaseSync(":memory:");
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-portable-"));
  const lines = [...sampleCampaign("portable", { hosts: 10, days: 3, from: "2026-06-10", targets: 64 })];
  const run = lines.findLast((line): line is Run => line.kind === "run");
  if (run === undefined) throw new Error("the sample has no run");
  await writeFile(join(folder, "lines.jsonl"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await foldFile(join(folder, "lake"), join(folder, "lines.jsonl"), { run });
  const lake = await openSnapshot(join(folder, "lake"), JUDGEMENTS);
  for (const view of VIEWS) {
    const [row = {}] = await lake.query(`SELECT * FROM ${view} LIMIT 1`);
    other.exec(
      `CREATE TABLE ${view} (${Object.keys(row)
        .map((name) => `"${name}"`)
        .join(", ")})`,
    );
  }
  await lake.close();
}, 60_000);

afterAll(async () => {
  other.close();
  await rm(folder, { recursive: true, force: true });
});

describe("every query of the report is understood by another engine", () => {
  test.each(OUTPUTS)("%s", (_, sql) => {
    expect(other.prepare(sql).all()).toBeInstanceOf(Array);
  });
});

test("ids are unique and every query is of its own", () => {
  expect(new Set(OUTPUTS.map(([id]) => id)).size).toBe(OUTPUTS.length);
  expect(new Set(OUTPUTS.map(([, sql]) => sql)).size).toBe(OUTPUTS.length);
});
