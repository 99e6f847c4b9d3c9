import type { Terminal } from "../model/command.ts";
import { createMeter, progressLine } from "./progress.ts";
import type { Progress } from "./survey-plan.ts";

const QUIET_LINE_EVERY_MS = 60_000;
/** One line up, and clear it. */
const OVER_THE_LAST_LINE = "\u001B[1A\u001B[2K";

/** Tells progress once a second on one line of a terminal, once a minute where there is none. */
export function progressTeller(
  terminal: Pick<Terminal, "say" | "interactive" | "env">,
): (progress: Progress, nowMs: number) => void {
  const meter = createMeter();
  const moves = terminal.interactive && terminal.env["TERM"] !== "dumb";
  let lastSaidMs: number | null = null;
  let hasLine = false;
  return (progress, nowMs) => {
    meter.note(progress, nowMs);
    lastSaidMs ??= nowMs;
    if (progress.state.done || (!moves && nowMs - lastSaidMs < QUIET_LINE_EVERY_MS)) return;
    lastSaidMs = nowMs;
    terminal.say(`${moves && hasLine ? OVER_THE_LAST_LINE : ""}${progressLine(progress, meter)}`);
    hasLine = true;
  };
}
