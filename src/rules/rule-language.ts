import type { Detection } from "../model/detection.ts";

/** A detection said in another language, or why it cannot be. */
export type PrintedRule =
  | {
      readonly kind: "rule";
      /** The whole file, ending in a line end. */
      readonly text: string;
      /** What this rule does otherwise than Corral's evaluator, a sentence each; empty = nothing known. */
      readonly differs: readonly string[];
    }
  | { readonly kind: "cannot"; readonly why: string };

/** One language of one product's rules. */
export interface RuleLanguage {
  /** Kebab-case, as in `--for`. */
  readonly id: string;
  readonly title: string;
  /** Of its files: `.yml`, `.kql`. */
  readonly ending: string;
  /** How the text is commented: what stands before a comment's line; `null` = no comments. */
  readonly comment: string | null;
  /** Version of the language or product that the text is written for, and where that is said. */
  readonly source: string;
  print(detection: Detection): PrintedRule;
}
