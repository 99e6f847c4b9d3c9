import type { DuckDBResult, Json } from "@duckdb/node-api";
import type { Judgements } from "../model/judgements.ts";
import type { Judged } from "./judged.io.ts";
import { judgedTables } from "./judged.io.ts";
import { existingLake } from "./lake.io.ts";
import type { LakePaths } from "./lake.io.ts";
import { oneSelect, sqlComplaint } from "./one-select.io.ts";
import { harmedFiles, toLeaveOut } from "./harmed-files.io.ts";
import { digest, keepTable, makeTable, programMark, readTable } from "./kept.io.ts";
import { MOST_TRIES, openTables } from "./open-tables.io.ts";
import type { OpenTables } from "./open-tables.io.ts";
import type { Answer, Damage, Row, Snapshot, SnapshotOptions, Value } from "./snapshot.ts";
import { valueOf } from "./value.io.ts";

/** What the engine says when a segment cannot be read. */
const FILE_TROUBLE =
  /^(?:IO Error|Invalid Input Error|Invalid Error|Serialization Error|TProtocolException|Corrupt)|\.parquet/u;

/** Opens a lake for questions. Throws a Complaint when there is none. */
export async function openSnapshot(
  root: string,
  judgements: Judgements,
  options: SnapshotOptions = {},
): Promise<Snapshot> {
  const paths = await existingLake(root);
  const take = async (without: readonly Damage[]): Promise<State> => {
    const tables = await openTables(paths, options, without);
    return { tables, judged: judgedTables(tables.engine, judgements) };
  };
  return new LakeSnapshot(paths, take, await take([]), { stopped: options.stopped ?? NEVER, mark: judgements.mark });
}

interface State {
  readonly tables: OpenTables;
  readonly judged: Judged;
}

const NEVER = new AbortController().signal;
/** An interrupt is heard by the statement that runs; one that is only about to begin does not hear it, so it is said again. */
const AGAIN_MS = 50;

interface Asked {
  readonly stopped: AbortSignal;
  readonly mark: string;
}

/** A temporary table of this snapshot. */
interface MadeTable {
  readonly name: string;
  readonly select: string;
  readonly key: string;
}

type Take = (without: readonly Damage[]) => Promise<State>;

/** Owns the open tables, and takes new ones when the files below them go. */
class LakeSnapshot implements Snapshot {
  readonly #paths: LakePaths;
  readonly #take: Take;
  readonly #stopped: AbortSignal;
  readonly #stop = (): void => {
    this.#interrupting ??= setInterval(() => this.#state.tables.engine.connection.interrupt(), AGAIN_MS);
    this.#state.tables.engine.connection.interrupt();
  };
  #interrupting: NodeJS.Timeout | null = null;
  #state: State;
  readonly #mark: string;
  readonly #tables: MadeTable[] = [];

  constructor(paths: LakePaths, take: Take, state: State, { stopped, mark }: Asked) {
    this.#paths = paths;
    this.#take = take;
    this.#state = state;
    this.#stopped = stopped;
    this.#mark = mark;
    stopped.addEventListener("abort", this.#stop, { once: true });
  }

  get damaged(): readonly Damage[] {
    return this.#state.tables.damaged;
  }

  get state(): string {
    return this.#state.tables.kept.state;
  }

  async query(sql: string): Promise<readonly Row[]> {
    return this.#trying(async () => {
      const { columns, batches } = await this.#start(sql);
      const rows: Row[] = [];
      for await (const batch of batches) {
        for (const cells of batch)
          rows.push(Object.fromEntries(columns.map(({ name }, at) => [name, cells[at] ?? null])));
      }
      return rows;
    });
  }

  async table(name: string, select: string): Promise<void> {
    const key = await this.#trying(() => this.#makeTable(name, select));
    this.#tables.push({ name, select, key });
  }

  /** Makes or reads a table; its key names all that it is made of: state, program, rules, query, and the tables that this reads. */
  async #makeTable(name: string, select: string): Promise<string> {
    const { tables, judged } = this.#state;
    const read = this.#tables.filter((one) => new RegExp(`\\b${one.name}\\b`, "u").test(select)).map((one) => one.key);
    const key = digest([tables.kept.state, await programMark(), this.#mark, ...read, name, select]);
    if (await readTable(this.#paths, tables.engine, tables.kept, { name, key })) return key;
    await judged.prepare(select);
    await makeTable(tables.engine, name, select);
    // What cannot be kept (a full disk, a lake of somebody else's) is made again next time.
    await keepTable(this.#paths, tables.engine, tables.kept, { name, key }).catch(() => undefined);
    return key;
  }

  async ask(sql: string): Promise<Answer> {
    const asked = this.#trying(async () => {
      await oneSelect(this.#state.tables.engine.connection, sql);
      const { columns, batches } = await this.#start(sql);
      // The first batch is read here: a file that is gone shows itself before the reader has seen a row.
      const first = await batches.next();
      return { columns, batches: resumed(first, batches) };
    });
    return asked.catch((error: unknown) => {
      throw sqlComplaint(error);
    });
  }

  close(): Promise<void> {
    this.#stopped.removeEventListener("abort", this.#stop);
    if (this.#interrupting !== null) clearInterval(this.#interrupting);
    return this.#state.tables.close();
  }

  async #start(
    sql: string,
  ): Promise<{ columns: Answer["columns"]; batches: AsyncGenerator<readonly (readonly Value[])[]> }> {
    this.#stopped.throwIfAborted();
    await this.#state.judged.prepare(sql);
    this.#stopped.throwIfAborted();
    const result = await this.#state.tables.engine.connection.stream(sql);
    const names = result.deduplicatedColumnNames();
    const columns = names.map((name, at) => ({ name, type: result.columnType(at).toString() }));
    return { columns, batches: batchesOf(result, columns) };
  }

  async #trying<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (tries === MOST_TRIES || !(error instanceof Error) || !FILE_TROUBLE.test(error.message)) throw error;
        if (!(await this.#renewed())) throw error;
      }
    }
  }

  /** Takes a new state when a file of this one is gone or damaged; tells whether it did. */
  async #renewed(): Promise<boolean> {
    const harmed = await harmedFiles(this.#paths, this.#state.tables);
    if (harmed.length === 0) return false;
    const old = this.#state;
    this.#state = await this.#take([...old.tables.without, ...toLeaveOut(harmed)]);
    await old.tables.close();
    const made = this.#tables.splice(0);
    for (const { name, select } of made) {
      const key = await this.#makeTable(name, select);
      this.#tables.push({ name, select, key });
    }
    return true;
  }
}

async function* resumed<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  if (first.done === true) return;
  yield first.value;
  try {
    yield* rest;
  } catch (error) {
    throw sqlComplaint(error);
  }
}

async function* batchesOf(
  result: DuckDBResult,
  columns: Answer["columns"],
): AsyncGenerator<readonly (readonly Value[])[]> {
  for await (const rows of result.yieldRowsJson()) {
    yield rows.map((cells: readonly Json[]) => cells.map((cell, at) => valueOf(cell, columns[at]?.type ?? "")));
  }
}
