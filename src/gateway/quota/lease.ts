/** One ask for units of a meter, as its store sees it. */
export interface BlockAsk {
  /** Units of the limit not yet spent in this window; may be negative after an overdraft. */
  readonly left: number;
  readonly need: number;
  readonly want: number;
  /** Workers that share the limit, at least 1. */
  readonly workers: number;
}

/**
 * How many units a worker gets in one block: what it wants while plenty is left, a share of the rest as the limit nears, never less
 * than it needs. 0 = refused, because less is left than needed. The same arithmetic stands in `redis-counts.io.ts` in Lua.
 */
export function blockOf(ask: BlockAsk): number {
  if (ask.left < ask.need) return 0;
  return Math.max(ask.need, Math.min(ask.want, Math.floor(ask.left / (2 * ask.workers))));
}

/** Seconds for `Retry-After`: whole, at least 1. */
export function retrySeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
