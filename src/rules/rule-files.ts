import type { Detection } from "../model/detection.ts";
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

/** Every detection in every language, one file each, and an index that says what is there and what is not. */
export function ruleFolder(
  detections: readonly Detection[],
  languages: readonly RuleLanguage[],
  setting: RuleSetting,
): RuleFolder {
  const files: RuleFile[] = [];
  const missing: MissingRule[] = [];
  const rules: object[] = [];
  for (const language of languages) {
    for (const { name, text } of language.beside ?? []) files.push({ path: `${language.id}/${name}`, text });
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

/** Rules of one language as one text: documents of YAML are parted as YAML parts them. */
export function exportText(
  detections: readonly Detection[],
  language: RuleLanguage,
  setting: RuleSetting,
): { readonly text: string; readonly missing: readonly MissingRule[] } {
  const texts = (language.beside ?? []).filter(({ isExported }) => isExported).map(({ text }) => text);
  const missing: MissingRule[] = [];
  for (const detection of detections) {
    const printed = language.print(detection, setting);
    if (printed.kind === "rule") texts.push(printed.text);
    else missing.push({ language: language.id, detection: detection.id, why: printed.why });
  }
  const between = language.ending === ".yml" || language.ending === ".yaml" ? "---\n" : "\n";
  return { text: texts.join(between), missing };
}
