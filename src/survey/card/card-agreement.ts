import type { Card } from "../../model/card.ts";
import { networkOf } from "../pace/network.ts";

/** Networks (/24, /48) whose hosts must tell the same before a card speaks for others. */
const WITNESSES_NEEDED = 3;
/** Claims remembered in a run; the oldest unsettled one makes room. About 400 bytes each. */
const MOST_CLAIMS = 65_536;
/** Different cards kept apart for one claim; what comes later differs from all of them. */
const MOST_VERSIONS = 8;
/** A digest or version longer than this is nonsense that nobody shares. */
const LONGEST_CLAIM = 300;

/** What hosts of a run (and earlier ones) say of one (digest, server version). */
interface Claim {
  agreed: string | null;
  /** Agreement hash → networks that said so and may lend. */
  readonly said: Map<string, Set<string>>;
  /** Networks being asked now → how many hosts of each. */
  readonly asking: Map<string, number>;
}

/** Which cards still need asking, and whose disagree. */
export interface CardAgreement {
  /** Whether a host of this network should be asked for the card; a yes holds its place until `answered` or `unanswered`. */
  wants(digest: string, serverVersion: string, network: string): boolean;
  unanswered(digest: string, serverVersion: string, network: string): void;
  /** Weighs the cards of one look. `lends` = the host may be a witness at all (it did not answer the control path). */
  answered(cards: readonly Card[], lends: boolean): Verdict;
}

/** The cards as they are kept, and whether one of them differs from what others say of the same digest. */
export interface Verdict {
  readonly cards: readonly Card[];
  readonly disagrees: boolean;
}

/**
 * Agreement on cards: a stranger's digest is only a claim, so a card is asked until hosts in three networks tell the same of it,
 * then no more. A host that differs from others bears a sign; one that differs from more hosts than say the same as it never
 * lends any card of its look.
 *
 * @param agreedBefore - The agreement hash that earlier runs settled on; `null` for none.
 */
export function createCardAgreement(
  agreedBefore: (digest: string, serverVersion: string) => string | null,
): CardAgreement {
  const claims = new Map<string, Claim>();

  function claimOf(digest: string, serverVersion: string): Claim | null {
    const key = `${digest} ${serverVersion}`;
    if (key.length > LONGEST_CLAIM) return null;
    const known = claims.get(key);
    if (known !== undefined) return known;
    if (claims.size >= MOST_CLAIMS && !dropOldest(claims)) return null;
    const claim = { agreed: agreedBefore(digest, serverVersion), said: new Map(), asking: new Map() };
    claims.set(key, claim);
    return claim;
  }

  function unanswered(digest: string, serverVersion: string, network: string): void {
    const claim = claimOf(digest, serverVersion);
    const asked = claim?.asking.get(network) ?? 0;
    if (asked > 1) claim?.asking.set(network, asked - 1);
    else claim?.asking.delete(network);
  }

  return {
    wants(digest, serverVersion, network) {
      const claim = claimOf(digest, serverVersion);
      if (claim === null || claim.agreed !== null) return false;
      const near = new Set([...largest(claim), ...claim.asking.keys(), network]);
      if (near.size > WITNESSES_NEEDED) return false;
      claim.asking.set(network, (claim.asking.get(network) ?? 0) + 1);
      return true;
    },
    unanswered,
    answered(cards, lends) {
      const weighed = cards.map((card) => {
        unanswered(card.digest, card.server_version, networkOf(card.address));
        return weigh(claimOf(card.digest, card.server_version), card);
      });
      const trusted = lends && !weighed.includes("outvoted");
      for (const card of trusted ? cards : []) bearWitness(claimOf(card.digest, card.server_version), card);
      return {
        cards: cards.map((card) => ({ ...card, lends: card.lends && trusted })),
        disagrees: weighed.some((one) => one !== "fits"),
      };
    },
  };
}

function weigh(claim: Claim | null, card: Card): "fits" | "differs" | "outvoted" {
  if (claim === null) return "fits";
  if (claim.agreed !== null) return claim.agreed === card.agreement ? "fits" : "outvoted";
  const own = new Set(claim.said.get(card.agreement)).add(networkOf(card.address)).size;
  const others = [...claim.said].filter(([agreement]) => agreement !== card.agreement).map(([, said]) => said.size);
  if (others.length === 0) return "fits";
  return Math.max(...others) > own ? "outvoted" : "differs";
}

function bearWitness(claim: Claim | null, card: Card): void {
  if (claim === null || claim.agreed !== null || !card.lends) return;
  const said = claim.said.get(card.agreement) ?? new Set();
  if (said.size === 0 && claim.said.size >= MOST_VERSIONS) return;
  claim.said.set(card.agreement, said.add(networkOf(card.address)));
  if (said.size < WITNESSES_NEEDED) return;
  claim.agreed = card.agreement;
  claim.said.clear();
}

function largest(claim: Claim): ReadonlySet<string> {
  return [...claim.said.values()].reduce((most, said) => (said.size > most.size ? said : most), new Set<string>());
}

/** Makes room for one claim; `false` when every claim is settled or being asked about. */
function dropOldest(claims: Map<string, Claim>): boolean {
  for (const [key, claim] of claims) {
    if (claim.agreed !== null || claim.asking.size > 0) continue;
    claims.delete(key);
    return true;
  }
  return false;
}
