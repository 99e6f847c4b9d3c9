import type { Severity } from "../../model/finding.ts";
import type { NetworkTier } from "../networks/network-kind.ts";

/** What closes a finding, cheapest first within one check. */
export const MEASURES = ["bind", "firewall", "authenticating-proxy", "settings", "upgrade"] as const;
export type Measure = (typeof MEASURES)[number];

/** One way to close a finding, and what it costs whom. */
export interface Remediation {
  readonly measure: Measure;
  readonly effort: "minutes" | "hours" | "days";
  readonly text: string;
  /** What to do instead where the infrastructure tier makes it another thing to do. */
  readonly byTier?: Readonly<Partial<Record<NetworkTier, string>>>;
}

/** Numbers by which others know the matter; only those that are sure. */
export interface CheckIds {
  readonly cve: readonly string[];
  readonly attack: readonly string[];
  readonly atlas: readonly string[];
  readonly owaspLlm: readonly string[];
}

/** What one check asks and what its failing means. The id never changes meaning. */
export interface Check {
  readonly id: string;
  /** The defect in one sentence. */
  readonly title: string;
  readonly severity: Severity;
  readonly source: string;
  /** The place in the source that says so. */
  readonly clause: string;
  /** Corral release that brought it. */
  readonly since: string;
  readonly lifecycle: "stable" | "experimental" | "deprecated";
  /** One sentence for each outcome that can be explained; `{service}` and facts in braces (`classify/finding-words.ts`) are filled in. */
  readonly evidence: { readonly fail: string; readonly pass: string; readonly unknown: string };
  /** Ollama release that ends it; `null` = none is stated, or no release does. */
  readonly fixedIn: string | null;
  /** Shell command that looks again; `{service}` is filled in quoted. */
  readonly recheck: string;
  readonly remediation: readonly Remediation[];
  readonly ids: CheckIds;
}

/** Looks at one service again within the scope that allowed the first look. */
export const RECHECK = "printf '%s\\n' {service} | corral survey --scope scope.yaml --lake corral.lake --targets -";
