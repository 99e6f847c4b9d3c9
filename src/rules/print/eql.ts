import type { EventField } from "../../model/condition.ts";
import type { Detection } from "../../model/detection.ts";
import { sayParts } from "../expression.ts";
import { ECS_COLUMNS } from "../fields/ecs-columns.ts";
import { commented, headerLines } from "../rule-header.ts";
import type { PrintedRule, RuleLanguage, RuleSetting } from "../rule-language.ts";
import { columnOf, sayDetection } from "../said-detection.ts";
import { Unsayable } from "../unsayable.ts";
import { EQL_DIALECT } from "./eql-dialect.ts";

/** More repetitions of one step Elasticsearch refuses. */
const MOST_RUNS = 100;
const EVERY_ROW = "It speaks of every row; Corral puts rows of one group together.";

/** EQL over events in Elastic Common Schema. */
export const EQL: RuleLanguage = {
  id: "eql",
  title: "EQL for Elastic",
  ending: ".eql",
  comment: "// ",
  source: "Elasticsearch 8 reference: EQL syntax; fields of Elastic Common Schema 8",
  print(detection, setting) {
    try {
      return eqlOf(detection, setting);
    } catch (error) {
      if (error instanceof Unsayable) return { kind: "cannot", why: error.message };
      throw error;
    }
  },
};

function eqlOf(detection: Detection, setting: RuleSetting): PrintedRule {
  const { correlation } = detection;
  switch (correlation.kind) {
    case "each":
    case "first":
      return ruleOf(detection, setting, [correlation.of], ([row = ""]) => `${row}\n`, [EVERY_ROW]);
    case "count": {
      const { atLeast, withinSeconds } = correlation;
      if (atLeast > MOST_RUNS) throw new Unsayable(`a sequence repeats a row ${MOST_RUNS} times at most`);
      const { head } = sequenceOf(detection, correlation.of, correlation.by);
      return ruleOf(
        detection,
        setting,
        [correlation.of],
        ([row = ""]) => `${head} with maxspan=${withinSeconds}s\n  [ ${row} ] with runs=${atLeast}\n`,
      );
    }
    case "sequence": {
      const [first = ""] = correlation.steps;
      const { head } = sequenceOf(detection, first, correlation.by);
      return ruleOf(
        detection,
        setting,
        correlation.steps,
        (rows) => `${head} with maxspan=${correlation.withinSeconds}s\n${steps(rows)}`,
      );
    }
    case "change": {
      const { head } = sequenceOf(detection, correlation.from, correlation.by);
      return ruleOf(detection, setting, [correlation.from, correlation.to], (rows) => `${head}\n${steps(rows)}`);
    }
    case "distinct":
      throw new Unsayable("EQL counts rows, not different values");
    case "sum":
      throw new Unsayable("EQL does not add up a field");
    case "disagree":
      throw new Unsayable("it asks for what is missing in another log at that time");
  }
}

function ruleOf(
  detection: Detection,
  setting: RuleSetting,
  names: readonly string[],
  layOut: (rows: readonly string[]) => string,
  more: readonly string[] = [],
): PrintedRule {
  const said = names.map((name) => sayDetection(detection, name, ECS_COLUMNS, setting));
  const rows = said.map(({ where, table }) => {
    const { category, type } = table.source;
    const parts = sayParts(where, table, EQL_DIALECT);
    return `${category} where ${[...(type === null ? [] : [`event.type : "${type}"`]), ...parts].join(" and\n  ")}`;
  });
  const differs = [...new Set([...more, ...said.flatMap((one) => one.differs)])];
  const text = commented("// ", headerLines(detection, differs), layOut(rows));
  return { kind: "rule", text, differs };
}

function steps(rows: readonly string[]): string {
  return rows.map((row) => `  [ ${row} ]\n`).join("");
}

/** Rows that do not name their machine are one group. */
function sequenceOf(detection: Detection, name: string, by: readonly EventField[]): { readonly head: string } {
  const table = ECS_COLUMNS[detection.selections[name]?.class ?? "listen"];
  if (table === undefined) throw new Unsayable("it keeps no rows of this kind");
  const keys = by.map((field) => `${field === "observer" ? "?" : ""}${columnOf(table, field)}`);
  return { head: `sequence by ${keys.join(", ")}` };
}
