import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { judgementsWith } from "../../src/classify/judgements.ts";
import { parseNetworkOverrides } from "../../src/classify/network-overrides.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";
import { baseFile, BASES, baseTables } from "../../src/study/paper/base-tables.ts";
import { loadSqlFiles } from "../../src/study/paper/sql-files.io.ts";

export type Row = Readonly<Record<string, unknown>>;

const FOLDER = join(import.meta.dirname, "../../src/study/sql");

/** Runs every file of SQL of the study over a lake. */
export async function studyRows(lake: string, overrides: string): Promise<ReadonlyMap<string, readonly Row[]>> {
  const told = parseNetworkOverrides(overrides, "overrides");
  if (!told.ok) throw new Error(JSON.stringify(told.error));
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".sql")).map((name) => name.slice(0, -4));
  const files = await loadSqlFiles([...names, ...BASES.map(baseFile)]);
  const rows = new Map<string, readonly Row[]>();
  const snapshot = await openSnapshot(lake, judgementsWith(told.value));
  try {
    const bases = baseTables(snapshot, files);
    for (const name of names) {
      const file = files.get(name);
      if (file === undefined) continue;
      await bases.ready(file.sql);
      rows.set(file.id, await snapshot.query(file.sql));
    }
  } finally {
    await snapshot.close();
  }
  return rows;
}

/** How far two numbers may lie apart, in parts: sums of floating numbers depend on their order. */
const TOLERANCE = 1e-7;

/** What two sets of rows do not share: rows are paired by their texts and whole numbers, then other numbers are compared. */
export function differences(truth: readonly Row[], told: readonly Row[]): readonly string[] {
  const wanted = new Map(truth.map((row) => [keyText(row, truth[0] ?? row), row]));
  const given = new Map(told.map((row) => [keyText(row, truth[0] ?? row), row]));
  const missing = [...wanted.keys()].filter((key) => !given.has(key)).map((key) => `missing: ${key}`);
  const extra = [...given.keys()].filter((key) => !wanted.has(key)).map((key) => `too much: ${key}`);
  const apart = [...wanted].flatMap(([key, row]) => {
    const other = given.get(key);
    if (other === undefined) return [];
    return Object.keys(row)
      .filter((name) => isMeasure(name) && !isNear(row[name], other[name]))
      .map((name) => `${key}: ${name} is ${String(other[name])}, not ${String(row[name])}`);
  });
  const doubled = wanted.size < truth.length || given.size < told.length ? ["rows that cannot be told apart"] : [];
  return [...doubled, ...missing, ...extra, ...apart];
}

const MEASURES = /^(?:mean_|median_|effective_number|hhi|top_share|gini|lift|chapman|low$|high$)/u;
const isMeasure = (name: string): boolean => MEASURES.test(name);

function isNear(one: unknown, other: unknown): boolean {
  if (one === null || other === null) return one === other;
  const [wanted, given] = [Number(one), Number(other)];
  return Math.abs(wanted - given) <= TOLERANCE * Math.max(1, Math.abs(wanted));
}

function keyText(row: Row, like: Row): string {
  const names = [...new Set([...Object.keys(row), ...Object.keys(like)])].filter((name) => !isMeasure(name)).toSorted();
  return names.map((name) => `${name}=${valueText(row[name])}`).join(" ");
}

const AT_MIDNIGHT = /^(\d{4}-\d{2}-\d{2})[T ]00:00:00[^"]*$/u;

/** A value as text: a date is a date, however it was read. */
function valueText(value: unknown): string {
  if (value === undefined) return "no column";
  if (typeof value === "string") return value.replace(AT_MIDNIGHT, "$1");
  return JSON.stringify(typeof value === "bigint" ? Number(value) : value);
}
