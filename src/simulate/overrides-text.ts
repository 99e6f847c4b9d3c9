import type { Network } from "./places.ts";

/**
 * The rows of `--network-overrides` that a campaign needs: its AS numbers belong to nobody, so where neither label nor name tells the kind
 * of a network, the user must. Empty without such a network.
 */
export function overridesText(networks: readonly Network[]): string {
  const rows = networks
    .filter(({ kind }) => kind.override)
    .map(({ asn, kind }) => `AS${asn},${kind.type ?? ""},${kind.tier ?? ""}\n`);
  return rows.length === 0 ? "" : `who,type,tier\n${rows.join("")}`;
}
