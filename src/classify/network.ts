import { NAME_RULES } from "../knowledge/networks/name-rules.ts";
import { NETWORK_LABELS } from "../knowledge/networks/network-label.ts";
import { TIER_OF_TYPE } from "../knowledge/networks/network-kind.ts";
import type { NetworkType } from "../knowledge/networks/network-kind.ts";
import { OPERATOR_BY_ASN } from "../knowledge/networks/operators.ts";
import type { NetworkInput, NetworkJudgement } from "../model/network.ts";
import { type NetworkOverrides, NO_OVERRIDES } from "./network-overrides.ts";
import { hasTerm, nameParts } from "./organisation-name.ts";

const UNKNOWN: NetworkJudgement = { network_type: null, tier: null, network_rule: null };

/**
 * Tells what kind of network an address lies in, and by which rule: the user's own row (`override:…`), the curated operator (`asn:64496`),
 * the record's labels (`label:hosting`), the name (`name:university`), in this order. Nothing that fits is `null` in all three: never a guess.
 */
export function networkOf(input: NetworkInput, overrides: NetworkOverrides = NO_OVERRIDES): NetworkJudgement {
  return (
    byOverride(input, overrides) ?? byAsn(input.asn) ?? byLabel(input.labels) ?? byName(input.organisation) ?? UNKNOWN
  );
}

function byOverride({ asn, organisation }: NetworkInput, overrides: NetworkOverrides): NetworkJudgement | null {
  const numbered = asn === null ? undefined : overrides.byAsn.get(asn);
  if (numbered !== undefined)
    return { network_type: numbered.type, tier: numbered.tier, network_rule: `override:AS${asn}` };
  const named = organisation === null ? undefined : overrides.byName.get(organisation.toLowerCase());
  return named === undefined
    ? null
    : { network_type: named.type, tier: named.tier, network_rule: "override:organisation" };
}

function byAsn(asn: number | null): NetworkJudgement | null {
  const row = asn === null ? undefined : OPERATOR_BY_ASN.get(asn);
  return row === undefined ? null : { network_type: row.type, tier: row.tier, network_rule: `asn:${asn}` };
}

function byLabel(labels: readonly string[] | null): NetworkJudgement | null {
  if (labels === null || labels.length === 0) return null;
  const told = new Set(labels.map((label) => label.toLowerCase()));
  const row = NETWORK_LABELS.find(({ words }) => words.some((word) => told.has(word)));
  return row === undefined ? null : judged(row.type, `label:${row.id}`);
}

function byName(organisation: string | null): NetworkJudgement | null {
  if (organisation === null) return null;
  const parts = nameParts(organisation);
  const rule = NAME_RULES.find(({ terms }) => terms.some((term) => hasTerm(parts, term)));
  return rule === undefined ? null : judged(rule.type, `name:${rule.id}`);
}

function judged(type: NetworkType, rule: string): NetworkJudgement {
  return { network_type: type, tier: TIER_OF_TYPE[type], network_rule: rule };
}
