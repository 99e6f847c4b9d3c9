import { resolve } from "node:path";
import { SPECIAL_SET } from "../../knowledge/special-ranges.ts";
import { systemClock } from "../../machine/clock.io.ts";
import { type Locator, tableWords } from "../../machine/locate.ts";
import { openLocator } from "../../machine/network-tables.io.ts";
import { Complaint } from "../../model/complaint.ts";
import type { Scope } from "../../model/scope.ts";
import type { NetworkOptions } from "../../machine/network-options.ts";
import { type AsnRanges, asnsLeftAlone, territoryOf } from "./scope-territory.ts";
import { isEmpty, minus } from "../../model/prefix-set.ts";

/** The tables that were opened, and what the scope's AS numbers hold by them. */
export interface ScopeNetworks {
  readonly locator: Locator | null;
  readonly ranges: AsnRanges;
  /** Name, build date and age of each table. */
  readonly words: readonly string[];
}

/**
 * Opens the tables where they are needed (paths are relative to `cwd`): for places, or to turn AS numbers to be left alone into addresses.
 *
 * @throws a `Complaint` when a scope leaves AS numbers alone and no table knows AS numbers: nobody is asked in spite of an opt-out (rule R4).
 */
export function openScopeNetworks(
  scope: Scope,
  options: NetworkOptions,
  cwd: string,
  placesToo: boolean,
): ScopeNetworks {
  const asns = asnsLeftAlone(scope);
  if (asns.length > 0 && options.off) throw unknownAsns(asns, "--no-networks");
  const isWanted = placesToo && !options.off && (options.files.length > 0 || !liesNowhere(scope));
  if (asns.length === 0 && !isWanted) return { locator: null, ranges: new Map(), words: [] };
  const locator = openLocator(
    options.files.map((file) => resolve(cwd, file)),
    SPECIAL_SET,
  );
  const ranges = asns.length === 0 ? new Map() : locator.rangesOf(new Set(asns));
  if (ranges === null) throw unknownAsns(asns, options.files.join(", "));
  const nowMs = systemClock.epochMs();
  return { locator, ranges, words: locator.tables.map((table) => tableWords(table, nowMs)) };
}

/** Whether no published table tells anything of the scope's addresses: private, loopback and other special-purpose ranges. */
function liesNowhere(scope: Scope): boolean {
  return isEmpty(minus(territoryOf(scope).named, SPECIAL_SET));
}

function unknownAsns(asns: readonly number[], place: string): Complaint {
  const message = `the scope leaves ${asns.map((asn) => `AS${asn}`).join(", ")} alone, and no table here tells their addresses`;
  return new Complaint(
    [{ place, message }],
    "--networks FILE names a table of AS numbers; or write the prefixes instead",
  );
}
