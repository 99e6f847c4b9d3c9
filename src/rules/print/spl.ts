import type { Correlation, Detection } from "../../model/detection.ts";
import { sayParts } from "../expression.ts";
import type { FieldTable } from "../fields/column.ts";
import { CIM_TAGS } from "../fields/cim-tags.ts";
import { headerLines } from "../rule-header.ts";
import type { PrintedRule, RuleLanguage, RuleSetting } from "../rule-language.ts";
import { countedColumn, COUNTS_PATHS, groupColumns, sayDetection } from "../said-detection.ts";
import { Unsayable } from "../unsayable.ts";
import { SPL_DIALECT } from "./spl-dialect.ts";

const EVERY_ROW = "It speaks of every row; Corral puts rows of one group together.";

/** SPL over the Common Information Model. */
export const SPLUNK: RuleLanguage = {
  id: "splunk",
  title: "SPL for Splunk",
  ending: ".spl",
  comment: null,
  source: "Splunk 9 search reference: where, streamstats with time_window; Common Information Model",
  print(detection, setting) {
    try {
      return splOf(detection, setting);
    } catch (error) {
      if (error instanceof Unsayable) return { kind: "cannot", why: error.message };
      throw error;
    }
  },
};

function splOf(detection: Detection, setting: RuleSetting): PrintedRule {
  const { correlation } = detection;
  if (correlation.kind === "disagree") throw new Unsayable("it asks for what is missing in another log at that time");
  if (correlation.kind === "sequence" || correlation.kind === "change")
    throw new Unsayable("its printer does not say an order of rows yet; the Sigma rule does");
  const { where, table, differs } = sayDetection(detection, correlation.of, CIM_TAGS, setting);
  const lines = [
    ...table.source,
    ...sayParts(where, table, SPL_DIALECT).map((part) => `| where ${part}`),
    ...correlated(correlation, table),
  ];
  const all = [...differs, ...differences(correlation)];
  return { kind: "rule", text: `${comments(detection, all)}\n${lines.join("\n")}\n`, differs: all };
}

/** SPL's comments stand between three backticks; one within would end them. */
function comments(detection: Detection, differs: readonly string[]): string {
  return headerLines(detection, differs)
    .map((line) => `\`\`\` ${line.replaceAll("`", "'")} \`\`\``)
    .join("\n");
}

type Said = Extract<Correlation, { readonly kind: "each" | "first" | "count" | "distinct" | "sum" }>;

function correlated(correlation: Said, table: FieldTable<readonly string[]>): readonly string[] {
  const keys = groupColumns(table, correlation.by).join(", ");
  switch (correlation.kind) {
    case "each":
      return [];
    case "first":
      return [`| stats earliest(_time) AS first_at, latest(_time) AS last_at, count AS total BY ${keys}`];
    case "count":
      return windowed("count", correlation, keys);
    case "sum":
      return windowed(`sum(${countedColumn(table, correlation.field)})`, correlation, keys);
    case "distinct":
      if (correlation.field !== "hour")
        return windowed(`dc(${countedColumn(table, correlation.field)})`, correlation, keys);
      return ['| eval hour=strftime(_time, "%H")', ...windowed("dc(hour)", correlation, keys)];
  }
}

function windowed(
  total: string,
  { withinSeconds, atLeast }: Extract<Said, { readonly kind: "count" | "distinct" | "sum" }>,
  keys: string,
): readonly string[] {
  return [
    "| sort 0 _time",
    `| streamstats time_window=${withinSeconds}s ${total} AS total BY ${keys}`,
    `| where total>=${atLeast}`,
    `| stats earliest(_time) AS first_at, latest(_time) AS last_at, max(total) AS most BY ${keys}`,
  ];
}

const MANY_ROWS = "streamstats keeps 10,000 rows of a window by default (limits.conf, max_stream_window).";

function differences(correlation: Said): readonly string[] {
  switch (correlation.kind) {
    case "each":
      return [EVERY_ROW];
    case "first":
      return ["The first row is the first of the time that the search reads."];
    case "count":
    case "sum":
      return [MANY_ROWS];
    case "distinct":
      return correlation.field === "route" ? [MANY_ROWS, COUNTS_PATHS] : [MANY_ROWS];
  }
}
