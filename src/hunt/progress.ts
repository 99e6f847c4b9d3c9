/** How far a hunt has come. */
export interface HuntProgress {
  /** Packed bytes; `totalBytes` is `null` when a pipe is among them. */
  readonly doneBytes: number;
  readonly totalBytes: number | null;
  readonly rows: number;
  readonly elapsedMs: number;
}

const MIB = 1 << 20;

/** One line of words: how much of how much, how fast, how long still. */
export function progressText({ doneBytes, totalBytes, rows, elapsedMs }: HuntProgress): string {
  const seconds = Math.max(elapsedMs / 1000, 0.001);
  const speed = `${rows} rows, ${Math.round(rows / seconds)} rows/s, ${(doneBytes / MIB / seconds).toFixed(1)} MiB/s`;
  if (totalBytes === null || totalBytes === 0) return `${(doneBytes / MIB).toFixed(1)} MiB, ${speed}`;
  const share = Math.min(100, Math.floor((100 * doneBytes) / totalBytes));
  const left = Math.max(0, Math.ceil(((totalBytes - doneBytes) * seconds) / Math.max(doneBytes, 1)));
  const told = left < 60 ? `${left} s` : left < 3600 ? `${Math.ceil(left / 60)} min` : `${(left / 3600).toFixed(1)} h`;
  return `${(doneBytes / MIB).toFixed(1)} of ${(totalBytes / MIB).toFixed(1)} MiB (${share} %), ${speed}, ${told} left`;
}
