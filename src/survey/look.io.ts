import { openExchange } from "../machine/http-exchange.io.ts";
import { createDeadlineWheel } from "../machine/deadline-wheel.ts";
import { LookSession } from "./look-session.ts";
import type { SessionWorld } from "./look-session.ts";
import type { Look, Looker, LookerOptions, LookOrder } from "./look.ts";

/** Width of a slot of the deadline wheel. */
const SLOT_MS = 32;

/** Makes a looker over real sockets. Its one timer runs only while looks are under way. */
export function createLooker(options: LookerOptions): Looker {
  const wheel = createDeadlineWheel(SLOT_MS, performance.now());
  const underWay = new Map<LookSession, (look: Look) => void>();
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  // What was read while the loop lagged must count before any deadline does: deadlines fire after one round of input.
  const tick = (): void => void setImmediate(() => wheel.advance(performance.now()));
  const world: SessionWorld = {
    options,
    open: openExchange,
    wait: (deadline) => wheel.add(deadline),
    clockMs: () => performance.now(),
    done: (session, look) => {
      const resolve = underWay.get(session);
      underWay.delete(session);
      if (underWay.size === 0 && timer !== null) {
        clearInterval(timer);
        timer = null;
      }
      resolve?.(look);
    },
  };

  return {
    look: (order: LookOrder) =>
      new Promise((resolve) => {
        const session = new LookSession(world, order);
        underWay.set(session, resolve);
        if (isClosed) return session.giveUp("stopped");
        if (timer === null) {
          wheel.advance(performance.now());
          timer = setInterval(tick, SLOT_MS);
        }
        return session.start();
      }),
    get inFlight() {
      return underWay.size;
    },
    close: () => {
      isClosed = true;
      for (const session of underWay.keys()) session.giveUp("stopped");
    },
  };
}
