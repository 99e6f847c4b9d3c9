import { visibleText } from "../render/visible-text.ts";

/** How far a long piece of work has come. */
export interface Progress {
  readonly what: string;
  /** Bytes as they lie in the files; `totalBytes` is `null` when nobody can tell. */
  readonly doneBytes: number;
  readonly totalBytes: number | null;
  readonly elapsedMs: number;
}

const MIB = 1024 * 1024;

/** One line of words: what, how much of how much, how fast, how long still. */
export function progressText({ what, doneBytes, totalBytes, elapsedMs }: Progress): string {
  const name = visibleText(what);
  const rate = elapsedMs > 0 ? doneBytes / (elapsedMs / 1000) : 0;
  const speed = `${mib(rate)} MiB/s`;
  if (totalBytes === null || totalBytes === 0) return `${name}: ${mib(doneBytes)} MiB, ${speed}`;
  const share = Math.min(100, Math.floor((100 * doneBytes) / totalBytes));
  const left = rate > 0 ? `, ${seconds((totalBytes - doneBytes) / rate)} left` : "";
  return `${name}: ${mib(doneBytes)} of ${mib(totalBytes)} MiB (${share} %), ${speed}${left}`;
}

function mib(bytes: number): string {
  return (bytes / MIB).toFixed(1);
}

function seconds(value: number): string {
  const whole = Math.max(0, Math.ceil(value));
  if (whole < 60) return `${whole} s`;
  return whole < 3600 ? `${Math.ceil(whole / 60)} min` : `${(whole / 3600).toFixed(1)} h`;
}
