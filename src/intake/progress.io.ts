import type { Clock } from "../machine/clock.ts";
import type { Terminal } from "../model/command.ts";
import { type Progress, progressText } from "./progress.ts";

/** Tells progress on stderr: a moving line where stderr is a terminal, a line a minute where not. */
export interface Reporter {
  /** Begins a piece of work whose bytes are asked again and again. */
  watch(what: string, doneBytes: () => number, totalBytes: number | null): void;
  /** Ends it. */
  rest(): void;
}

const MOVING_MS = 500;
const STILL_MS = 60_000;

/** The reporter of a terminal; silent until half a second (or a minute) has passed. */
export function openReporter(terminal: Pick<Terminal, "interactive" | "say">, clock: Clock): Reporter {
  let timer: NodeJS.Timeout | null = null;
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
          terminal.say(progressText(progress));
        },
        terminal.interactive ? MOVING_MS : STILL_MS,
      );
      timer.unref();
    },
    rest,
  };
}
