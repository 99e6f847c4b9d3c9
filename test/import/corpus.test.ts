import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FileReport } from "../../src/intake/file-report.ts";
import { IMPORT_FORMATS } from "../../src/intake/import-format.ts";

const MAIN = join(import.meta.dirname, "../../src/cli/main.ts");
const CORPUS = join(import.meta.dirname, "../../corpus/import");

/** One file of the corpus and what it must give. */
interface Expected {
  readonly file: string;
  readonly options: readonly string[];
  readonly skipped: number;
  readonly rejects: readonly object[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** What a row says when `expected.json` does not. */
const USUAL = { base_path: "/", answer: "other", confirmed: false, signs: [] };

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "corral-corpus-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function corral(...args: readonly string[]): {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
} {
  const { INIT_CWD: _, ...env } = process.env;
  const ran = spawnSync(process.execPath, [MAIN, ...args], { cwd: folder, env, encoding: "utf8" });
  return { exit: ran.status, out: ran.stdout, err: ran.stderr };
}

const cases = readdirSync(CORPUS, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .flatMap(({ name }) => {
    const files = readdirSync(join(CORPUS, name)).filter((file) => /^expected.*\.json$/u.test(file));
    return files.map((file) => ({ name: `${name} ${file}`, format: name, file }));
  });

test("every foreign format but Censys, whose file is long since tested, has a corpus", () => {
  const formats = new Set(cases.map(({ format }) => format));
  expect([...formats].toSorted()).toEqual(
    Object.keys(IMPORT_FORMATS)
      .filter((name) => name !== "jsonl" && name !== "censys")
      .toSorted(),
  );
});

describe.each(cases)("$name", ({ format, file }) => {
  const expected = JSON.parse(readFileSync(join(CORPUS, format, file), "utf8")) as Expected;
  const path = join(CORPUS, format, expected.file);

  test("gives exactly its rows and rejects, and nothing the second time", { timeout: 60_000 }, () => {
    const lake = file.replace(".json", `-${format}`);
    const first = corral("import", format, path, "--lake", lake, "--json", ...expected.options);
    const [report] = (JSON.parse(first.out) as { files: FileReport[] }).files;
    expect(report).toMatchObject({
      format,
      new_observations: expected.rows.length,
      already_there: 0,
      skipped: expected.skipped,
      rejected: expected.rejects.length,
    });
    expect(first.exit).toBe(expected.rejects.length === 0 ? 0 : 3);
    expect(rejectsOf(report)).toEqual(expected.rejects.map((one) => ({ file: path, ...one })));
    expect(rowsOf(lake)).toEqual(expected.rows.map((row) => ({ ...USUAL, ...row })).toSorted(byKey));

    const second = corral("import", "--detect", path, "--lake", lake, "--json", ...expected.options);
    expect(JSON.parse(second.out)).toMatchObject({
      files: [{ format, run: report?.run, new_observations: 0, already_there: expected.rows.length }],
    });
  });
});

function rejectsOf(report: FileReport | undefined): unknown[] {
  if (report === undefined || report.rejects_file === null) return [];
  const rows = readFileSync(report.rejects_file, "utf8").trimEnd().split("\n");
  return rows.map((row) => JSON.parse(row) as unknown);
}

/** The observations of a lake in the order of their keys, without what is null and what every line has. */
function rowsOf(lake: string): unknown[] {
  corral("export", "--lake", lake, "--format", "jsonl", "--out", `${lake}.jsonl`);
  const lines = readFileSync(join(folder, `${lake}.jsonl`), "utf8")
    .trimEnd()
    .split("\n");
  const rows = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ kind }) => kind === "observation");
  const isTold = ([key, value]: [string, unknown]): boolean =>
    value !== null && !["kind", "schema", "run"].includes(key);
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(isTold))).toSorted(byKey);
}

type Row = Readonly<Record<string, unknown>>;

function byKey(one: Row, other: Row): number {
  return keyOf(one).localeCompare(keyOf(other), "en");
}

function keyOf({ scheme, address, port, seen_at: seen }: Row): string {
  return JSON.stringify([scheme, address, port, seen]);
}
