import type { Detection } from "../model/detection.ts";
import type { FileSign } from "../model/file-sign.ts";

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

/** What whoever deploys rules says of their own world; it is written into the rules. */
export interface RuleSetting {
  /** CIDR prefixes of their own, whose addresses are no strangers. */
  readonly known: readonly string[];
  /** Ports on which a model server listens. */
  readonly serverPorts: readonly number[];
}

/** Nobody is known, and servers listen where Ollama does. */
export const DEFAULT_RULE_SETTING: RuleSetting = { known: [], serverPorts: [11_434] };

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
  /** Files that stand beside the rules in the folder of `rules build`, and in no other place. */
  readonly beside?: readonly { readonly name: string; readonly text: string }[];
  /** Of a language that reads files: the signs' rules, all in one file of that name. */
  readonly signs?: { readonly file: string; print(signs: readonly FileSign[]): string };
  /** Makes the one text of `rules export` of the rules' texts; absent = one after another, documents of YAML parted as YAML parts them. */
  join?(texts: readonly string[]): string;
  print(detection: Detection, setting: RuleSetting): PrintedRule;
}
