import type { RuleLanguage } from "./rule-language.ts";
import { SIGMA } from "./print/sigma.ts";

/** Every language that rules are printed in, by id. */
export const RULE_LANGUAGES: Readonly<Record<string, RuleLanguage>> = {
  sigma: SIGMA,
};
