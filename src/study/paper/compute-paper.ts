import type { Row } from "../../store/snapshot.ts";
import { type Lake, lakeFacts, type LakeFacts } from "../lake-facts.ts";
import type { StudyOutput } from "../study-output.ts";
import type { ClusterSums } from "../compare/bootstrap.ts";
import { sumsOf } from "../compare/compare.ts";
import { BASES, baseTables } from "./base-tables.ts";
import { type Needs, needsOf } from "./needs.ts";
import { type PaperTable, paperTable, undefinedTable } from "./paper-table.ts";
import type { SqlFile } from "./sql-file.ts";

/** What is asked of a lake. */
export interface PaperOrder {
  readonly outputs: readonly StudyOutput[];
  /** Query files by name, those of the base relations among them. */
  readonly files: ReadonlyMap<string, SqlFile>;
  /** Fewest hosts a shown cell may hold; 1 shows all. */
  readonly floor: number;
  /** Whether the method section is wanted: a single table does without. */
  readonly withMethod: boolean;
  /** Whether the sums by network that a comparison draws from are wanted. */
  readonly withSums: boolean;
  /** Told before each output: how many are done. */
  readonly progress?: (done: number, next: string) => void;
}

/** Every output of an order over one state of a lake. */
export interface Paper {
  readonly tables: readonly PaperTable[];
  readonly facts: LakeFacts;
  readonly floor: number;
  /** What the method section tells of this run; `null` when it was not asked for. */
  readonly run: Row | null;
  /** Sums of the compared figures by network; `null` when they were not asked for. */
  readonly sums: ClusterSums | null;
}

const MOST_TRIES = 5;

/** Answers the outputs of an order. When files of the lake were replaced meanwhile, all is asked again: a paper is of one state. */
export async function computePaper(lake: Lake, order: PaperOrder): Promise<Paper> {
  for (let tries = 1; ; tries += 1) {
    const { state } = lake;
    const paper = await computeOnce(lake, order);
    if (lake.state === state || tries === MOST_TRIES) return paper;
  }
}

async function computeOnce(lake: Lake, order: PaperOrder): Promise<Paper> {
  const { outputs, files, floor, progress } = order;
  const bases = baseTables(lake, files);
  const needs = needsOf(lake, bases);
  const facts = order.withMethod ? await lakeFacts(lake) : NOTHING_TOLD;
  const tables: PaperTable[] = [];
  for (const output of outputs) {
    progress?.(tables.length, output.id);
    tables.push(await computeTable(lake, output, fileOf(files, output.file), { bases, needs, floor }));
  }
  const run = order.withMethod ? await methodRow(lake, bases, files) : null;
  if (order.withSums) await bases.ready(BASES.join(" "));
  return { tables, facts, floor, run, sums: order.withSums ? await sumsOf(lake) : null };
}

/** Of a single table as CSV nothing of its lake is told. */
const NOTHING_TOLD: LakeFacts = {
  bases: [],
  scopes: [],
  runs: 0,
  syntheticRuns: 0,
  first: null,
  newest: null,
  carries: [],
  damaged: [],
};

/** The query that the method section reads. */
export const METHOD_FILE = "base/method";

async function methodRow(lake: Lake, bases: Means["bases"], files: PaperOrder["files"]): Promise<Row> {
  const { sql } = fileOf(files, METHOD_FILE);
  await bases.ready(sql);
  const [row] = await lake.query(sql);
  return row ?? {};
}

interface Means {
  readonly bases: { ready(sql: string): Promise<void> };
  readonly needs: Needs;
  readonly floor: number;
}

async function computeTable(lake: Lake, output: StudyOutput, file: SqlFile, means: Means): Promise<PaperTable> {
  await means.bases.ready(file.sql);
  const missing = await means.needs.missing(output.needs);
  if (missing !== null) return undefinedTable(output, file, missing);
  return paperTable(output, file, await lake.query(file.sql), means.floor);
}

function fileOf(files: ReadonlyMap<string, SqlFile>, name: string): SqlFile {
  const file = files.get(name);
  if (file === undefined) throw new TypeError(`no query file ${name}`);
  return file;
}
