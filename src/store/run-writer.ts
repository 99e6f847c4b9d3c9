import type { Card } from "../model/card.ts";
import type { Instant } from "../model/instant.ts";
import type { Observation } from "../model/observation.ts";
import type { RequestEntry } from "../model/request-entry.ts";
import type { Run } from "../model/run.ts";

/** A resume point: everything journalled before it is covered by it. `state` is the survey's own and must name no address. */
export interface Checkpoint {
  readonly kind: "checkpoint";
  readonly run: string;
  readonly scope_hash: string;
  readonly shard: string;
  readonly at: Instant;
  readonly state: unknown;
}

/** How a writer treats its journal. */
export interface WriterOptions {
  /** Fold chunks as they close (`chunk`, default) or all of them in `close()` (`close`), which keeps the engine out of a survey. */
  readonly fold?: "chunk" | "close";
  /** Milliseconds between fsyncs; a kill loses at most this. Default 1000. */
  readonly syncMs?: number;
  /** A chunk closes after this many milliseconds. Default 60 000. */
  readonly chunkMs?: number;
  /** A chunk closes at this size. Default 64 MiB. */
  readonly chunkBytes?: number;
  /** Threads of the folding engine. Default 1. */
  readonly threads?: number;
}

/**
 * Appends one run's lines to the lake. The appending calls buffer and return at once; they throw when an earlier write failed (disk
 * full, folder gone). `flush` resolves when all of it is on disk (fsync), `close` when it is folded too and the lock is free.
 */
export interface RunWriter {
  observation(observation: Observation): void;
  card(card: Card): void;
  request(entry: RequestEntry): void;
  /** Marks everything appended before as covered by `state` (a JSON value). */
  checkpoint(state: unknown): void;
  /** Replaces the run's row: call it again as coverage grows and at the end. */
  run(run: Run): void;
  /** Bytes appended and not yet handed to the kernel: wait for `flush` when a fast producer sees this grow. */
  readonly pendingBytes: number;
  flush(): Promise<void>;
  close(): Promise<void>;
}
