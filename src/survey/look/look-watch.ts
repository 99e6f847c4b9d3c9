import type { Failure } from "../../model/failure.ts";
import type { LookLimits } from "./look.ts";

/** Time and bytes of one look, on a steady clock in milliseconds. */
export interface Watch {
  /** When the whole look, or the card under way, must be done. */
  lookDueMs: number;
  /** When the rate was last checked, and the bytes that had come by then. */
  checkedMs: number;
  bytesAtCheck: number;
  /** Bytes that came in the whole look, and over the connection at hand. */
  bytes: number;
  bytesHere: number;
}

/** Begins to watch a look. */
export function createWatch(nowMs: number, limits: LookLimits): Watch {
  return { lookDueMs: nowMs + limits.lookMs, checkedMs: nowMs, bytesAtCheck: 0, bytes: 0, bytesHere: 0 };
}

/** Counts bytes as they come. @returns Whether they are the first over this connection. */
export function countBytes(watch: Watch, count: number): boolean {
  const isFirst = watch.bytesHere === 0;
  watch.bytesHere += count;
  watch.bytes += count;
  return isFirst;
}

/** Starts a new stretch for the rate check. @returns When to look again. */
export function nextCheck(watch: Watch, nowMs: number, limits: LookLimits): number {
  watch.checkedMs = nowMs;
  watch.bytesAtCheck = watch.bytes;
  return Math.min(watch.lookDueMs, nowMs + limits.progressGraceMs);
}

/**
 * What the time says of an open connection with something due.
 *
 * @param underWay - Bytes of the answer that has begun; 0 while the server still thinks.
 * @returns `deadline` (`silent` without a byte), `no-progress` for an answer that only drips, `null` while there is time.
 */
export function lateness(watch: Watch, nowMs: number, underWay: number, limits: LookLimits): Failure | null {
  if (nowMs >= watch.lookDueMs) return watch.bytes > 0 ? "deadline" : "silent";
  const elapsedMs = nowMs - watch.checkedMs;
  if (elapsedMs < limits.progressGraceMs || underWay === 0) return null;
  const bytesPerSecond = ((watch.bytes - watch.bytesAtCheck) * 1_000) / elapsedMs;
  return bytesPerSecond < limits.leastBytesPerSecond ? "no-progress" : null;
}
