import type { Detection, Selection } from "../model/detection.ts";
import type { HuntSource, SourceReport } from "./hunt-source.ts";

/** Logs of requests alone: none of their rows is a connection. Of all others it is taken that they may tell anything. */
const REQUESTS_ALONE: ReadonlySet<string> = new Set([
  "ollama-server",
  "access-log",
  "traefik-common",
  "traefik-json",
  "caddy-access",
  "nginx-json",
  "haproxy-http",
  "gateway-audit",
]);
/** Its addresses are only claimed: it confirms none. */
const CLAIMS_ALONE = "ollama-server";
/** Logs whose addresses are all the connections' own. Of all others it is taken that rows may claim one. */
const NEVER_CLAIM: ReadonlySet<string> = new Set([
  "access-log",
  "caddy-access",
  "nginx-json",
  "haproxy-http",
  "gateway-audit",
  "zeek-tsv",
  "zeek-json",
  "suricata-eve",
  "aws-vpc-flow",
  "aws-vpc-flow-json",
  "azure-flow",
  "gcp-vpc-flow",
  "nfdump-csv",
  "nfdump-json",
  "netfilter",
  "pf-tcpdump",
  "pf-filterlog",
  "windows-firewall",
  "conntrack-events",
  "windows-json-flat",
  "windows-json-nested",
  "windows-xml",
  "auditd",
  "defender-json",
  "defender-csv",
]);

/**
 * Detections that compare what one log claims with what another has seen, where no log here can have seen it: they cannot speak, and
 * would have to look at every row. `null` as a grammar = not known yet.
 */
export function blindDetections(
  detections: readonly Detection[],
  grammars: readonly (string | null)[],
): readonly Detection[] {
  return detections.filter(({ correlation, selections }) => {
    if (correlation.kind !== "disagree") return false;
    const seen = selections[correlation.seen];
    if (!grammars.some((grammar) => grammar === null || !NEVER_CLAIM.has(grammar))) return true;
    return seen !== undefined && !grammars.some((grammar) => mayTell(grammar, seen));
  });
}

function mayTell(grammar: string | null, { class: kind }: Selection): boolean {
  if (grammar === null) return true;
  if (kind === "network") return !REQUESTS_ALONE.has(grammar);
  return kind !== "http" || grammar !== CLAIMS_ALONE;
}

/** The grammars of sources before they are read. */
export function grammarsAhead(sources: readonly HuntSource[]): readonly (string | null)[] {
  return sources.map(({ grammar }) => grammar?.id ?? null);
}

/** The grammars that were met: a file may be mixed of several. */
export function grammarsMet(sources: readonly SourceReport[]): readonly string[] {
  return sources.flatMap(({ tally }) => [...tally.grammars.keys()]);
}
