import { join } from "node:path";
import { canonicalAddress } from "../model/address.ts";
import { LINE_LIMITS } from "../model/line-limits.ts";
import type { Result } from "../model/result.ts";
import { fail, ok } from "../model/result.ts";
import type { Engine } from "./engine.io.ts";
import { uniqueName } from "./lease.io.ts";
import { LINE_FIELDS } from "./line-field.ts";
import { isTexts } from "./line-rules.ts";
import { copyRareLines } from "./rare-lines.io.ts";
import type { KeyFunction, LineFile, ListColumn } from "./stage-sql.ts";
import {
  AS_PARQUET,
  cardSelect,
  LISTS,
  isStaged,
  listStatements,
  observationSelect,
  readTexts,
  stageCards,
  stagedTexts,
  stageObservations,
  sqlText,
  unusualAddresses,
  wholeLines,
} from "./stage-sql.ts";
import { TABLES } from "./table.ts";
import type { TableName } from "./table.ts";

/** What a file of lines holds, made ready in the engine: relations to copy from, and the rare lines themselves. */
export interface Staged {
  readonly lines: number;
  readonly observations: number;
  readonly cards: number;
  /** The dated tables that have rows, each with a select of its rows, its span, and whether a key comes twice. */
  readonly dated: readonly StagedTable[];
  /** Bridge tables that have rows. */
  readonly bridges: readonly ListColumn[];
  /** Run and checkpoint lines as JSON text, in no order. */
  readonly runs: readonly string[];
  readonly checkpoints: readonly string[];
}

export interface StagedTable {
  readonly table: TableName;
  readonly select: string;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly repeats: boolean;
}

/** What a stage needs to know of a file. */
export interface StageOptions {
  /** Stands in for `run: null`; needed only when the lines are read, so that an import's may still be computed meanwhile. */
  readonly run: string | Promise<string>;
  readonly workspace: string;
  /** A journal of this lake may hold checkpoints, and its run lines say when they were written. */
  readonly journal: boolean;
}

/** Reads a file of lines into the engine. Fails, with the engine's or the rule's words, when any line does not fit. */
export async function stage(engine: Engine, file: LineFile, options: StageOptions): Promise<Result<Staged, string>> {
  const hashed = await stageWith(engine, file, options, "hash");
  return hashed === "collision" ? settle(await stageWith(engine, file, options, "sha256")) : hashed;
}

function settle(result: Result<Staged, string> | "collision"): Result<Staged, string> {
  if (result === "collision") throw new Error("two texts of one file share a SHA-256");
  return result;
}

async function stageWith(
  engine: Engine,
  file: LineFile,
  options: StageOptions,
  key: KeyFunction,
): Promise<Result<Staged, string> | "collision"> {
  const kinds = options.journal ? ["card", "run", "checkpoint"] : ["card", "run"];
  const path = join(options.workspace, uniqueName("parquet"));
  const staged = `read_parquet(${sqlText(path)})`;
  try {
    await copy(engine, stageObservations(file, key, kinds, options.journal), path);
    const counts = await countStaged(engine, staged);
    if (counts.unfit > 0) return fail(`${counts.unfit} lines break a rule`);
    if (await hasOddAddress(engine, staged)) return fail("an address is not canonical");
    const bridges = LISTS.filter(({ field }) => counts[field] > 0);
    for (const list of LISTS) {
      if (
        (await stageList(engine, file, list, {
          key,
          staged,
          present: bridges.includes(list),
          journal: options.journal,
        })) === "collision"
      )
        return "collision";
    }
    const rare = options.journal ? await rareOf(file, counts, options.workspace) : file;
    const cards = counts.cards > 0 ? await stageCardTable(engine, rare, await options.run, options.journal) : [];
    const observations = await datedTable(engine, "observation", observationSelect(staged, await options.run));
    return ok({
      lines: counts.lines,
      observations: counts.observations,
      cards: counts.cards,
      dated: [...observations, ...cards],
      bridges,
      runs: counts.runs > 0 ? await texts(engine, wholeLines(rare, "run", runFields(options.journal))) : [],
      checkpoints: counts.checkpoints > 0 ? await texts(engine, wholeLines(rare, "checkpoint", CHECKPOINT_FIELDS)) : [],
    });
  } catch (error) {
    if (error instanceof Error && (error instanceof UnfitLine || DATA_ERROR.test(error.message)))
      return fail(error.message);
    throw error;
  }
}

/** What the engine says when lines are at fault; anything else (disk, memory, a wrong query) is not for the lines to answer. */
const DATA_ERROR = /^(?:Invalid Input Error|Conversion Error)/u;

/** A rule that a line breaks, told by throwing within one stage. */
class UnfitLine extends Error {}

const CHECKPOINT_FIELDS = ["run", "scope_hash", "shard", "at", "state"];

function runFields(journal: boolean): readonly string[] {
  return ["schema", ...Object.keys(LINE_FIELDS.run), ...(journal ? ["written_at"] : [])];
}

async function copy(engine: Engine, select: string, path: string): Promise<void> {
  await engine.run(`COPY (${select}) TO ${sqlText(path)} (${AS_PARQUET}, COMPRESSION lz4_raw)`);
}

type Counts = Readonly<
  Record<"lines" | "observations" | "cards" | "runs" | "checkpoints" | "unfit" | "models" | "running", number>
