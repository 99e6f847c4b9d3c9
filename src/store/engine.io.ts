import type { DuckDBConnection, DuckDBInstance, Json } from "@duckdb/node-api";

/** Bounds of one DuckDB engine. */
export interface EngineOptions {
  /** Folder for spilled sorts and joins; made on demand, removed with the workspace that holds it. */
  readonly spill: string;
  readonly memoryMiB: number;
  readonly threads: number;
}

/** A value as the engine gives it in JSON form: 64-bit integers, times and blobs as text. */
export type Cell = string | number | boolean | null;

/** One private in-memory DuckDB. Everything it holds goes with `close`. */
export interface Engine {
  readonly connection: DuckDBConnection;
  /** Runs statements whose answer does not matter. */
  run(sql: string): Promise<void>;
  /** Runs one statement; cells are plain when the query casts 64-bit integers to what it needs. */
  rows(sql: string): Promise<readonly Readonly<Record<string, Cell>>[]>;
  close(): void;
}

/** Opens an engine. DuckDB is loaded here and nowhere else (some 50 MB), so that small commands stay small. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance: DuckDBInstance = await DuckDBInstance.create(":memory:", {
    temp_directory: options.spill,
    memory_limit: `${options.memoryMiB}MiB`,
    threads: String(options.threads),
    preserve_insertion_order: "false",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return {
    connection,
    async run(sql) {
      await connection.run(sql);
    },
    async rows(sql) {
      const reader = await connection.runAndReadAll(sql);
      const names = reader.columnNames();
      return reader
        .getRowsJson()
        .map((cells) => Object.fromEntries(names.map((name, at) => [name, cellOf(cells[at])])));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** The queries asked here have scalar columns only; anything else would be a mistake in them. */
function cellOf(value: Json | undefined): Cell {
  if (value === undefined || value === null) return null;
  if (typeof value === "object") throw new Error("a column is not scalar");
  return value;
}
