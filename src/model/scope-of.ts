import { canonicalName } from "./host-name.ts";
import { parseAsn } from "./network-place.ts";
import { formatPrefix, parsePrefix } from "./prefix.ts";
import type { ScopeFile } from "./scope-file.ts";
import type { Scope } from "./scope.ts";

/**
 * Gives every key its default and every prefix and name its canonical form. Entries that have none stay as they are, in their place: the
 * rules tell what is wrong with them.
 */
export function scopeOf(file: ScopeFile): Scope {
  const research = file.basis === "research";
  return {
    name: file.name,
    operator: { ...file.operator, organisation: file.operator.organisation ?? null },
    basis: file.basis,
    authority: file.authority,
    prefixes: file.prefixes.map(canonicalPrefix),
    names: (file.names ?? []).map((name) => canonicalName(name) ?? name),
    ports: file.ports,
    exclude: (file.exclude ?? []).map(canonicalPlace),
    optOut: (file.optOut ?? []).map(({ who, since }) => ({ who: canonicalPlace(who), since })),
    ownSpecial: (file.ownSpecial ?? []).map(canonicalPrefix),
    limits: { pilot: 100, cardsPerHost: research ? 0 : 20, cardsPerRun: research ? 0 : 1000, ...file.limits },
    vantage: file.vantage,
    depth: file.depth ?? (file.basis === "own" ? "cards" : "metadata"),
    prompts: file.prompts ?? "class",
    retentionDays: file.retentionDays ?? 365,
    research: file.research ?? null,
  };
}

function canonicalPrefix(text: string): string {
  const prefix = parsePrefix(text);
  return prefix.ok ? formatPrefix(prefix.value) : text;
}

function canonicalPlace(text: string): string {
  const asn = parseAsn(text);
  if (asn !== null) return `AS${asn}`;
  const prefix = canonicalPrefix(text);
  return prefix === text ? (canonicalName(text) ?? text) : prefix;
}
