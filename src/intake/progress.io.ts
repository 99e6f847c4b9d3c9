import type { Clock } from "../machine/clock.ts";
import type { Terminal } from "../model/command.ts";
import { type Progress, progressText } from "./progress.ts";

/** Tells progress on stderr: a moving line where stderr is a terminal, a line a minute where not. */
export interface Reporter {
  /** Begins a piece of work whose bytes are asked again and again. */
  watch(what: string, doneBytes: () => number, totalBytes: number | null): void;
  /** Ends it. */
  rest(): void;
  /** Says other words, which the moving line then leaves alone. */
  say(words: string): void;
}

const MOVING_MS = 500;
const STILL_MS = 60_000;
/** Up one line, and clear it. */
const OVER_THE_LAST_LINE = "\u001B[1A\u001B[2K";

/** The reporter of a terminal; silent until half a second (or a minute) has passed. */
export function openReporter(terminal: Pick<Terminal, "interactive" | "say" | "env">, clock: Clock): Reporter {
  const moves = terminal.interactive && terminal.env["TERM"] !== "dumb";
  let timer: NodeJS.Timeout | null = null;
  let isLast = false;
  const rest = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };
  return {
    watch(what, doneBytes, totalBytes) {
      rest();
      const since = clock.monotonicMs();
      timer = setInterval(
        () => {
          const elapsedMs = clock.monotonicMs() - since;
          const progress: Progress = { what, doneBytes: doneBytes(), totalBytes, elapsedMs };
          terminal.say(`${isLast ? OVER_THE_LAST_LINE : ""}${progressText(progress)}`);
          isLast = moves;
        },
        moves ? MOVING_MS : STILL_MS,
      );
      timer.unref();
    },
    rest,
    say(words) {
      isLast = false;
      terminal.say(words);
    },
  };
}
