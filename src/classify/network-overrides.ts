import { NETWORK_TIERS, NETWORK_TYPES } from "../knowledge/networks/network-kind.ts";
import type { NetworkTier, NetworkType } from "../knowledge/networks/network-kind.ts";
import type { Problem } from "../model/complaint.ts";
import { parseAsn } from "../model/network-place.ts";
import { fail, ok, type Result } from "../model/result.ts";

/** What a user says of a network, against tables and rules; `null` = the user says that it is not known. */
export interface NetworkOverride {
  readonly type: NetworkType | null;
  readonly tier: NetworkTier | null;
}

/** The user's own rows: by AS number, and by name of the organisation in small letters. */
export interface NetworkOverrides {
  readonly byAsn: ReadonlyMap<number, NetworkOverride>;
  readonly byName: ReadonlyMap<string, NetworkOverride>;
}

export const NO_OVERRIDES: NetworkOverrides = { byAsn: new Map(), byName: new Map() };

const HEADER = "who,type,tier";
const FITS = `who,type,tier: AS64496 or the whole name of an organisation, then one of ${NETWORK_TYPES.join(", ")}, then one of ${NETWORK_TIERS.join(", ")}; empty = not known`;

/**
 * Reads the user's rows, `who,type,tier` a line: `AS64496,hosting,indie-cloud`, or the whole name of an organisation (compared without case). An empty type or tier
 * is "not known". `#` begins a comment line; the first line may be the header. Nobody may be named twice: which row should count nobody can tell.
 *
 * @returns every line that does not fit, by `fileName` and number.
 */
export function parseNetworkOverrides(text: string, fileName: string): Result<NetworkOverrides, readonly Problem[]> {
  const byAsn = new Map<number, NetworkOverride>();
  const byName = new Map<string, NetworkOverride>();
  const lineOf = new Map<string, number>();
  const problems: Problem[] = [];
  for (const [at, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || (at === 0 && line === HEADER)) continue;
    const row = rowOf(line);
    if (row === null) {
      problems.push({ place: `${fileName}:${at + 1}`, message: `needs ${FITS}` });
      continue;
    }
    const asn = parseAsn(row.who);
    const key = asn === null ? row.who.toLowerCase() : `AS${asn}`;
    const earlier = lineOf.get(key);
    if (earlier !== undefined) {
      problems.push({ place: `${fileName}:${at + 1}`, message: `names again whom line ${earlier} names` });
      continue;
    }
    lineOf.set(key, at + 1);
    if (asn === null) byName.set(key, row.says);
    else byAsn.set(asn, row.says);
  }
  return problems.length === 0 ? ok({ byAsn, byName }) : fail(problems);
}

function rowOf(line: string): { readonly who: string; readonly says: NetworkOverride } | null {
  const fields = line.split(",");
  const tier = oneOf(NETWORK_TIERS, fields.pop());
  const type = oneOf(NETWORK_TYPES, fields.pop());
  const name = fields.join(",").trim();
  const who = name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
  return who === "" || type === undefined || tier === undefined ? null : { who, says: { type, tier } };
}

/** One of the words; `null` for an empty text, `undefined` for any other. */
function oneOf<T extends string>(words: readonly T[], text: string | undefined): T | null | undefined {
  const trimmed = text?.trim();
  return trimmed === "" ? null : words.find((word) => word === trimmed);
}
