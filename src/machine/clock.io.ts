import { performance } from "node:perf_hooks";
import type { Clock, Nap } from "./clock.ts";

/** The longest that a timer of Node waits. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** The clock of this machine. */
export const systemClock: Clock = {
  epochMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** A sleeper on this machine's timers. Those who wake it in the same turn of the loop wake it once, when the turn is over. */
export function createNap(): Nap {
  let end: (() => void) | null = null;
  let isWaking = false;
  return {
    wait(ms) {
      return new Promise((resolve) => {
        const timer = setTimeout(finish, Math.min(Math.max(0, ms), LONGEST_WAIT_MS));
        function finish(): void {
          clearTimeout(timer);
          end = null;
          resolve();
        }
        end = finish;
      });
    },
    wake() {
      if (end === null || isWaking) return;
      isWaking = true;
      setImmediate(() => {
        isWaking = false;
        end?.();
      });
    },
  };
}
