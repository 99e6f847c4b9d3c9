import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Card } from "../../src/model/card.ts";
import type { OptionValues } from "../../src/model/command.ts";
import { Complaint } from "../../src/model/complaint.ts";
import type { Observation } from "../../src/model/observation.ts";
import type { Run } from "../../src/model/run.ts";
import { sampleCampaign } from "../../src/simulate/sample-campaign.ts";
import { compactLake } from "../../src/store/compact.io.ts";
import { foldFile } from "../../src/store/fold-file.io.ts";
import { createLake } from "../../src/store/lake.io.ts";
import { STUDY_OUTPUTS } from "../../src/study/catalogue/study-outputs.ts";
import { lintPaper } from "../../src/study/paper/lint-paper.ts";
import { paperJsonSchema, paperSchema } from "../../src/study/paper/paper-schema.ts";
import { runStudy } from "../../src/study/paper/study-command.io.ts";
import { lakeRun } from "../support/lake-lines.ts";
import { testTerminal } from "../support/test-terminal.ts";

let folder = "";
const LINES = [...sampleCampaign("study", { hosts: 120, days: 40, from: "2026-06-10", targets: 256 })];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-study-command-"));
  await fold("whole", [LINES]);
  const cut = Math.floor(LINES.length / 3);
  await fold("pieces", [LINES.slice(cut), LINES.slice(0, cut), LINES.slice(cut - 50, cut + 50)]);
  await createLake(join(folder, "empty"));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fold(name: string, pieces: readonly (readonly (Observation | Card | Run)[])[]): Promise<void> {
  for (const [index, lines] of pieces.entries()) {
    const file = join(folder, `${name}-${index}.jsonl`);
    await writeFile(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    await foldFile(join(folder, name), file, { run: lakeRun(0) });
  }
}

async function study(
  options: OptionValues,
): Promise<{ readonly exit: number; readonly out: string; readonly said: string }> {
  const terminal = testTerminal(folder);
  const exit = await runStudy([], options, terminal);
  return { exit, ...terminal.written };
}

async function filesOf(name: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(join(folder, name), { recursive: true }))
    .filter((one) => /\.\w+$/u.test(one))
    .toSorted();
  return new Map(
    await Promise.all(names.map(async (one) => [one, await readFile(join(folder, name, one), "utf8")] as const)),
  );
}

