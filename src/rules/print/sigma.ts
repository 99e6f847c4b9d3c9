import { stringify } from "yaml";
import { uuidV5 } from "../../render/uuid-v5.ts";
import type { Correlation, Detection } from "../../model/detection.ts";
import type { EventField } from "../../model/condition.ts";
import { SIGMA_COLUMNS } from "../fields/sigma-columns.ts";
import type { SigmaLogsource } from "../fields/sigma-columns.ts";
import { plainCondition } from "../plain-condition.ts";
import type { PrintedRule, RuleLanguage } from "../rule-language.ts";
import { sigmaSearch, Unsayable } from "./sigma-search.ts";
import type { SigmaSearch } from "./sigma-search.ts";

const STATUS = { experimental: "experimental", stable: "stable", deprecated: "deprecated" } as const;
const LEVEL = { critical: "critical", high: "high", medium: "medium", low: "low", info: "informational" } as const;
/** How long a first row is remembered where Corral remembers it without end. */
const CHANGE_TIMESPAN = "30d";

/** Sigma, specification 2: rules, and correlations of them. */
export const SIGMA: RuleLanguage = {
  id: "sigma",
  title: "Sigma",
  ending: ".yml",
  comment: "# ",
  source: "SigmaHQ sigma-specification 2: rules and correlation rules",
  print: printSigma,
};

function printSigma(detection: Detection): PrintedRule {
  try {
    return sigmaOf(detection);
  } catch (error) {
    if (error instanceof Unsayable) return { kind: "cannot", why: error.message };
    throw error;
  }
}

function sigmaOf(detection: Detection): PrintedRule {
  const { correlation } = detection;
  if (correlation.kind === "disagree")
    return { kind: "cannot", why: "Sigma has no correlation that asks for what is missing in another log" };
  if (correlation.kind === "sum") return { kind: "cannot", why: "Sigma's correlations do not add up a field" };
  const about = aboutOf(detection);
  if (correlation.kind === "each" || correlation.kind === "first") {
    const rule = { ...about, ...searchOf(detection, correlation.of), ...endOf(detection) };
    return { kind: "rule", text: stringify(rule, STYLE), differs: differences(correlation) };
  }
  const names = baseNames(correlation);
  const bases = [...new Set(names)].map((name) => ({
    title: `${detection.title}: ${name}`,
    id: uuidV5(detection.uuid, name),
    status: STATUS[detection.lifecycle],
    description: `Rows that the correlation ${detection.id} counts; no alert by themselves.`,
    author: "Corral",
    date: detection.since,
    ...searchOf(detection, name),
    level: "informational",
  }));
  const rule = {
    ...about,
    correlation: {
      ...correlationOf(correlation, detection),
      rules: names.map((name) => uuidV5(detection.uuid, name)),
    },
    ...endOf(detection),
  };
  const text = [...bases, rule].map((one) => stringify(one, STYLE)).join("---\n");
  return { kind: "rule", text, differs: differences(correlation) };
}

const STYLE = { lineWidth: 130 } as const;

function aboutOf(detection: Detection): object {
  return {
    title: detection.title,
    id: detection.uuid,
    name: detection.id.replaceAll("-", "_"),
    status: STATUS[detection.lifecycle],
    description: detection.hypothesis,
    ...(detection.references.length === 0 ? {} : { references: detection.references }),
    author: "Corral",
    date: detection.since,
    ...(detection.changed === detection.since ? {} : { modified: detection.changed }),
    tags: detection.ids.attack.map((id) => `attack.${id.toLowerCase()}`),
  };
}

function endOf(detection: Detection): object {
  return { falsepositives: detection.falsePositives, level: LEVEL[detection.severity] };
}

function searchOf(detection: Detection, name: string): { logsource: SigmaLogsource; detection: SigmaSearch } {
  const { selection, columns, source } = placeOf(detection, name);
  const plain = plainCondition(selection.where);
  if (plain === null) throw new Unsayable("it asks what only Corral's evaluator knows");
  return { logsource: source, detection: sigmaSearch(plain, columns) };
}

function placeOf(detection: Detection, name: string) {
  const selection = detection.selections[name];
  const place = selection === undefined ? undefined : SIGMA_COLUMNS[selection.class];
  if (selection === undefined || place === undefined) throw new Unsayable("Sigma has no log source for its rows");
  return { selection, ...place };
}

type Counted = Extract<Correlation, { readonly kind: "count" | "distinct" | "sequence" | "change" }>;

function baseNames(correlation: Counted): readonly string[] {
  if (correlation.kind === "sequence") return correlation.steps;
  return correlation.kind === "change" ? [correlation.from, correlation.to] : [correlation.of];
}

function correlationOf(correlation: Counted, detection: Detection): object {
  const [name = ""] = baseNames(correlation);
  const column = (field: EventField): string => columnOf(detection, name, field);
  const group = correlation.by.length === 0 ? {} : { "group-by": correlation.by.map(column) };
  switch (correlation.kind) {
    case "count":
      return {
        type: "event_count",
        ...group,
        timespan: `${correlation.withinSeconds}s`,
        condition: { gte: correlation.atLeast },
      };
    case "distinct":
      return {
        type: "value_count",
        ...group,
        timespan: `${correlation.withinSeconds}s`,
        condition: { field: column(correlation.field), gte: correlation.atLeast },
      };
    case "sequence":
      return { type: "temporal_ordered", ...group, timespan: `${correlation.withinSeconds}s` };
    case "change":
      return { type: "temporal_ordered", ...group, timespan: CHANGE_TIMESPAN };
  }
}

function columnOf(detection: Detection, name: string, field: EventField): string {
  const column = placeOf(detection, name).columns[field];
  if (column === undefined) throw new Unsayable(`its log source has no field for \`${field}\``);
  return column;
}

function differences({ kind }: Correlation): readonly string[] {
  if (kind === "first") return ["It speaks of every row, not of a group's first alone."];
  if (kind === "each") return ["It speaks of every row; Corral puts rows of one group together."];
  return kind === "change" ? [`The two rows must lie within ${CHANGE_TIMESPAN}.`] : [];
}
