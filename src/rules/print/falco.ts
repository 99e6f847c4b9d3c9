import { stringify } from "yaml";
import type { Detection } from "../../model/detection.ts";
import { sayParts } from "../expression.ts";
import type { Dialect, Question } from "../expression.ts";
import { FALCO_FIELDS } from "../fields/falco-fields.ts";
import { commented, headerLines } from "../rule-header.ts";
import type { PrintedRule, RuleLanguage, RuleSetting } from "../rule-language.ts";
import { sayDetection } from "../said-detection.ts";
import { Unsayable } from "../unsayable.ts";

/** Falco. */
export const FALCO: RuleLanguage = {
  id: "falco",
  title: "Falco",
  ending: ".yaml",
  comment: "# ",
  source: "Falco 0.41 and later: rules of system calls",
  print: printFalco,
};

const PRIORITY = {
  critical: "CRITICAL",
  high: "ERROR",
  medium: "WARNING",
  low: "NOTICE",
  info: "INFORMATIONAL",
} as const;
const EVERY_ROW = "It speaks of every row; Corral puts rows of one group together.";
const CASE = "It heeds capitals where Corral does not, but within a text.";

function printFalco(detection: Detection, setting: RuleSetting): PrintedRule {
  try {
    const { correlation } = detection;
    if (correlation.kind !== "each" && correlation.kind !== "first")
      throw new Unsayable("Falco judges each call by itself: it counts and compares nothing over time");
    const said = sayDetection(detection, correlation.of, FALCO_FIELDS, setting);
    const differs = [EVERY_ROW, CASE, ...said.differs];
    const rule = {
      rule: `Corral ${detection.id}`,
      desc: `${detection.title}. ${detection.hypothesis}`,
      condition: [said.table.source, ...sayParts(said.where, said.table, WORDS)].join(" and "),
      output: `${detection.title} (corral=${detection.id} version=${detection.version} ${shown(said.table.columns)})`,
      priority: PRIORITY[detection.severity],
      source: "syscall",
      tags: ["corral", ...detection.ids.attack, ...detection.ids.atlas],
    };
    const text = stringify([rule], { lineWidth: 0 });
    return { kind: "rule", text: commented("# ", headerLines(detection, differs), text), differs };
  } catch (error) {
    if (error instanceof Unsayable) return { kind: "cannot", why: error.message };
    throw error;
  }
}

function shown(columns: Readonly<Record<string, string>>): string {
  return Object.values(columns)
    .map((column) => `${column.replaceAll(".", "_")}=%${column}`)
    .join(" ");
}

const WORDS: Dialect = {
  and: "and",
  or: "or",
  ask: (question) => asked(question),
  refuse: (question) => (question.kind === "absent" ? `${question.column} exists` : `not ${asked(question)}`),
};

const COMPARES = { starts: "startswith", ends: "endswith", contains: "icontains", above: ">", below: "<" } as const;

function asked(question: Question): string {
  const { column } = question;
  switch (question.kind) {
    case "is":
      return `${column} in (${question.values.map((value) => (typeof value === "string" ? quoted(value) : value.toString())).join(", ")})`;
    case "starts":
    case "ends":
    case "contains":
      return `(${question.values.map((value) => `${column} ${COMPARES[question.kind]} ${quoted(value)}`).join(" or ")})`;
    case "above":
    case "below":
      return `${column} ${COMPARES[question.kind]} ${question.value}`;
    case "cidr":
      return `${column.replace(/ip$/u, "net")} in (${question.prefixes.map(quoted).join(", ")})`;
    case "absent":
      return `(not ${column} exists)`;
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