describe("a whole study", () => {
  test("is the same to the byte, in whatever pieces and order its lake was filled, compacted or not", async () => {
    expect((await study({ lake: "whole", out: "a", compare: "published" })).exit).toBe(0);
    expect((await study({ lake: "pieces", out: "b", compare: "published" })).exit).toBe(0);
    await compactLake(join(folder, "pieces"));
    expect((await study({ lake: "pieces", out: "c", compare: "published" })).exit).toBe(0);
    const [a, b, c] = await Promise.all(["a", "b", "c"].map(filesOf));
    expect([...(a?.keys() ?? [])].filter((name) => !name.startsWith("csv/"))).toEqual([
      "study.html",
      "study.json",
      "study.md",
    ]);
    expect(a?.size).toBe(3 + STUDY_OUTPUTS.length);
    expect(b).toEqual(a);
    expect(c).toEqual(a);
  }, 120_000);

  test("fits its published schema, and states what rule R18 asks for", async () => {
    const record: unknown = JSON.parse((await filesOf("a")).get("study.json") ?? "");
    const { $schema: _, ...schema } = paperJsonSchema() as Record<string, unknown>;
    const validate = new Ajv({ schemaId: "auto" }).compile(schema);
    expect([validate(record), validate.errors]).toEqual([true, null]);
    expect(lintPaper(paperSchema.parse(record))).toEqual([]);
  });

  test("tells no address, runs no script, asks for nothing outside of itself", async () => {
    const files = await filesOf("a");
    const addresses = new Set(LINES.flatMap((line) => (line.kind === "observation" ? [line.address] : [])));
    expect(addresses.size).toBeGreaterThan(100);
    for (const [name, text] of files) {
      expect([name, [...addresses].filter((address) => text.includes(address))]).toEqual([name, []]);
    }
    const html = files.get("study.html") ?? "";
    expect(html).not.toMatch(/<script|<link|<img|\ssrc=|url\(\s*["']?https?:|@import/u);
  });

  test("draws its figures as pictures on demand, the same each time", async () => {
    expect((await study({ lake: "whole", out: "p", format: "png" })).exit).toBe(0);
    expect((await study({ lake: "pieces", out: "q", format: "png" })).exit).toBe(0);
    const names = await readdir(join(folder, "p/png"));
    expect(names).toEqual(
      expect.arrayContaining(["f1-countries.png", "t7b-inventory-sizes.png", "concentration-curve.png"]),
    );
    for (const name of names) {
      const [one, other] = await Promise.all(["p", "q"].map((out) => readFile(join(folder, out, "png", name))));
      expect(one?.subarray(1, 4).toString()).toBe("PNG");
      expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true);
    }
  }, 120_000);

  test("says of every output what it counts, of whom, and where that is written", async () => {
    const { outputs } = paperSchema.parse(JSON.parse((await filesOf("a")).get("study.json") ?? ""));
    expect(outputs.map(({ id }) => id)).toEqual(STUDY_OUTPUTS.map(({ id }) => id));
    const html = (await filesOf("a")).get("study.html") ?? "";
    expect(outputs.filter(({ title }) => !html.includes(title)).map(({ id }) => id)).toEqual([]);
  });
});

describe("lakes that cannot answer", () => {
  test("an empty lake: every output but counts of nothing is undefined, with the reason", async () => {
    expect((await study({ lake: "empty", out: "none" })).exit).toBe(0);
    const { outputs, methods } = paperSchema.parse(JSON.parse((await filesOf("none")).get("study.json") ?? ""));
    const told = outputs.filter(({ undefined_because }) => undefined_because === null).map(({ id }) => id);
    expect(told.every((id) => ["T1", "coverage", "other-products"].includes(id))).toBe(true);
    expect(methods["population"]).toMatch(/^Empty:/u);
  });

  test("a lake of one day is a snapshot: what needs time is not defined, the rest is", async () => {
    await fold("one-day", [LINES.filter((line) => line.kind !== "run" && line.seen_at.startsWith("2026-06-10"))]);
    expect((await study({ lake: "one-day", out: "day", compare: "published" })).exit).toBe(0);
    const record = paperSchema.parse(JSON.parse((await filesOf("day")).get("study.json") ?? ""));
    const reason = new Map(record.outputs.map(({ id, undefined_because }) => [id, undefined_because]));
    expect(reason.get("F3")).toBeNull();
    expect(reason.get("T2")).toBe("somebody looked on one day only");
    expect(reason.get("weekly")).toBe("somebody looked in one week only");
    expect(record.methods["population"]).toMatch(/^A snapshot:/u);
    expect(record.comparisons.every(({ points }) => points === null)).toBe(true);
    expect(record.comparisons.find(({ item }) => item === "tools")?.says).toBe(
      "not comparable: one is a snapshot, the other a union",
    );
  });
});

describe("one table", () => {
  test("goes to stdout as CSV, in any case of its name", async () => {
    const { exit, out } = await study({ lake: "whole", table: "t2" });
    expect(exit).toBe(0);
    expect(out.split("\n")[0]).toBe("population,class,hosts,of_hosts,observations,of_observations");
  });

  test("or into a folder, in the formats asked for", async () => {
    const { out } = await study({ lake: "whole", table: "F3", format: "md,json", out: "one" });
    expect(out).toBe(`${join(folder, "one/F3.md")}\n${join(folder, "one/F3.json")}\n`);
  });
});

test("what a lake keeps of one answer is not told to who asks with other rules on networks", async () => {
  const networks = new Set(
    LINES.flatMap((line) => (line.kind === "observation" && line.asn !== null ? [line.asn] : [])),
  );
  await writeFile(join(folder, "own.csv"), [...networks].map((asn) => `AS${asn},education,academic\n`).join(""));
  const plain = await study({ lake: "whole", table: "T3b" });
  const own = await study({ lake: "whole", table: "T3b", "network-overrides": "own.csv" });
  const again = await study({ lake: "whole", table: "T3b" });
  expect(own.out).not.toBe(plain.out);
  expect(own.out).toMatch(/^all,academic,(\d+),\1,0$/mu);
  expect(again.out).toBe(plain.out);
});

describe("a window", () => {
  test("counts what was seen within it, first and last day included", async () => {
    const within = LINES.filter(
      (line): line is Observation =>
        line.kind === "observation" && line.seen_at >= "2026-06-20" && line.seen_at < "2026-06-25",
    );
    const counted = within.filter(({ confirmed, product }) => confirmed && (product === null || product === "ollama"));
    const hosts = new Set(counted.map(({ address }) => address)).size;
    const { out } = await study({ lake: "whole", table: "T1", from: "2026-06-20", until: "2026-06-24" });
    const [names = "", all = ""] = out.split("\n");
    const told = Object.fromEntries(names.split(",").map((name, at) => [name, all.split(",")[at]]));
    expect(told).toMatchObject({ observations: String(counted.length), hosts: String(hosts), days: "5" });
  });
});

describe("two lakes side by side", () => {
  test("a lake beside itself differs by nothing, and its interval holds nothing", async () => {
    await study({ lake: "whole", out: "both", compare: "pieces", format: "json" });
    const { comparisons } = paperSchema.parse(JSON.parse((await filesOf("both")).get("study.json") ?? ""));
    const shares = comparisons.filter(({ points }) => points !== null);
    expect(shares.length).toBeGreaterThan(20);
    expect(shares.every(({ points }) => points === 0)).toBe(true);
    expect(shares.every(({ low, high }) => low === null || (low <= 0 && (high ?? -1) >= 0))).toBe(true);
  });
});

describe("what is refused", () => {
  test.each<[string, OptionValues, string]>([
    ["no folder", { lake: "whole" }, "--out: is missing"],
    ["an unknown table", { lake: "whole", table: "T66" }, '--table: no such output: "T66"'],
    ["an unknown format", { lake: "whole", out: "x", format: "pdf" }, '--format: no such format: "pdf"'],
    [
      "two formats to stdout",
      { lake: "whole", table: "T6", format: "csv,md" },
      "--format: one format only goes to stdout",
    ],
    ["a floor of nothing", { lake: "whole", out: "x", k: "0" }, '--k: not a whole number from 1 to 1000: "0"'],
    [
      "a comparison of one table",
      { lake: "whole", table: "T6", compare: "published" },
      "--compare: goes with a whole study",
    ],
  ])("%s", async (_name, options, words) => {
    const error: unknown = await study(options).catch((one: unknown) => one);
    if (!(error instanceof Complaint)) throw new Error("it was taken");
    expect(error.problems.map(({ place, message }) => `${place}: ${message}`).join("\n")).toContain(words);
  });

  test("a floor below 5 of what others own", async () => {
    const real = LINES.map((line) => (line.kind === "run" ? { ...line, synthetic: false } : line));
    await fold("research", [real]);
    await expect(study({ lake: "research", out: "x", k: "2" })).rejects.toThrow(Complaint);
    expect((await study({ lake: "whole", table: "F1", k: "1" })).exit).toBe(0);
  });
});
