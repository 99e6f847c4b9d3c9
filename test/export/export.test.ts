import { mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import Ajv from "ajv";
import draft4 from "ajv/lib/refs/json-schema-draft-04.json" with { type: "json" };
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Observation } from "../../src/model/observation.ts";
import { openEngine } from "../../src/store/engine.io.ts";
import { openRunWriter } from "../../src/store/writer.io.ts";
import { corral } from "../diff/diff-case.ts";
import type { Ended } from "../diff/diff-case.ts";
import { lakeObservation, lakeRun } from "../support/lake-lines.ts";
import { HAS_VALIDATORS, validated } from "./validators.ts";

const HOSTILE = "=cmd|' /C calc'!A0\u001b[2J\u202e";
/** Seven hosts in one network, three alone, one of them hostile. */
const SEEN: readonly Observation[] = [
  ...[1, 2, 3, 4, 5, 6, 7].map((n) => lakeObservation(1, n, { address: `192.0.2.${n}` })),
  lakeObservation(1, 20, {
    address: "2001:db8:7::1",
    version: HOSTILE,
    server: "@SUM(1)",
    title: "\t+1+1",
    organisation: "-2+3",
    city: "-12.5",
    host_name: "evil.example",
    base_path: "/ollama",
  }),
  lakeObservation(1, 21, {
    address: "2001:db8:8::1",
    scheme: "https",
    port: 443,
    version: "0.30.1",
    organisation: "Example University",
  }),
  lakeObservation(1, 22, {
    address: "198.51.100.1",
    answer: "login",
    confirmed: false,
    product: "open-webui",
    version: null,
    models: null,
    running: null,
  }),
];
const ADDRESSES = [...new Set(SEEN.map(({ address }) => address))];
const FORMATS = ["stix", "sarif", "ocsf"] as const;

/** Python compiles what it reads at the first run. */
const SLOW = { timeout: 120_000 };

let folder = "";
const run = (...args: readonly string[]): Promise<Ended> => corral(folder, args);
const text = (name: string): Promise<string> => readFile(join(folder, name), "utf8");

async function makeLake(name: string, basis: string): Promise<void> {
  const writer = await openRunWriter(join(folder, name), lakeRun(1, { synthetic: false, basis }));
  for (const one of SEEN) writer.observation(one);
  await writer.close();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-export-"));
  await makeLake("own", "own");
  await makeLake("research", "research");
  for (const format of FORMATS) {
    await run("export", "--lake", "own", "--format", format, "--out", `full.${format}`, "--full");
    await run("export", "--lake", "own", "--format", format, "--out", `cut.${format}`);
  }
}, 120_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface SarifLog {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number; readonly guid: string }[];
    },
  ];
}

describe("SARIF", () => {
  test.for(["full.sarif", "cut.sarif"])("%s fits the published schema of SARIF 2.1.0", async (name) => {
    const ajv = new Ajv({ schemaId: "auto", allErrors: true });
    ajv.addMetaSchema(draft4);
    const check = ajv.compile(sarifSchema);
    check(JSON.parse(await text(name)));
    expect(check.errors).toBe(null);
    check({ version: "2.1.0", runs: [{}] });
    expect(check.errors).not.toBe(null);
  });

  test("a result for every failed check, each by its rule and with an id of its own", async () => {
    const [{ tool, results }] = (JSON.parse(await text("full.sarif")) as SarifLog).runs;
    const fails = await run("sql", "--lake", "own", "--json", "SELECT check_id FROM finding WHERE outcome = 'fail'");
    const failed = (JSON.parse(fails.out) as readonly { readonly check_id: string }[]).map((one) => one.check_id);
    expect(results.map(({ ruleId }) => ruleId).toSorted()).toEqual(failed.toSorted());
    expect(failed).toContain("no-login");
    expect(results.every(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId)).toBe(true);
    expect(new Set(results.map(({ guid }) => guid)).size).toBe(results.length);
  });
});

describe("STIX", () => {
  interface Software {
    readonly type: string;
    readonly name?: string;
  }

  test("names every product that was seen, not Ollama alone", async () => {
    const { objects } = JSON.parse(await text("full.stix")) as { readonly objects: readonly Software[] };
    const names = objects.filter(({ type }) => type === "software").map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(["ollama", "open-webui"]));
  });
});

