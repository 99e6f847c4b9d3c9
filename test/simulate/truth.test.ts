import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OptionValues, Terminal } from "../../src/model/command.ts";
import { runImport } from "../../src/intake/import-command.io.ts";
import { runSimulate } from "../../src/simulate/simulate-command.io.ts";
import { differences, type Row, studyRows } from "./study-rows.ts";

const folder = await mkdtemp(join(tmpdir(), "corral-truth-"));
const terminal: Terminal = {
  cwd: folder,
  env: {},
  interactive: false,
  color: false,
  stopped: new AbortController().signal,
  out: () => Promise.resolve(),
  say: () => undefined,
  input: () => {
    throw new Error("nothing is read");
  },
};
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Compares two campaigns, not one: told by another model, and its truth by another count. */
const WITHOUT_TRUTH = ["change"];

describe.each([
  ["default", { hosts: "600", days: "70" }],
  ["sample", {}],
  ["published", { scale: "0.003", days: "200" }],
] as const)("the study of the campaign %s is its truth", (model, options: OptionValues) => {
  let exits: readonly number[] = [];
  let truth: Readonly<Record<string, readonly Row[]>> = {};
  let told: ReadonlyMap<string, readonly Row[]> = new Map();
  beforeAll(async () => {
    const out = join(folder, model);
    const simulated = await runSimulate([], { ...options, out, model, pack: "zst" }, terminal);
    const lake = join(out, "lake");
    const imported = await runImport(
      ["jsonl", join(out, "campaign.jsonl.zst")],
      { lake, "no-networks": true },
      terminal,
    );
    exits = [simulated, imported];
    truth = (JSON.parse(await readFile(join(out, "truth.json"), "utf8")) as { outputs: typeof truth }).outputs;
    told = await studyRows(lake, await readFile(join(out, "network-overrides.csv"), "utf8"));
  }, 300_000);

  test("every output has a truth, and is told", () => {
    expect(exits).toEqual([0, 0]);
    const ids = [...told.keys()].filter((id) => !WITHOUT_TRUTH.includes(id));
    expect(ids.length).toBeGreaterThan(40);
    expect(Object.keys(truth).toSorted()).toEqual(ids.toSorted());
  });

  test("row by row, with and without decoys", () => {
    const wrong = Object.entries(truth).flatMap(([id, rows]) =>
      differences(rows, told.get(id) ?? []).map((one) => `${id} ${one}`),
    );
    expect(wrong.slice(0, 20)).toEqual([]);
  });

  test("and not for want of rows", () => {
    for (const id of [
      "F1",
      "F2",
      "F3",
      "T4",
      "T6",
      "T6m",
      "T8",
      "T9a",
      "T10",
      "T11a",
      "survival",
      "weekly",
      "monoculture",
    ]) {
      expect(truth[id]?.length).toBeGreaterThan(4);
    }
    expect(truth["T1"]?.[0]?.["hosts"]).toBeGreaterThan(390);
  });
});
