import { SCOPE_CEILINGS } from "../../knowledge/scope-limits.ts";
import { OWNABLE_SET, SPECIAL_BY_LENGTH, SPECIAL_SET } from "../../knowledge/special-ranges.ts";
import { canonicalName } from "../../model/host-name.ts";
import { parseAsn } from "../../model/network-place.ts";
import { formatPrefix, parsePrefix, prefixContains } from "../../model/prefix.ts";
import type { Prefix } from "../../model/prefix.ts";
import { countIpv4, countIpv6, countIpv6Networks, isEmpty, minus, prefixSet } from "../../model/prefix-set.ts";
import type { PrefixSet } from "../../model/prefix-set.ts";
import type { Scope } from "../../model/scope.ts";
import { eachEntry } from "./scope-fault.ts";
import type { Fault, ScopeRule } from "./scope-fault.ts";
import { looksLikePrefix, territoryOf } from "./scope-territory.ts";
import type { Territory } from "./scope-territory.ts";

/** Meant as an AS number, well written or not: taken for a name without a dot, it would leave nobody alone and say nothing. */
const AS_NUMBER = /^ASN?[-_]?\d[^.]*$/iu;

/** Rules about where a scope may point. */
export const PLACE_RULES: readonly ScopeRule[] = [
  {
    id: "prefixes",
    demands: "Every prefix is canonical CIDR without host bits; there is at least one.",
    needs: [],
    check: (scope) => [
      ...(scope.prefixes.length === 0
        ? [{ path: ["prefixes"], message: "must name at least one prefix: nothing else is asked" }]
        : []),
      ...eachEntry("prefixes", scope.prefixes, prefixComplaint),
    ],
  },
  {
    id: "everything",
    demands: "0.0.0.0/0 is for research alone, and ::/0 for nobody (refusal of unscoped targets).",
    needs: ["basis"],
    check: (scope) =>
      eachEntry("prefixes", scope.prefixes, (text) => {
        const prefix = readPrefix(text);
        if (prefix?.length !== 0 || (prefix.family === 4 && scope.basis === "research")) return null;
        return `${formatPrefix(prefix)} is everybody: name the prefixes that you may ask`;
      }),
  },
  {
    id: "special-ranges",
    demands: "A prefix inside an IANA special-purpose range is refused unless ownSpecial declares the range (R5).",
    needs: ["ownSpecial", "basis"],
    check: (scope) => {
      const own = prefixSet(scope.ownSpecial.flatMap((text) => readPrefix(text) ?? []));
      return eachEntry("prefixes", scope.prefixes, (text) => specialComplaint(text, own, scope.basis));
    },
  },
  {
    id: "own-special",
    demands:
      "ownSpecial holds private, loopback, documentation or reserved ranges, and only a scope of basis own has it (R5).",
    needs: ["basis"],
    check: (scope) => {
      if (scope.basis !== "own" && scope.ownSpecial.length > 0) {
        return [{ path: ["ownSpecial"], message: `is for basis own only; this scope says ${scope.basis}` }];
      }
      return eachEntry("ownSpecial", scope.ownSpecial, ownSpecialComplaint);
    },
  },
  {
    id: "names",
    demands: "Names are host names without wildcards, each once.",
    needs: [],
    check: (scope) =>
      eachEntry("names", scope.names, (name) =>
        canonicalName(name) === null ? `"${name}" is no host name (no address, no wildcard, no port)` : null,
      ).concat(repeats("names", scope.names)),
  },
  {
    id: "left-alone",
    demands: "Exclusions and opt-outs are prefixes, addresses, names or AS numbers (R4).",
    needs: [],
    check: (scope) => [
      ...eachEntry("exclude", scope.exclude, placeComplaint),
      ...scope.optOut.flatMap(({ who }, at): Fault[] => {
        const message = placeComplaint(who);
        return message === null ? [] : [{ path: ["optOut", at, "who"], message }];
      }),
    ],
  },
  {
    id: "ports",
    demands: "Ports are given once each, not more than the basis allows.",
    needs: ["basis"],
    check: (scope) => {
      const most = SCOPE_CEILINGS[scope.basis].ports;
      const twice = repeats("ports", scope.ports);
      if (scope.ports.length <= most) return twice;
      return [
        ...twice,
        { path: ["ports"], message: `has ${scope.ports.length} entries; basis ${scope.basis} allows ${most}` },
      ];
    },
  },
  {
    id: "sum",
    demands: "The sum of addresses after merging, exclusions and special ranges is limited by basis (R2, R6).",
    needs: ["basis", "prefixes", "exclude", "ownSpecial", "names"],
    check: (scope) => {
      const territory = readTerritory(scope);
      return territory === null ? [] : sumFaults(scope, territory);
    },
  },
];

