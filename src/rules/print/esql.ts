import type { Correlation, Detection } from "../../model/detection.ts";
import { sayParts } from "../expression.ts";
import type { FieldTable } from "../fields/column.ts";
import { ECS_COLUMNS } from "../fields/ecs-columns.ts";
import type { EcsSource } from "../fields/ecs-columns.ts";
import { commented, headerLines } from "../rule-header.ts";
import type { PrintedRule, RuleLanguage, RuleSetting } from "../rule-language.ts";
import { countedColumn, COUNTS_PATHS, groupColumns, sayDetection } from "../said-detection.ts";
import { Unsayable } from "../unsayable.ts";
import { ESQL_DIALECT } from "./esql-dialect.ts";

const EVERY_ROW = "It speaks of every row; Corral puts rows of one group together.";
const TUMBLING =
  "Its windows stand side by side, Corral's slides: what lies across two of them counts in neither. Run it twice, shifted by half.";

/** ES|QL over events in Elastic Common Schema. */
export const ESQL: RuleLanguage = {
  id: "esql",
  title: "ES|QL for Elastic",
  ending: ".esql",
  comment: "// ",
  source: "Elasticsearch 8.14 and later: ES|QL reference; fields of Elastic Common Schema 8",
  print(detection, setting) {
    try {
      return esqlOf(detection, setting);
    } catch (error) {
      if (error instanceof Unsayable) return { kind: "cannot", why: error.message };
      throw error;
    }
  },
};

function esqlOf(detection: Detection, setting: RuleSetting): PrintedRule {
  const { correlation } = detection;
  if (correlation.kind === "disagree") throw new Unsayable("it asks for what is missing in another log at that time");
  if (correlation.kind === "sequence" || correlation.kind === "change")
    throw new Unsayable("ES|QL has no order of rows; the EQL rule has");
  const { where, table, differs } = sayDetection(detection, correlation.of, ECS_COLUMNS, setting);
  const { category, type } = table.source;
  const lines = [
    "FROM logs-*",
    ...(category === "any"
      ? []
      : [`| WHERE MV_COUNT(event.category) > 0 AND LOCATE(MV_CONCAT(event.category, " "), "${category}") > 0`]),
    ...(type === null ? [] : [`| WHERE LOCATE(MV_CONCAT(event.type, " "), "${type}") > 0`]),
    ...sayParts(where, table, ESQL_DIALECT).map((part) => `| WHERE ${part}`),
    ...correlated(correlation, table),
  ];
  const all = [...differs, ...differences(correlation)];
  return { kind: "rule", text: commented("// ", headerLines(detection, all), `${lines.join("\n")}\n`), differs: all };
}

type Said = Extract<Correlation, { readonly kind: "each" | "first" | "count" | "distinct" | "sum" }>;

function correlated(correlation: Said, table: FieldTable<EcsSource>): readonly string[] {
  const keys = groupColumns(table, correlation.by).join(", ");
  const times = "first_at = MIN(@timestamp), last_at = MAX(@timestamp)";
  switch (correlation.kind) {
    case "each":
      return [];
    case "first":
      return [`| STATS ${times}, total = COUNT(*) BY ${keys}`];
    case "count":
    case "distinct":
    case "sum": {
      const total =
        correlation.kind === "count" ? "COUNT(*)" : TOTALS[correlation.kind](valueOf(correlation.field, table));
      return [
        `| STATS total = ${total}, ${times} BY ${keys}, time_window = BUCKET(@timestamp, ${correlation.withinSeconds} seconds)`,
        `| WHERE total >= ${correlation.atLeast}`,
      ];
    }
  }
}

const TOTALS = {
  distinct: (column: string) => `COUNT_DISTINCT(${column})`,
  sum: (column: string) => `SUM(${column})`,
} as const;

function valueOf(field: Parameters<typeof countedColumn>[1], table: FieldTable<EcsSource>): string {
  return field === "hour" ? 'DATE_EXTRACT("HOUR_OF_DAY", @timestamp)' : countedColumn(table, field);
}

function differences(correlation: Said): readonly string[] {
  switch (correlation.kind) {
    case "each":
      return [EVERY_ROW];
    case "first":
      return ["The first row is the first of the time that the query reads."];
    case "count":
    case "sum":
      return [TUMBLING];
    case "distinct":
      return correlation.field === "route" ? [TUMBLING, COUNTS_PATHS] : [TUMBLING];
  }
}
