import { Complaint } from "../model/complaint.ts";
import type { OptionValues } from "../model/command.ts";
import type { Problem } from "../model/complaint.ts";
import type { Detection } from "../model/detection.ts";
import type { FileSign } from "../model/file-sign.ts";
import { nearestWord } from "../model/nearest-word.ts";
import { formatPrefix, parsePrefix } from "../model/prefix.ts";
import { DEFAULT_RULE_SETTING } from "./rule-language.ts";
import type { RuleLanguage, RuleSetting } from "./rule-language.ts";
import type { Shown } from "./shown-rule.ts";

/** Reads `--known` and `--port`. Throws a {@link Complaint} with every problem. */
export function readRuleSetting(options: OptionValues): RuleSetting {
  const problems: Problem[] = [];
  const known = words(options, "known").map((text) => knownPrefix(text, problems));
  const ports = words(options, "port").map((text) => portOf(text, problems));
  if (problems.length > 0) throw new Complaint(problems, "corral rules build --help");
  return { known, serverPorts: ports.length === 0 ? DEFAULT_RULE_SETTING.serverPorts : ports };
}

/** The languages that `--for` names; all of them without it. Throws a {@link Complaint}. */
export function readLanguages(
  options: OptionValues,
  languages: Readonly<Record<string, RuleLanguage>>,
): readonly RuleLanguage[] {
  const ids = words(options, "for");
  if (ids.length === 0) return Object.values(languages);
  return ids.map((id) => named(id, languages, "--for", "no such language"));
}

/** The detection or the sign of files of that id. Throws a {@link Complaint}. */
export function readShown(id: string, detections: readonly Detection[], signs: readonly FileSign[]): Shown {
  const table: Readonly<Record<string, Shown>> = Object.fromEntries([
    ...signs.map((sign): [string, Shown] => [sign.id, { kind: "sign", sign }]),
    ...detections.map((detection): [string, Shown] => [detection.id, { kind: "detection", detection }]),
  ]);
  return named(id, table, "ID", "no such detection or sign");
}

function named<One>(id: string, table: Readonly<Record<string, One>>, place: string, message: string): One {
  const found = Object.hasOwn(table, id) ? table[id] : undefined;
  if (found !== undefined) return found;
  const near = nearestWord(id, Object.keys(table));
  const text = `${id}: ${message}${near === null ? "" : `; did you mean ${near}?`}`;
  throw new Complaint([{ place, message: text }], "corral rules list");
}

function words(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  const all = typeof value === "string" ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
  return all.flatMap((one) => one.split(",")).map((one) => one.trim());
}

/** In canonical form: what goes into a rule is never what was typed. */
function knownPrefix(text: string, problems: Problem[]): string {
  const prefix = parsePrefix(text);
  if (prefix.ok) return formatPrefix(prefix.value);
  problems.push({ place: "--known", message: prefix.error });
  return text;
}

const DIGITS = /^\d{1,5}$/u;

function portOf(text: string, problems: Problem[]): number {
  const port = DIGITS.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) problems.push({ place: "--port", message: `${text}: not a port, 1 to 65535` });
  return port;
}
