import { canonicalAddress, parseAddress } from "../model/address.ts";
import type { PrefixSet } from "../model/prefix-set.ts";
import { holds } from "../model/prefix-set.ts";

/** What to forget: everything seen before a moment (by any run, or by these), or everything of some addresses. */
export type Forgetting =
  | { readonly kind: "before"; readonly instant: string; readonly runs: ReadonlySet<string> | null }
  | { readonly kind: "addresses"; readonly prefixes: PrefixSet };

/** Tells whether a text is an address within the prefixes. */
export function isHeld(address: string, prefixes: PrefixSet): boolean {
  const parsed = parseAddress(address);
  return parsed !== null && holds(prefixes, parsed);
}

const ADDRESS_LIKE = /[0-9a-f:.]{2,45}/giu;

/** Tells whether a line of a log or of rejects is to be forgotten: by a time it bears, or by an address anywhere in it. */
export function namesForgotten(line: string, what: Forgetting): boolean {
  if (what.kind === "before") return lineTime(line) < what.instant && (what.runs?.has(lineRun(line)) ?? true);
  const words = line.match(ADDRESS_LIKE) ?? [];
  return words.some(
    (word) => isHeld(canonicalAddress(word) ?? "", what.prefixes) || isHeld(portless(word), what.prefixes),
  );
}

/** `192.0.2.1:80` → `192.0.2.1`, `192.0.2.1.` → `192.0.2.1`. */
function portless(word: string): string {
  return /^(\d+\.\d+\.\d+\.\d+)(?:[:.].*)?$/u.exec(word)?.[1] ?? "";
}

/** The `sent_at` of a request log's line; the end of time for a line without one. */
function lineTime(line: string): string {
  return /"sent_at":"([^"]{1,40})"/u.exec(line)?.[1] ?? "9999";
}

/** The `run` of a request log's line; empty for a line without one. */
function lineRun(line: string): string {
  return /"run":"([0-9a-f]{32})"/u.exec(line)?.[1] ?? "";
}
