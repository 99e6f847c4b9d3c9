import type { Severity } from "./finding.ts";

/** A piece of a text that a rule looks for. */
export type PatternPiece =
  | { readonly kind: "text"; readonly text: string }
  /** `*`: any characters, none too. */
  | { readonly kind: "many" }
  /** `?`: one character. */
  | { readonly kind: "one" };

/** What a Sigma rule asks of one value. */
export type SigmaTest =
  /** The whole value goes as the pieces do; without regard to the case of A to Z unless `cased`. */
  | { readonly kind: "text"; readonly pieces: readonly PatternPiece[]; readonly cased: boolean }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "flag"; readonly value: boolean }
  /** The event does not tell it. */
  | { readonly kind: "null" }
  | { readonly kind: "exists" }
  /** Some part of the value meets the pattern, whose work is bounded (`format/linear-pattern.ts`). */
  | { readonly kind: "regex"; readonly source: string; readonly flags: string }
  | { readonly kind: "cidr"; readonly prefix: string }
  | { readonly kind: "compare"; readonly by: "lt" | "lte" | "gt" | "gte"; readonly value: number }
  /** The value against that of another field. */
  | { readonly kind: "field"; readonly other: string; readonly how: FieldComparison; readonly cased: boolean };

export type FieldComparison = "is" | "starts" | "ends" | "contains";

/** Searches and the condition over them in one: what a row must be. */
export type SigmaExpression =
  | { readonly kind: "all"; readonly of: readonly SigmaExpression[] }
  | { readonly kind: "any"; readonly of: readonly SigmaExpression[] }
  | { readonly kind: "not"; readonly of: SigmaExpression }
  /** `field` as the rule calls it. */
  | { readonly kind: "field"; readonly field: string; readonly test: SigmaTest }
  /** Asked of the whole row as it stands. */
  | { readonly kind: "keyword"; readonly test: SigmaTest };

/** Where a rule looks. */
export interface SigmaLogsource {
  readonly category: string | null;
  readonly product: string | null;
  readonly service: string | null;
}

/** What every document of a rule file says of itself. */
export interface SigmaHead {
  readonly id: string | null;
  readonly name: string | null;
  readonly title: string;
  readonly description: string;
  /** As written; `null` = it has none. */
  readonly level: string | null;
  readonly severity: Severity;
  readonly tags: readonly string[];
  readonly falsePositives: readonly string[];
  readonly references: readonly string[];
  /** `rules/web.yml:12:1`, where the document begins. */
  readonly place: string;
}

/** A detection rule. */
export interface SigmaRule extends SigmaHead {
  readonly kind: "rule";
  readonly logsource: SigmaLogsource;
  readonly where: SigmaExpression;
}

/** Further conditions for other rules. */
export interface SigmaFilter extends SigmaHead {
  readonly kind: "filter";
  readonly logsource: SigmaLogsource;
  readonly where: SigmaExpression;
  /** Ids or names; `null` = every rule of the log source. */
  readonly rules: readonly string[] | null;
}

/** How rows of other rules make an alert. */
export type SigmaCorrelationKind = "event_count" | "value_count" | "value_sum" | "temporal" | "temporal_ordered";

/** A correlation of other rules. */
export interface SigmaCorrelation extends SigmaHead {
  readonly kind: "correlation";
  readonly type: SigmaCorrelationKind;
  /** Ids or names. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  readonly withinSeconds: number;
  /** Rows, values, sum or different rules; above 0. */
  readonly atLeast: number;
  /** The field that `value_count` and `value_sum` look at. */
  readonly field: string | null;
  /** Names that stand for a field of their own in each rule: alias → rule → field. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether the rules speak by themselves too. */
  readonly generate: boolean;
}

/** One document of a file of rules. */
export type SigmaDocument = SigmaRule | SigmaFilter | SigmaCorrelation;
