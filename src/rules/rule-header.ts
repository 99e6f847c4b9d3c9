import type { Detection } from "../model/detection.ts";

/** What stands above every printed rule as comments: what it is, whose it is, what it does otherwise. */
export function headerLines(detection: Detection, differs: readonly string[]): readonly string[] {
  const { id, version, uuid, severity, lifecycle } = detection;
  return [
    detection.title,
    `Corral's detection ${id}, version ${version} of ${detection.changed}, ${uuid}`,
    `severity ${severity}, ${lifecycle}${detection.ids.attack.length === 0 ? "" : `, ATT&CK ${detection.ids.attack.join(", ")}`}`,
    ...detection.falsePositives.map((one) => `speaks though nothing is wrong: ${one}`),
    ...differs.map((one) => `differs from Corral: ${one}`),
  ];
}

/** Puts comments before a rule's text. */
export function commented(mark: string, lines: readonly string[], text: string): string {
  return [...lines.map((line) => `${mark}${line.replaceAll(/[\r\n]+/gu, " ")}`), text].join("\n");
}
