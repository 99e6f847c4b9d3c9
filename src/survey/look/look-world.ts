import type { Deadline } from "../../machine/deadline-wheel.ts";
import type { Exchange, ExchangeClient, Place } from "../../machine/exchange.ts";
import type { LookerOptions } from "./look.ts";

/** What a look under way needs of the world: sockets and deadlines. */
export interface LookWorld {
  readonly options: LookerOptions;
  open(place: Place, client: ExchangeClient): Exchange;
  /** Starts waiting for a deadline; its clock is `clockMs`. */
  wait(deadline: Deadline): void;
  /** Steady milliseconds, unlike those of `options.effects.nowMs`. */
  clockMs(): number;
}