>;

async function countStaged(engine: Engine, staged: string): Promise<Counts> {
  const [row] =
    await engine.rows(`SELECT count(*)::DOUBLE AS lines, count_if(kind = 'observation')::DOUBLE AS observations,
    count_if(kind = 'card')::DOUBLE AS cards, count_if(kind = 'run')::DOUBLE AS runs,
    count_if(kind = 'checkpoint')::DOUBLE AS checkpoints, count_if(unfit)::DOUBLE AS unfit,
    count(models_key)::DOUBLE AS models, count(running_key)::DOUBLE AS running FROM ${staged}`);
  const of = (name: string): number => Number(row?.[name]);
  return {
    lines: of("lines"),
    observations: of("observations"),
    cards: of("cards"),
    runs: of("runs"),
    checkpoints: of("checkpoints"),
    unfit: of("unfit"),
    models: of("models"),
    running: of("running"),
  };
}

/** The rare lines in a file of their own; the whole file when the engine counted another number of them. */
async function rareOf(file: LineFile, counts: Counts, workspace: string): Promise<LineFile> {
  const path = join(workspace, uniqueName("jsonl"));
  const copied = await copyRareLines(file.path, path);
  return copied === counts.cards + counts.runs + counts.checkpoints ? { ...file, path } : file;
}

async function hasOddAddress(engine: Engine, staged: string): Promise<boolean> {
  const rows = await engine.rows(unusualAddresses(staged));
  return rows.some(({ address }) => typeof address !== "string" || canonicalAddress(address) !== address);
}

/** Makes the list's relations, empty ones when the file has no such list. */
async function stageList(
  engine: Engine,
  file: LineFile,
  list: ListColumn,
  how: {
    readonly key: KeyFunction;
    readonly staged: string;
    readonly present: boolean;
    readonly journal: boolean;
  },
): Promise<"collision" | "done"> {
  const { key, staged, present, journal } = how;
  const { field } = list;
  const keyType = key === "hash" ? "UBIGINT" : "VARCHAR";
  if (!present) {
    await engine.run(`CREATE OR REPLACE TEMP TABLE ${field}_list (key ${keyType}, n INTEGER, id BLOB)`);
    return "done";
  }
  const [distinct, ...rest] = listStatements(
    list,
    key,
    isStaged(list, journal) ? stagedTexts(list, staged) : readTexts(list, file),
  );
  await engine.run(distinct ?? "");
  const [told] = await engine.rows(`SELECT count(*) <> count(DISTINCT key) AS twice FROM ${field}_text`);
  if (told?.["twice"] === true) return "collision";
  for (const statement of rest) await engine.run(statement);
  if (file.isChecked === true) return "done";
  const [odd] = await engine.rows(`SELECT ${oddEntry(list)} AS odd FROM ${field}_entry`);
  if (odd?.["odd"] === true) throw new UnfitLine(`${field}: an entry does not fit`);
  return "done";
}

function oddEntry({ field }: ListColumn): string {
  const notList = (path: string): string => `coalesce(NOT ${isTexts(path)}, false)`;
  const lists = field === "models" ? [notList("u.capabilities"), notList("u.details.families")] : [];
  const sizes = field === "models" ? "abs(u.size)" : "greatest(abs(u.size), abs(u.size_vram))";
  const large = `coalesce(${sizes} > ${Number.MAX_SAFE_INTEGER}, false) OR strlen(canonical) > ${LINE_LIMITS.text}`;
  const many = `coalesce((SELECT max(n) FROM ${field}_list) > ${LINE_LIMITS[field]}, false)`;
  return `${many} OR coalesce(bool_or(${["u IS NULL OR u.name IS NULL", large, ...lists].join(" OR ")}), false)`;
}

async function stageCardTable(
  engine: Engine,
  file: LineFile,
  run: string,
  journal: boolean,
): Promise<readonly StagedTable[]> {
  await engine.run(`CREATE OR REPLACE TEMP TABLE card_stage AS ${stageCards(file)}`);
  const [told] = await engine.rows("SELECT count_if(unfit)::DOUBLE AS unfit FROM card_stage");
  if (Number(told?.["unfit"]) > 0) throw new UnfitLine("a card breaks a rule");
  if (await hasOddAddress(engine, "card_stage")) throw new UnfitLine("an address is not canonical");
  return datedTable(engine, "card", cardSelect("card_stage", run, journal));
}

async function datedTable(
  engine: Engine,
  table: "observation" | "card",
  select: string,
): Promise<readonly StagedTable[]> {
  const key = TABLES[table].key.map((name) => `"${name}"`).join(", ");
  const [told] = await engine.rows(`SELECT min(seen_at)::VARCHAR AS first_at, max(seen_at)::VARCHAR AS last_at,
    count(*) <> count(DISTINCT hash(${key})) AS repeats FROM (${select})`);
  const firstAt = told?.["first_at"];
  const lastAt = told?.["last_at"];
  if (typeof firstAt !== "string" || typeof lastAt !== "string") return [];
  return [{ table, select, firstAt, lastAt, repeats: told?.["repeats"] === true }];
}

async function texts(engine: Engine, select: string): Promise<readonly string[]> {
  const rows = await engine.rows(select);
  return rows.map(({ line }) => String(line));
}
