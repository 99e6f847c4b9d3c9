import type { Clock } from "../machine/clock.ts";
import type { Terminal } from "../model/command.ts";
import { progressText } from "./progress.ts";

/** Tells progress on stderr. */
export interface Progress {
  add(bytes: number, rows: number): void;
}

const MOVING_MS = 500;
const STILL_MS = 60_000;
/** Up one line, and clear it. */
const OVER_THE_LAST_LINE = "\u001B[1A\u001B[2K";

/** A moving line where stderr is a terminal, a line a minute where not; silent until the first of them. */
export function openProgress(
  terminal: Pick<Terminal, "interactive" | "say" | "env">,
  clock: Clock,
  totalBytes: number | null,
): Progress {
  const moves = terminal.interactive && terminal.env["TERM"] !== "dumb";
  const since = clock.monotonicMs();
  let doneBytes = 0;
  let rows = 0;
  let isLast = false;
  let toldMs = since;
  const tell = (): void => {
    const now = clock.monotonicMs();
    if (now - toldMs < (moves ? MOVING_MS : STILL_MS)) return;
    toldMs = now;
    const text = progressText({ doneBytes, totalBytes, rows, elapsedMs: now - since });
    terminal.say(`${isLast ? OVER_THE_LAST_LINE : ""}${text}`);
    isLast = moves;
  };
  return {
    add(bytes, more) {
      doneBytes += bytes;
      rows += more;
      tell();
    },
  };
}