/** The territory of a scope that may hold wrong entries: wrong prefixes count for nothing; `null` when exclusions or own ranges are wrong. */
export function readTerritory(scope: Scope): Territory | null {
  const { exclude, ownSpecial } = scope;
  if (exclude.some((place) => placeComplaint(place) !== null)) return null;
  if (ownSpecial.some((text) => readPrefix(text) === null)) return null;
  const prefixes = scope.prefixes.filter((text) => readPrefix(text) !== null);
  return territoryOf({ prefixes, exclude, ownSpecial, optOut: [] });
}

function sumFaults(scope: Scope, { named, open, special, walked }: Territory): Fault[] {
  const { basis } = scope;
  const most = SCOPE_CEILINGS[basis];
  const addresses = BigInt(countIpv4(walked)) + countIpv6(walked);
  const networks = countIpv6Networks(minus(open, walked));
  const faults: Fault[] = [];
  const tooMany = (count: bigint | number, unit: string, limit: number): void => {
    faults.push({ path: ["prefixes"], message: `names ${count} ${unit}; basis ${basis} allows ${limit} in sum` });
  };
  if (addresses > most.addresses) tooMany(addresses, "addresses", most.addresses);
  if (networks > most.ipv6Networks) tooMany(networks, "IPv6 /48 networks", most.ipv6Networks);
  if (scope.names.length > most.names) faults.push({ path: ["names"], message: `has more than ${most.names} entries` });
  if (isEmpty(open) && !isEmpty(minus(named, special))) {
    faults.push({ path: ["prefixes"], message: "nothing is left to ask after the exclusions" });
  }
  return faults;
}

function repeats(key: keyof Scope, entries: readonly (string | number)[]): Fault[] {
  const seen = new Set<string | number>();
  return entries.flatMap((entry, at) => {
    if (seen.has(entry)) return [{ path: [key, at], message: `${entry} is given twice` }];
    seen.add(entry);
    return [];
  });
}

function readPrefix(text: string): Prefix | null {
  const prefix = parsePrefix(text);
  return prefix.ok ? prefix.value : null;
}

function prefixComplaint(text: string): string | null {
  const prefix = parsePrefix(text);
  return prefix.ok ? null : prefix.error;
}

function placeComplaint(text: string): string | null {
  if (AS_NUMBER.test(text)) return parseAsn(text) === null ? `"${text}" is no AS number` : null;
  if (looksLikePrefix(text)) return prefixComplaint(text);
  return canonicalName(text) === null ? `"${text}" is neither a prefix nor a name nor an AS number` : null;
}

function specialComplaint(text: string, own: PrefixSet, basis: Scope["basis"]): string | null {
  const prefix = readPrefix(text);
  if (prefix === null) return null;
  const set = prefixSet([prefix]);
  if (!isEmpty(minus(set, minus(SPECIAL_SET, own)))) return null;
  const row = SPECIAL_BY_LENGTH.find((one) => prefixContains(one.prefix, prefix));
  const what =
    row === undefined ? "special-purpose ranges" : `${row.range.prefix}, ${row.range.name} (${row.range.source})`;
  if (!isEmpty(minus(set, OWNABLE_SET))) return `${text} lies in ${what}: it cannot be asked`;
  if (basis !== "own") return `${text} lies in ${what}: only a scope of basis own may ask there`;
  return `${text} lies in ${what}: if it is your own, add it to ownSpecial as well`;
}

function ownSpecialComplaint(text: string): string | null {
  const prefix = parsePrefix(text);
  if (!prefix.ok) return prefix.error;
  const set = prefixSet([prefix.value]);
  if (isEmpty(minus(set, OWNABLE_SET))) return null;
  const isPublic = !isEmpty(minus(set, SPECIAL_SET));
  return isPublic
    ? `${text} is not a special-purpose range: it needs no declaration`
    : `${text} cannot be anyone's own network`;
}
