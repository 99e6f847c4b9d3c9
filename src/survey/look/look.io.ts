import { openExchange } from "../../machine/http-exchange.io.ts";
import { createDeadlineWheel } from "../../machine/deadline-wheel.ts";
import { LookSession } from "./look-session.ts";
import type { LookWorld } from "./look-world.ts";
import type { Looker, LookerOptions, LookOrder } from "./look.ts";

/** Width of a slot of the deadline wheel. */
const SLOT_MS = 32;

/** Makes a looker over real sockets. Its one timer runs only while looks are under way. */
export function createLooker(options: LookerOptions): Looker {
  const wheel = createDeadlineWheel(SLOT_MS, performance.now());
  const underWay = new Set<LookSession>();
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  // What was read while the loop lagged must count before any deadline does: deadlines fire after one round of input.
  const tick = (): void => void setImmediate(() => wheel.advance(performance.now()));
  const world: LookWorld = {
    options,
    open: openExchange,
    wait: (deadline) => wheel.add(deadline),
    clockMs: () => performance.now(),
  };
  const started = (): void => {
    if (timer !== null) return;
    wheel.advance(performance.now());
    timer = setInterval(tick, SLOT_MS);
  };
  const ended = (): void => {
    if (underWay.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };

  return {
    look: (order: LookOrder) =>
      new Promise((resolve) => {
        const session = new LookSession(world, order, (look) => {
          underWay.delete(session);
          ended();
          resolve(look);
        });
        underWay.add(session);
        if (isClosed) return session.end("stopped");
        started();
        return session.start();
      }),
    get inFlight() {
      return underWay.size;
    },
    close: () => {
      isClosed = true;
      for (const session of underWay) session.end("stopped");
    },
  };
}
