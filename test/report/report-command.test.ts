import { chmod, mkdtemp, readFile, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { OptionValues } from "../../src/model/command.ts";
import type { Observation } from "../../src/model/observation.ts";
import type { Run } from "../../src/model/run.ts";
import { sampleCampaign } from "../../src/simulate/sample-campaign.ts";
import { foldFile } from "../../src/store/fold-file.io.ts";
import { runReport } from "../../src/study/report-command.io.ts";
import { testTerminal } from "../support/test-terminal.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-report-command-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const lines = [...sampleCampaign("command", { hosts: 20, days: 3, from: "2026-06-10", targets: 64 })];
const look = lines.find(
  (line): line is Observation => line.kind === "observation" && line.confirmed && line.models?.[0] !== undefined,
);
const sampleRun = lines.find((line): line is Run => line.kind === "run");

/** A lake of one host, seen once by each of these bases; `null` is an import. */
async function lakeOf(name: string, bases: readonly (string | null)[]): Promise<string> {
  if (look === undefined || sampleRun === undefined) throw new Error("the sample has neither");
  const runs = bases.map((basis, index): Run => ({
    ...sampleRun,
    basis,
    synthetic: false,
    run: `${index}`.repeat(32),
  }));
  const records = runs.flatMap((run, index) => [
    { ...look, run: run.run, seen_at: `2026-06-1${index}T00:00:00.000Z` },
    run,
  ]);
  const file = join(folder, `${name}.jsonl`);
  await writeFile(file, records.map((line) => `${JSON.stringify(line)}\n`).join(""));
  for (const run of runs.slice(0, 1)) await foldFile(join(folder, name), file, { run });
  return join(folder, name);
}

async function report(
  options: OptionValues,
): Promise<{ readonly exit: number; readonly out: string; readonly said: string }> {
  const terminal = testTerminal(folder);
  const exit = await runReport([], options, terminal);
  return { exit, ...terminal.written };
}

test("writes the formats asked for and prints their paths", async () => {
  await lakeOf("own", ["own", "contract"]);
  const { exit, out } = await report({ lake: "own", out: "made", format: "md,json", full: true });
  expect(exit).toBe(0);
  expect(out).toBe(`${join(folder, "made/report.md")}\n${join(folder, "made/report.json")}\n`);
  expect((await readdir(join(folder, "made"))).toSorted()).toEqual(["report.json", "report.md"]);
  const json = await report({ lake: "own", out: "made", format: "md", json: true });
  expect(JSON.parse(json.out)).toEqual({ files: [join(folder, "made/report.md")], label: null });
});

test.each([
  ["statutory", ["own", "statutory"], "statutory"],
  ["research", ["research"], "research"],
  ["import", ["contract", null], "import"],
])("R14: --full is refused where a %s run lies in the lake", async (name, bases, told) => {
  const lake = await lakeOf(`full-${name}`, bases);
  await expect(report({ lake, out: `refused-${name}`, full: true })).rejects.toMatchObject({
    exitCode: 2,
    message: `--full: this lake holds observations that are not of an own or contract scope: ${told}`,
    hint: expect.stringContaining("leave out --full") as string,
  });
  await expect(readdir(join(folder, `refused-${name}`))).rejects.toMatchObject({ code: "ENOENT" });
  expect((await report({ lake, out: `truncated-${name}`, format: "html" })).exit).toBe(0);
});

test("a damaged file is left out, named in words and in the report, and the exit is 3", async () => {
  const lake = await lakeOf("damaged", ["own"]);
  const [segment = ""] = (await readdir(join(lake, "segment"))).filter((name) => name.startsWith("inventory_model"));
  await chmod(join(lake, "segment", segment), 0o600);
  await truncate(join(lake, "segment", segment), 20);
  const { exit, said } = await report({ lake, out: "of-damaged", format: "md" });
  expect(exit).toBe(3);
  expect(said).toContain(`left out, damaged: segment/${segment}: size 20 instead of`);
  expect(await readFile(join(folder, "of-damaged/report.md"), "utf8")).toContain(
    `\`segment/${segment}: size 20 instead of`,
  );
});

test("a lake that is not there and a format that is none are the user's mistake", async () => {
  await expect(report({ lake: "nowhere", out: "made" })).rejects.toMatchObject({ exitCode: 2 });
  await expect(report({ lake: "own", out: "made", format: "pdf" })).rejects.toMatchObject({ exitCode: 2 });
});
