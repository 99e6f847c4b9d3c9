import type { Limits } from "../../model/scope.ts";
import type { CardAgreement } from "./card-agreement.ts";
import type { Tally } from "../coverage.ts";
import type { CardWish } from "../look/look.ts";
import { networkOf } from "../pace/network.ts";

/** Hosts whose asked cards are counted; the first ones are forgotten beyond it. */
const MOST_HOSTS = 100_000;

/** A place held in the agreement for a card that a look was allowed to ask for. */
export interface Grant {
  readonly digest: string;
  readonly serverVersion: string;
  readonly network: string;
}

/** Hands out the right to ask for cards: agreement first, then the caps per host and per run. */
export interface CardDesk {
  /** The wish for one look at this address, and the grants it will collect; `null` when the caps leave nothing. */
  open(address: string): { readonly wish: CardWish; readonly grants: readonly Grant[] } | null;
}

/** A desk over one run's agreement and counts. */
export function createCardDesk(
  limits: Pick<Limits, "cardsPerHost" | "cardsPerRun">,
  agreement: CardAgreement,
  tally: Tally,
): CardDesk {
  const askedOf = new Map<string, number>();
  const leftFor = (address: string): number =>
    Math.min(limits.cardsPerHost - (askedOf.get(address) ?? 0), limits.cardsPerRun - tally.cardsAsked);
  return {
    open(address) {
      const limit = leftFor(address);
      if (limit <= 0) return null;
      const grants: Grant[] = [];
      const network = networkOf(address);
      const wants = (digest: string, serverVersion: string): boolean => {
        if (leftFor(address) <= 0 || !agreement.wants(digest, serverVersion, network)) return false;
        grants.push({ digest, serverVersion, network });
        tally.cardsAsked += 1;
        askedOf.set(address, (askedOf.get(address) ?? 0) + 1);
        forgetFirst(askedOf);
        return true;
      };
      return { wish: { limit, wants }, grants };
    },
  };
}

function forgetFirst(counts: Map<string, number>): void {
  if (counts.size <= MOST_HOSTS) return;
  for (const first of counts.keys()) {
    counts.delete(first);
    return;
  }
}