describe("what closes it", () => {
  test.for(FORMATS)("%s: a campus is told what a campus can do, a network of many what anybody can", async (format) => {
    expect((await text(`full.${format}`)).match(/institution's network operations/gu)?.length).toBeGreaterThan(0);
    expect(await text(`cut.${format}`)).not.toContain("institution's network operations");
  });
});

describe.runIf(HAS_VALIDATORS)("by validators of others (.ci/python-requirements.txt)", () => {
  test.for(["full.stix", "cut.stix"])("%s: OASIS stix2-validator, strict, and the ids of stix2", SLOW, async (name) => {
    const { read, errors } = validated("stix", join(folder, name));
    expect(errors).toEqual([]);
    expect(read).toBe((JSON.parse(await text(name)) as { readonly objects: readonly unknown[] }).objects.length);
    expect(read).toBeGreaterThan(10);
  });

  test.for(["full.ocsf", "cut.ocsf"])("%s: the JSON Schema of its class, OCSF 1.5.0", SLOW, async (name) => {
    const { read, errors } = validated("ocsf", join(folder, name));
    expect(errors).toEqual([]);
    expect(read).toBe((await text(name)).split("\n").length - 1);
    expect(read).toBeGreaterThan(1);
  });
});

describe("R14: what is shared names no host", () => {
  test.for(FORMATS)("%s: networks of five hosts or more, and no address", async (format) => {
    const cut = await text(`cut.${format}`);
    expect(cut).toContain("192.0.2.0/24");
    expect(ADDRESSES.filter((address) => cut.includes(`${address}"`) || cut.includes(`${address}:`))).toEqual([]);
    expect(cut).not.toMatch(/2001:db8:7|2001:db8:8|198\.51\.100|evil\.example|cmd/u);
    const full = await text(`full.${format}`);
    expect(ADDRESSES.filter((address) => full.includes(address)).length).toBeGreaterThanOrEqual(9);
  });

  test("what was held back is counted; --full is for own and contract scopes", async () => {
    const cut = await run("export", "--lake", "research", "--format", "sarif", "--out", "again.sarif");
    expect(cut.code).toBe(0);
    expect(cut.said).toMatch(/^held back: \d+ networks? with fewer than 5 hosts each; --full names services/mu);
    const full = await run("export", "--lake", "research", "--format", "stix", "--out", "none", "--full");
    expect([full.code, full.out]).toEqual([2, ""]);
    expect(full.said).toContain("not of an own or contract scope: research");
    expect(await readdir(folder)).not.toContain("none");
  });
});

test.for(FORMATS)("%s: once more it is the same, byte for byte, and readable by its owner alone", async (format) => {
  await run("export", "--lake", "own", "--format", format, "--out", `more.${format}`, "--full");
  expect(await text(`more.${format}`)).toBe(await text(`full.${format}`));
  expect((await stat(join(folder, `more.${format}`))).mode & 0o077).toBe(0);
});

test("no control character of a server stands in any of them", async () => {
  for (const format of FORMATS) {
    const full = await text(`full.${format}`);
    expect(full).not.toMatch(/[^\P{C}\n]|\\u001b|\\u202e/u);
    expect(full).toContain("⟨U+202E⟩");
  }
});

describe("CSV and Parquet of one view", () => {
  test("no cell is a formula, no row breaks; a number stays one", async () => {
    const { code } = await run("export", "--lake", "own", "--format", "csv", "--view", "observation", "--out", "o.csv");
    expect(code).toBe(0);
    const csv = await text("o.csv");
    expect(csv).not.toMatch(/(?:^|,)"?[=+@]/mu);
    expect(csv).toContain(",'=cmd|' /C calc'!A0�[2J�,");
    expect(csv).toContain(",'@SUM(1),'�+1+1,");
    expect(csv).toContain(",-12.5,");
    expect(csv).toContain(",'-2+3,");
    expect(csv.split("\n").length).toBe(SEEN.length + 2);
    expect((await stat(join(folder, "o.csv"))).mode & 0o077).toBe(0);
  });

  test("what corral sql --csv prints is no formula either", async () => {
    const { out } = await run(
      "sql",
      "--lake",
      "own",
      "--csv",
      "SELECT organisation, city FROM observation WHERE city IS NOT NULL",
    );
    expect(out).toBe("organisation,city\n'-2+3,-12.5\n");
  });

  test("Parquet keeps every text as it was", async () => {
    await run("export", "--lake", "own", "--format", "parquet", "--view", "observation", "--out", "o.parquet");
    const engine = await openEngine({ spill: join(folder, "spill"), memoryMiB: 128, threads: 1 });
    const rows = await engine.rows(`SELECT version FROM '${join(folder, "o.parquet")}' WHERE city IS NOT NULL`);
    engine.close();
    expect(rows).toEqual([{ version: HOSTILE }]);
  });
});
