import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import type { FarmSpec } from "../farm/farm.ts";
import { ALL_DEEDS } from "../farm/hostile.ts";
import { endFleets, fleet } from "../support/fleet.ts";

afterEach(endFleets);

const CORRAL = join(import.meta.dirname, "../../bin/corral.js");
const VERSIONS = [
  "0.0.20",
  "0.1.14",
  "0.1.20",
  "0.1.37",
  "0.1.38",
  "0.3.14",
  "0.6.4",
  "0.9.0",
  "0.12.0",
  "0.17.1",
  "0.30.0",
];

/** What stands where, by the name it has in the table. */
const FLEET: Readonly<Record<string, FarmSpec>> = {
  ...Object.fromEntries(VERSIONS.map((version) => [`ollama ${version}`, { kind: "ollama", version } as const])),
  "empty 0.1.37": { kind: "ollama", version: "0.1.37", models: [] },
  "empty 0.6.4": { kind: "ollama", version: "0.6.4", models: [] },
  "under a path, not named": { kind: "ollama", version: "0.6.4", basePath: "/ollama" },
  "https only": { kind: "ollama", version: "0.6.4", tls: "always" },
  "dislikes pipelining": { kind: "ollama", version: "0.6.4", keeping: "answers-first-only" },
  "mixes answers up": { kind: "ollama", version: "0.6.4", keeping: "mixes-up" },
  "answers every path": { kind: "ollama", version: "0.6.4", everyPath: "/api/tags" },
  "fields from the future": { kind: "ollama", version: "0.6.4", fieldsOf: "0.30.0" },
  "login everywhere": { kind: "login", at: "everything" },
  "login at the list": { kind: "login", at: "tags" },
  "denied 403": { kind: "denied", status: 403 },
  "denied 407": { kind: "denied", status: 407 },
  koboldcpp: { kind: "emulator", product: "koboldcpp" },
  localai: { kind: "emulator", product: "localai" },
  "open-webui": { kind: "emulator", product: "open-webui" },
  sglang: { kind: "emulator", product: "sglang" },
  "llama-cpp": { kind: "emulator", product: "llama-cpp" },
  ...Object.fromEntries(ALL_DEEDS.map((deed) => [`hostile: ${deed}`, { kind: "hostile", deed } as const])),
  dead: { kind: "dead" },
  "black hole": { kind: "black-hole" },
};

const QUERY = `SELECT address, scheme, answer, confirmed, product, version, model_count, status, failure, signs, requests
  FROM observation ORDER BY address, scheme`;

type Cell = string | number | boolean | null;
type Row = Readonly<Record<string, Cell | readonly string[]>>;

async function corral(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [CORRAL, ...args], {
    cwd: folder,
    env: { ...process.env, INIT_CWD: folder },
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

function line(name: string, row: Row | undefined, asked: number): string {
  if (row === undefined) return `| ${name} | no row: counted in the run | | | | | | | | ${asked} |`;
  const { scheme, answer, confirmed, product, version, model_count: models, status, failure, signs } = row;
  const cells = [name, answer, confirmed, scheme, product, version, models, status, failure, signs];
  const text = cells.map((cell) =>
    Array.isArray(cell) ? cell.join(" ") : String(cell ?? "").replaceAll(/[[\]"]/gu, ""),
  );
  return `| ${[...text, String(asked)].join(" | ")} |`;
}

const HEAD = [
  "| what stood there | answer | confirmed | scheme | product | version | models | status | failure | signs | connections and requests |",
  "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
];

test("a mixed fleet, surveyed from the command line, is recorded as it is", { timeout: 120_000 }, async () => {
  const names = Object.keys(FLEET);
  const { farm, here } = await fleet(Object.values(FLEET), { depth: "metadata" });
  const run = JSON.parse(await corral(here.folder, "survey", "--scope", "scope.yaml", "--lake", "lake", "--json")) as {
    readonly coverage: Readonly<Record<string, number>>;
  };
  const rows = JSON.parse(await corral(here.folder, "sql", "--lake", "lake", "--json", QUERY)) as readonly Row[];
  const table = names.map((name, index) => {
    const row = rows.find(({ address }) => address === farm.hosts[index]?.address);
    return line(name, row, typeof row?.["requests"] === "number" ? row["requests"] : 1);
  });
  await expect(`${[...HEAD, ...table].join("\n")}\n`).toMatchFileSnapshot("mixed-fleet.md");
  expect(run.coverage["finished"]).toBe(names.length);
  expect(Math.max(...names.map((_, index) => farm.asked(index).length))).toBeLessThanOrEqual(6);
});
