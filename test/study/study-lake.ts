import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JUDGEMENTS } from "../../src/classify/judgements.ts";
import type { LineRecord } from "../../src/format/observation-line.ts";
import { createLake } from "../../src/store/lake.io.ts";
import type { Row } from "../../src/store/snapshot.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";
import { BASES, baseFile, baseTables } from "../../src/study/paper/base-tables.ts";
import { loadSqlFiles } from "../../src/study/paper/sql-files.io.ts";
import { importFolder } from "../import/import-folder.ts";

/** A lake of hand-made lines with the study's relations over it. */
export interface StudyLake {
  /** The rows of a query file of `src/study/sql/` (`t6-lineage-ranks`). */
  rows(file: string): Promise<readonly Row[]>;
  /** The rows of one population, without that column, each as the list of its values in the order of its columns. */
  values(file: string, population: "all" | "without-decoys"): Promise<readonly (readonly unknown[])[]>;
  /** The rows of a query that names the study's relations. */
  ask(sql: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

/** Imports lines into a new lake as `corral import jsonl` does, and opens it. No line gives a lake that nobody wrote to. */
export async function studyLake(lines: readonly LineRecord[]): Promise<StudyLake> {
  const folder = lines.length === 0 ? await emptyLake() : await importedLake(lines);
  const lake = await openSnapshot(join(folder.path, "lake"), JUDGEMENTS);
  const bases = baseTables(lake, await loadSqlFiles(BASES.map(baseFile)));
  const ask = async (sql: string): Promise<readonly Row[]> => {
    await bases.ready(sql);
    return lake.query(sql);
  };
  const rows = async (name: string): Promise<readonly Row[]> => ask((await loadSqlFiles([name])).get(name)?.sql ?? "");
  return {
    ask,
    rows,
    async values(name, wanted) {
      const own = (await rows(name)).filter((row) => row["population"] === wanted);
      return own.map((row) => Object.keys(row).flatMap((column) => (column === "population" ? [] : [row[column]])));
    },
    async close() {
      await lake.close();
      await folder.remove();
    },
  };
}

interface Folder {
  readonly path: string;
  remove(): Promise<void>;
}

async function emptyLake(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), "corral-study-"));
  await createLake(join(path, "lake"));
  return { path, remove: () => rm(path, { recursive: true }) };
}

async function importedLake(lines: readonly LineRecord[]): Promise<Folder> {
  const folder = await importFolder();
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const ended = await folder.run(["jsonl", await folder.file("lines.jsonl", text)]);
  if (ended.exit !== 0) throw new Error(`${ended.errors}\n${ended.said}`);
  return folder;
}
