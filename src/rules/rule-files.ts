import type { Detection } from "../model/detection.ts";
import type { FileSign } from "../model/file-sign.ts";
import type { RuleLanguage, RuleSetting } from "./rule-language.ts";

/** One file of a folder of rules. */
export interface RuleFile {
  /** Path inside the folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A detection that a language has no words for. */
export interface MissingRule {
  readonly language: string;
  readonly detection: string;
  readonly why: string;
}

/** What `rules build` writes. */
export interface RuleFolder {
  readonly files: readonly RuleFile[];
  readonly missing: readonly MissingRule[];
}

/** Marks a folder as made by `rules build`, so that a later build may take its place. */
export const INDEX_FILE = "corral-rules.json";

/** Every detection in every language, one file each, signs of files in one, and an index that says what is there and what is not. */
export function ruleFolder(
  detections: readonly Detection[],
  signs: readonly FileSign[],
  languages: readonly RuleLanguage[],
  setting: RuleSetting,
): RuleFolder {
  const files: RuleFile[] = [];
  const missing: MissingRule[] = [];
  const rules: object[] = [];
  for (const language of languages) {
    for (const { name, text } of language.beside ?? []) files.push({ path: `${language.id}/${name}`, text });
    if (language.signs !== undefined) {
      const path = `${language.id}/${language.signs.file}`;
      files.push({ path, text: language.signs.print(signs) });
      for (const { id, version, severity } of signs)
        rules.push({ language: language.id, sign: id, version, severity, path, differs: [] });
    }
    for (const detection of detections) {
      const printed = language.print(detection, setting);
      if (printed.kind === "cannot") {
        missing.push({ language: language.id, detection: detection.id, why: printed.why });
        continue;
      }
      const path = `${language.id}/${detection.id}${language.ending}`;
      files.push({ path, text: printed.text });
      const { id, version, severity } = detection;
      rules.push({ language: language.id, detection: id, version, severity, path, differs: printed.differs });
    }
  }
  const index = JSON.stringify({ known: setting.known, ports: setting.serverPorts, rules, missing }, null, 2);
  return { files: [...files, { path: INDEX_FILE, text: `${index}\n` }], missing };
}

/** Rules of one language as one text, the signs of files first. */
export function exportText(
  detections: readonly Detection[],
  signs: readonly FileSign[],
  language: RuleLanguage,
  setting: RuleSetting,
): { readonly text: string; readonly missing: readonly MissingRule[] } {
  const texts = language.signs === undefined ? [] : [language.signs.print(signs)];
  const missing: MissingRule[] = [];
  for (const detection of detections) {
    const printed = language.print(detection, setting);
    if (printed.kind === "rule") texts.push(printed.text);
    else missing.push({ language: language.id, detection: detection.id, why: printed.why });
  }
  return { text: language.join?.(texts) ?? texts.join(isYaml(language) ? "---\n" : "\n"), missing };
}

function isYaml({ ending }: RuleLanguage): boolean {
  return ending === ".yml" || ending === ".yaml";
}
