import type { Detection } from "../model/detection.ts";
import type { FileSign } from "../model/file-sign.ts";
import type { RuleLanguage, RuleSetting } from "./rule-language.ts";

/** One row of `rules list`. */
export interface ListedRule {
  /** A sign is of files, a detection of rows. */
  readonly kind: "detection" | "sign";
  readonly id: string;
  readonly severity: string;
  readonly version: number;
  readonly title: string;
  /** Ids of the languages that can say it. */
  readonly languages: readonly string[];
}

/** Every detection and the languages that can say it; signs of files after them, unless no language of these reads files. */
export function listRules(
  detections: readonly Detection[],
  signs: readonly FileSign[],
  languages: readonly RuleLanguage[],
  setting: RuleSetting,
): readonly ListedRule[] {
  const readers = languages.filter((language) => language.signs !== undefined).map(({ id }) => id);
  const listedSigns = readers.length === 0 ? [] : signs.map((sign) => listedSign(sign, readers));
  return [...detections.map((detection) => listedDetection(detection, languages, setting)), ...listedSigns];
}

function listedSign({ id, severity, version, title }: FileSign, languages: readonly string[]): ListedRule {
  return { kind: "sign", id, severity, version, title, languages };
}

function listedDetection(detection: Detection, languages: readonly RuleLanguage[], setting: RuleSetting): ListedRule {
  return {
    kind: "detection",
    id: detection.id,
    severity: detection.severity,
    version: detection.version,
    title: detection.title,
    languages: languages
      .filter((language) => language.print(detection, setting).kind === "rule")
      .map((language) => language.id),
  };
}

/** The list as a table, a detection or a sign a line; `nowhere` stands for no language. */
export function listText(rows: readonly ListedRule[], nowhere: string): string {
  const idWidth = Math.max(0, ...rows.map(({ id }) => id.length));
  const severityWidth = Math.max(0, ...rows.map(({ severity }) => severity.length));
  return rows
    .map(({ id, severity, languages }) => {
      const words = languages.length === 0 ? nowhere : languages.join(" ");
      return `${id.padEnd(idWidth)}  ${severity.padEnd(severityWidth)}  ${words}\n`;
    })
    .join("");
}

/** What a detection is, and what each language makes of it. */
export function detectionText(detection: Detection, languages: readonly RuleLanguage[], setting: RuleSetting): string {
  const { ids } = detection;
  const said = languages.map((language) => {
    const printed = language.print(detection, setting);
    if (printed.kind === "cannot") return `  ${language.id}: cannot express: ${printed.why}`;
    return [`  ${language.id}: ${language.title}`, ...printed.differs.map((one) => `    ${one}`)].join("\n");
  });
  return [
    `${detection.id}: ${detection.title}`,
    `${detection.severity}, ${detection.lifecycle}, version ${detection.version} of ${detection.changed}, ${detection.uuid}`,
    "",
    detection.hypothesis,
    "",
    `ATT&CK ${[...ids.attack, ...ids.attackBefore.map((id) => `(${id})`)].join(" ")}; ATLAS ${ids.atlas.join(" ")}; OWASP ${ids.owaspLlm.join(" ")}`,
    "",
    "speaks though nothing is wrong:",
    ...detection.falsePositives.map((one) => `  ${one}`),
    "cannot see:",
    ...detection.blindTo.map((one) => `  ${one}`),
    "in other languages:",
    ...said,
    "",
  ].join("\n");
}
