import type { Detection } from "../model/detection.ts";
import type { FileSign } from "../model/file-sign.ts";
import type { PrintedRule, RuleLanguage, RuleSetting } from "./rule-language.ts";
import { detectionText } from "./rules-text.ts";

/** What `rules show` tells of. */
export type Shown =
  { readonly kind: "detection"; readonly detection: Detection } | { readonly kind: "sign"; readonly sign: FileSign };

const ROWS_ALONE = "it reads rows of logs, packets or calls, and this is a sign of a file's bytes";

/** Its rule in one language, or why there is none. */
export function saidIn(shown: Shown, language: RuleLanguage, setting: RuleSetting): PrintedRule {
  if (shown.kind === "detection") return language.print(shown.detection, setting);
  if (language.signs === undefined) return { kind: "cannot", why: ROWS_ALONE };
  return { kind: "rule", text: language.signs.print([shown.sign]), differs: [] };
}

/** What it is, and what each language makes of it; the text ends in a line end. */
export function shownText(shown: Shown, languages: readonly RuleLanguage[], setting: RuleSetting): string {
  return shown.kind === "detection"
    ? detectionText(shown.detection, languages, setting)
    : signText(shown.sign, languages);
}

function signText(sign: FileSign, languages: readonly RuleLanguage[]): string {
  return [
    `${sign.id}: ${sign.title}`,
    `${sign.severity}, sign of files, version ${sign.version}, since ${sign.since}`,
    "",
    sign.hypothesis,
    "",
    ...(sign.ids.length === 0 ? [] : [`techniques ${sign.ids.join(" ")}`]),
    ...sign.references.map((one) => `reference ${one}`),
    "speaks though nothing is wrong:",
    ...sign.falsePositives.map((one) => `  ${one}`),
    "cannot see:",
    ...sign.blindTo.map((one) => `  ${one}`),
    "in other languages:",
    ...languages.map((one) => `  ${one.id}: ${one.signs === undefined ? `cannot express: ${ROWS_ALONE}` : one.title}`),
    "",
  ].join("\n");
}
