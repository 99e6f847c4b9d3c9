import type { Vantage } from "./observation.ts";

export const BASES = ["own", "contract", "statutory", "research"] as const;
export type Basis = (typeof BASES)[number];

/** How much, how fast: every ceiling a run obeys; a scope without them does not run (rule R2). */
export interface Limits {
  /** New connections a second over all targets. */
  readonly rate: number;
  /** Requests a second to one address. */
  readonly perHost: number;
  /** New connections a second into one /24 (IPv4) or /48 (IPv6). */
  readonly perNetwork: number;
  /** Connections open at once. */
  readonly inFlight: number;
  /** Hours before the same service may be asked again by a new run. */
  readonly rescanHours: number;
  /** Targets a `--pilot` run stops at (rule R7). */
  readonly pilot: number;
  /** Model cards asked of one host in one run, and in one run altogether. */
  readonly cardsPerHost: number;
  readonly cardsPerRun: number;
}

/**
 * What may be touched, by whose authority, until when. Read from `scope.yaml`; everything not named is refused.
 * `corral config print scope` prints every key.
 */
export interface Scope {
  readonly name: string;
  readonly operator: { readonly name: string; readonly contact: string; readonly organisation: string | null };
  readonly basis: Basis;
  /** Who allowed it, on which day, until which day (inclusive), as ISO dates. */
  readonly authority: { readonly allowedBy: string; readonly since: string; readonly until: string };
  readonly prefixes: readonly string[];
  readonly names: readonly string[];
  readonly ports: readonly number[];
  readonly exclude: readonly string[];
  /** Prefixes, names (a name covers its subdomains) and AS numbers that asked to be left alone; each with the day it asked. */
  readonly optOut: readonly { readonly who: string; readonly since: string }[];
  /** Special-purpose ranges that the operator declares as their own (rule R5); `own` only. */
  readonly ownSpecial: readonly string[];
  readonly limits: Limits;
  readonly vantage: Vantage;
  readonly depth: "metadata" | "cards";
  /** Whether the text of a system prompt is kept with its class; `text` only for `own` (rule R13). */
  readonly prompts: "class" | "text";
  readonly retentionDays: number;
  /** Required for `research` (rules R3, R17); `null` else. */
  readonly research: Research | null;
}

export interface Research {
  /** What an ethics board or equivalent decided, with reference. */
  readonly ethicsNote: string;
  /** Web page that explains the survey and takes opt-outs. */
  readonly optOutPage: string;
  readonly reverseDns: string;
  readonly whois: string;
  readonly sourceRanges: readonly string[];
}
