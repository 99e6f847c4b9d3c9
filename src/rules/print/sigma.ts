import { stringify } from "yaml";
import { uuidV5 } from "../../render/uuid-v5.ts";
import type { Correlation, Detection } from "../../model/detection.ts";
import { any, starts } from "../../model/condition.ts";
import type { EventField } from "../../model/condition.ts";
import type { FieldTable } from "../fields/column.ts";
import { SIGMA_COLUMNS } from "../fields/sigma-columns.ts";
import type { SigmaLogsource } from "../fields/sigma-columns.ts";
import { writtenMapped } from "../mapped-prefix.ts";
import type { PlainCondition } from "../plain-condition.ts";
import type { PrintedRule, RuleLanguage, RuleSetting } from "../rule-language.ts";
import { countedColumn, COUNTS_PATHS, groupColumns, sayDetection } from "../said-detection.ts";
import { Unsayable } from "../unsayable.ts";
import { sigmaSearch } from "./sigma-search.ts";
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

function printSigma(detection: Detection, setting: RuleSetting): PrintedRule {
  try {
    return sigmaOf(detection, setting);
  } catch (error) {
    if (error instanceof Unsayable) return { kind: "cannot", why: error.message };
    throw error;
  }
}

function sigmaOf(detection: Detection, setting: RuleSetting): PrintedRule {
  const { correlation } = detection;
  if (correlation.kind === "disagree")
    return { kind: "cannot", why: "Sigma has no correlation that asks for what is missing in another log" };
  const about = aboutOf(detection);
  if (correlation.kind === "each" || correlation.kind === "first") {
    const rule = { ...about, ...searchOf(detection, correlation.of, setting), ...endOf(detection) };
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
    ...searchOf(detection, name, setting),
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

function searchOf(
  detection: Detection,
  name: string,
  setting: RuleSetting,
): { logsource: SigmaLogsource; detection: SigmaSearch } {
  const { where, table } = sayDetection(detection, name, SIGMA_COLUMNS, setting);
  return { logsource: table.source, detection: sigmaSearch(withWritten(where), table.columns) };
}

type Counted = Extract<Correlation, { readonly kind: "count" | "distinct" | "sum" | "sequence" | "change" }>;

function baseNames(correlation: Counted): readonly string[] {
  if (correlation.kind === "sequence") return correlation.steps;
  return correlation.kind === "change" ? [correlation.from, correlation.to] : [correlation.of];
}

function correlationOf(correlation: Counted, detection: Detection): object {
  const [name = ""] = baseNames(correlation);
  const group = groupOf(detection, name, correlation.by);
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
        condition: { field: countedColumn(tableOf(detection, name), correlation.field), gte: correlation.atLeast },
      };
    case "sum":
      return {
        type: "value_sum",
        ...group,
        timespan: `${correlation.withinSeconds}s`,
        condition: { field: countedColumn(tableOf(detection, name), correlation.field), gte: correlation.atLeast },
      };
    case "sequence":
      return { type: "temporal_ordered", ...group, timespan: `${correlation.withinSeconds}s` };
    case "change":
      return { type: "temporal_ordered", ...group, timespan: CHANGE_TIMESPAN };
  }
}

/** Sigma's engines compare prefixes of IPv6 as texts: addresses of IPv4 that are written as IPv6 are asked as they are written. */
function withWritten(condition: PlainCondition): PlainCondition {
  switch (condition.kind) {
    case "all":
    case "any":
      return { kind: condition.kind, of: condition.of.map(withWritten) };
    case "not":
      return { kind: "not", of: withWritten(condition.of) };
    case "cidr": {
      const written = condition.prefixes.flatMap(writtenMapped);
      return written.length === 0 ? condition : any(condition, starts(condition.field, ...written));
    }
    case "is":
    case "starts":
    case "ends":
    case "contains":
    case "above":
    case "below":
    case "network":
    case "absent":
      return condition;
  }
}

function groupOf(detection: Detection, name: string, by: readonly EventField[]): object {
  const table = tableOf(detection, name);
  const columns = groupColumns(table, by);
  return columns.length === 0 ? {} : { "group-by": columns };
}

function tableOf(detection: Detection, name: string): FieldTable<SigmaLogsource> {
  const selection = detection.selections[name];
  const table = selection === undefined ? undefined : SIGMA_COLUMNS[selection.class];
  if (table === undefined) throw new Unsayable("Sigma has no log source for its rows");
  return table;
}

function differences(correlation: Correlation): readonly string[] {
  switch (correlation.kind) {
    case "first":
      return ["It speaks of every row, not of a group's first alone."];
    case "each":
      return ["It speaks of every row; Corral puts rows of one group together."];
    case "change":
      return [`The two rows must lie within ${CHANGE_TIMESPAN}.`];
    case "distinct":
      return correlation.field === "route" ? [COUNTS_PATHS] : [];
    case "count":
    case "sum":
    case "sequence":
    case "disagree":
      return [];
  }
}
