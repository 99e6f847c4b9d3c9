/** A value of a query's answer: times as ISO text, ids as hex, integers beyond 2^53 as text, lists and structs as JSON values. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** One row of an answer, by column name. */
export type Row = Readonly<Record<string, Value>>;

/** A file of the lake that cannot be trusted; it is left out and left alone. */
export interface Damage {
  /** Path inside the lake. */
  readonly file: string;
  /** `missing`, `size 12 instead of 4096`, `content changed`, `unreadable: …` */
  readonly reason: string;
  readonly rows: number;
}

/** A query's columns with their SQL types, and its rows in batches. */
export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly batches: AsyncIterable<readonly (readonly Value[])[]>;
}

/**
 * One consistent look at a lake: the views `observation`, `service`, `host`, `inventory`, `model`, `finding` and `run` (docs/lake.md).
 * When files of it were replaced meanwhile, a query takes a new snapshot and is repeated.
 */
export interface Snapshot {
  /** Damaged files left out; grows when a query meets one. Readers warn and exit 3 when it is not empty. */
  readonly damaged: readonly Damage[];
  /** Names the state of the lake that is read; another one after a query took a new state. */
  readonly state: string;
  /** Runs one trusted query to its end. */
  query(sql: string): Promise<readonly Row[]>;
  /**
   * Makes a temporary table of a trusted SELECT over the views and tables made before. The lake keeps what it holds (docs/lake.md): asked
   * again of the same state by the same program, it is read, not made. When a query takes a new state, it is made again.
   */
  table(name: string, select: string): Promise<void>;
  /** Runs a stranger's query: one SELECT or EXPLAIN, nothing outside the lake; a `Complaint` when it is anything else or wrong. */
  ask(sql: string): Promise<Answer>;
  close(): Promise<void>;
}

/** How a snapshot is read. */
export interface SnapshotOptions {
  /** Limit of the engine's buffers, in MiB; the process stays 100 to 600 MB above. Default 1024. */
  readonly memoryMiB?: number;
  readonly threads?: number;
  /** Stops what runs, and whatever would begin after it. */
  readonly stopped?: AbortSignal;
  /**
   * Only observations of this time, by every view; slower, for rollups hold whole months. Lists, cards and runs stay as they are.
   */
  readonly window?: Window;
}

/** A span of time: from the first instant (in) to the second (out); null = open. Dates or instants in UTC. */
export interface Window {
  readonly from: string | null;
  readonly until: string | null;
}
