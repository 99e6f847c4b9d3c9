import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import { lakeCard, lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import type { Card } from "../model/card.ts";
import type { Observation } from "../model/observation.ts";
import { parsePrefix } from "../model/prefix.ts";
import { prefixSet } from "../model/prefix-set.ts";
import { exportLines, exportOneView, exportViews } from "./export.io.ts";
import { foldFile } from "./fold-file.io.ts";
import { forget } from "./forget.io.ts";
import { openSnapshot } from "./snapshot.io.ts";
import { openRunWriter } from "./writer.io.ts";

const DIGEST = "ef".repeat(32);
const TEXT = "[placeholder of a prompt, 4711]";
const signal = new AbortController().signal;

let folder = "";
let lake = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-prompt-"));
  lake = join(folder, "lake");
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A look at a service that lists the one model of {@link lakeCard}. */
function look(address: string, n: number, digest = DIGEST): Observation {
  const [entry] = lakeObservation(1, n).models ?? [];
  if (entry === undefined) throw new Error("no entry");
  return lakeObservation(1, n, { address, host_name: null, models: [{ ...entry, name: "m", digest }] });
}

async function write(observations: readonly Observation[], cards: readonly Card[]): Promise<void> {
  const writer = await openRunWriter(lake, lakeRun(1));
  for (const observation of observations) writer.observation(observation);
  for (const card of cards) writer.card(card);
  await writer.close();
}

async function ask(sql: string): Promise<readonly object[]> {
  const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1 });
  try {
    return await snapshot.query(sql);
  } finally {
    await snapshot.close();
  }
}

const classed = (address: string, changes: Partial<Card> = {}): Card => ({
  ...lakeCard(address, true),
  system: { sha256: "ab".repeat(32), length: 99 },
  system_class: "guard-off",
  template_class: "none",
  signs_version: 1,
  ...changes,
});

const PROMPTS =
  "SELECT address, name, system_class, template_class, system_length, signs_version, shown_here FROM prompt ORDER BY address";

describe("the view prompt", () => {
  test("tells what a service showed itself, and of others only what three networks agree on", async () => {
    const witnesses = ["10.1.1.1", "10.1.2.1"].map((address) => classed(address));
    await write([look("10.1.1.1", 1), look("10.9.9.9", 2), look("10.8.8.8", 3, "aa".repeat(32))], witnesses);
    const row = { name: "m", system_class: "guard-off", template_class: "none", system_length: 99, signs_version: 1 };
    expect(await ask(PROMPTS)).toEqual([{ address: "10.1.1.1", ...row, shown_here: true }]);

    await write([], [classed("10.1.3.1", { seen_at: "2026-02-01T00:00:00.000Z" })]);
    expect(await ask(PROMPTS)).toEqual([
      { address: "10.1.1.1", ...row, shown_here: true },
      { address: "10.9.9.9", ...row, shown_here: false },
    ]);
  });

  test("the service's own latest card counts before what others agree on; one that lends nothing only for itself", async () => {
    const agreed = ["10.1.1.1", "10.1.2.1", "10.1.3.1"].map((address) => classed(address));
    const own = classed("10.9.9.9", { system_class: "benign", agreement: "0f".repeat(16), lends: false });
    const before = { ...own, seen_at: "2020-01-01T00:00:00.000Z", system_class: "fraud" } as const;
    await write([look("10.9.9.9", 1), look("10.8.8.8", 2)], [...agreed, before, own]);
    expect(await ask("SELECT address, system_class, shown_here FROM prompt ORDER BY address")).toEqual([
      { address: "10.8.8.8", system_class: "guard-off", shown_here: false },
      { address: "10.9.9.9", system_class: "benign", shown_here: true },
    ]);
  });

  test("a card that nobody judged is a row without classes", async () => {
    const unjudged = { system_class: null, template_class: null, signs_version: null };
    await write([look("10.1.1.1", 1)], [classed("10.1.1.1", unjudged)]);
    expect(await ask("SELECT system_class, template_class, signs_version FROM prompt")).toEqual([unjudged]);
  });
});

/** Files below the folder whose bytes hold the text of the prompt, as they lie on the disk. */
async function filesWithText(): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  const found: string[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if ((await stat(path)).isFile() && (await readFile(path)).includes(TEXT)) found.push(name);
  }
  return found;
}

describe("the text of a prompt", () => {
  const texts = "SELECT address, system_text FROM prompt_text";

  test("is kept when a survey of this lake wrote it, and no export bears it", async () => {
    await write([look("10.1.1.1", 1)], [classed("10.1.1.1", { system_text: TEXT })]);
    expect(await ask(texts)).toEqual([{ address: "10.1.1.1", system_text: TEXT }]);
    await exportLines(lake, join(folder, "out.jsonl"), signal);
    await exportViews(lake, JUDGEMENTS, join(folder, "csv"), "csv");
    const one = exportOneView(lake, JUDGEMENTS, "prompt_text", join(folder, "one.csv"), "csv");
    await expect(one).rejects.toThrow("no such view");
    expect((await filesWithText()).filter((name) => !name.startsWith("lake/"))).toEqual([]);
    expect(await readFile(join(folder, "out.jsonl"), "utf8")).toContain('"system_class":"guard-off"');
    expect(await readFile(join(folder, "csv", "prompt.csv"), "utf8")).toContain("guard-off");
  });

  test("is never taken from a file", async () => {
    const path = join(folder, "in.jsonl");
    await writeFile(path, `${JSON.stringify(classed("10.1.1.1", { system_text: TEXT }))}\n`);
    await foldFile(lake, path, { run: lakeRun(9) });
    await rm(path);
    expect(await ask(texts)).toEqual([]);
    expect(await ask("SELECT count(*) AS n FROM prompt")).toEqual([{ n: 0 }]);
    expect(await filesWithText()).toEqual([]);
  });

  test("is forgotten with its service", async () => {
    await write([look("10.1.1.1", 1)], [classed("10.1.1.1", { system_text: TEXT })]);
    expect(await filesWithText()).toHaveLength(1);
    const prefix = parsePrefix("10.1.1.1/32");
    if (!prefix.ok) throw new Error(prefix.error);
    await forget(lake, { kind: "addresses", prefixes: prefixSet([prefix.value]) });
    expect(await ask(texts)).toEqual([]);
    expect(await filesWithText()).toEqual([]);
  });
});
