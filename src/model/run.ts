import type { Instant } from "./instant.ts";
import type { Vantage } from "./observation.ts";

/** Why part of a run's targets was not asked or has no answer to count. */
export interface Gap {
  readonly from: Instant;
  readonly to: Instant;
  /** `interrupted`, `paused: network lost`, `pilot limit` … */
  readonly reason: string;
}

/** Counts of targets by what became of them; `attempted` = sum of the answers + `unfinished`. */
export interface Coverage {
  /** Targets the scope (or list, or shard) holds. */
  readonly targets: number;
  readonly attempted: number;
  readonly finished: number;
  readonly open: number;
  readonly login: number;
  readonly denied: number;
  readonly refused: number;
  readonly silent: number;
  readonly other: number;
  /** Not asked: opt-out, exclusion, re-scan interval, out of scope. */
  readonly skipped: number;
  readonly requests: number;
  readonly cards: number;
}

/** One campaign's slice: what was attempted, from where, by whose authority, with which gaps. */
export interface Run {
  readonly kind: "run";
  readonly schema: 1;
  /** 32 hex digits. */
  readonly run: string;
  readonly source: string;
  readonly started_at: Instant;
  readonly finished_at: Instant | null;
  readonly scope_name: string | null;
  /** SHA-256 of the canonical scope, 64 hex; `null` for imports. */
  readonly scope_hash: string | null;
  readonly basis: string | null;
  readonly operator: string | null;
  readonly contact: string | null;
  readonly allowed_by: string | null;
  readonly vantage: Vantage | null;
  readonly ports: readonly number[] | null;
  readonly shard: string;
  readonly depth: "metadata" | "cards" | null;
  readonly coverage: Coverage | null;
  readonly gaps: readonly Gap[];
  /** Columns of `observation` that this source can carry; `null` = all of them. What it cannot carry is missing, not absent. */
  readonly carries: readonly string[] | null;
  /** `true` for synthetic data: labelled wherever it appears. */
  readonly synthetic: boolean;
}
