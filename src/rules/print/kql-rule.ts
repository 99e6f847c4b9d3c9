import type { EventField } from "../../model/condition.ts";
import type { Correlation, Detection } from "../../model/detection.ts";
import { sayParts } from "../expression.ts";
import type { FieldTable, FieldTables } from "../fields/column.ts";
import { commented, headerLines } from "../rule-header.ts";
import type { PrintedRule, RuleSetting } from "../rule-language.ts";
import { countedColumn, COUNTS_PATHS, groupColumns, sayDetection } from "../said-detection.ts";
import { Unsayable } from "../unsayable.ts";
import { KQL_DIALECT } from "./kql-dialect.ts";
import type { KqlSource } from "../fields/kql-source.ts";

type KqlTables = FieldTables<KqlSource>;

/** Prints a detection for one product's tables. */
export function printKql(detection: Detection, tables: KqlTables, setting: RuleSetting): PrintedRule {
  try {
    const { text, differs } = new KqlRule(detection, tables, setting).print();
    return { kind: "rule", text: commented("// ", headerLines(detection, differs), `${text}\n`), differs };
  } catch (error) {
    if (error instanceof Unsayable) return { kind: "cannot", why: error.message };
    throw error;
  }
}

interface Rows {
  readonly lines: readonly string[];
  readonly time: string;
  readonly table: FieldTable<KqlSource>;
}

/** Gathers what differs while it prints. */
class KqlRule {
  readonly #detection: Detection;
  readonly #tables: KqlTables;
  readonly #setting: RuleSetting;
  readonly #differs = new Set<string>();

  constructor(detection: Detection, tables: KqlTables, setting: RuleSetting) {
    this.#detection = detection;
    this.#tables = tables;
    this.#setting = setting;
  }

  print(): { readonly text: string; readonly differs: readonly string[] } {
    const text = this.#correlated(this.#detection.correlation).join("\n");
    return { text, differs: [...this.#differs] };
  }

  #correlated(correlation: Correlation): readonly string[] {
    switch (correlation.kind) {
      case "each":
        this.#differs.add("It speaks of every row; Corral puts rows of one group together.");
        return this.#rows(correlation.of).lines;
      case "first":
        return this.#first(correlation);
      case "count":
      case "distinct":
      case "sum":
        return this.#windowed(correlation);
      case "sequence":
        return this.#steps(correlation.steps, correlation.by, correlation.withinSeconds);
      case "change":
        return this.#steps([correlation.from, correlation.to], correlation.by, null);
      case "disagree":
        throw new Unsayable("it asks for what is missing in another log at that time");
    }
  }

  #rows(name: string): Rows {
    const { where, table, differs } = sayDetection(this.#detection, name, this.#tables, this.#setting);
    for (const one of differs) this.#differs.add(one);
    const conditions = sayParts(where, table, KQL_DIALECT).map((part) => `| where ${part}`);
    return { lines: [...table.source.lines, ...conditions], time: table.source.time, table };
  }

  /** Rows and the columns that make their group. */
  #grouped(name: string, by: readonly EventField[]): Rows & { readonly keys: readonly string[] } {
    const rows = this.#rows(name);
    const keys = groupColumns(rows.table, by);
    if (keys.length === 0) throw new Unsayable("its rows do not tell what makes a group");
    return { ...rows, keys };
  }

  #first(correlation: Extract<Correlation, { readonly kind: "first" }>): readonly string[] {
    const { lines, keys, time } = this.#grouped(correlation.of, correlation.by);
    this.#differs.add("The first row is the first of the time that the query reads.");
    return [...lines, `| summarize arg_min(${time}, *) by ${keys.join(", ")}`];
  }

  #windowed(correlation: Extract<Correlation, { readonly kind: "count" | "distinct" | "sum" }>): readonly string[] {
    const { lines, keys, time, table } = this.#grouped(correlation.of, correlation.by);
    const group = keys.join(", ");
    const value = correlation.kind === "count" ? null : this.#counted(correlation.field, table, time);
    const more = value === null ? "" : `, value = ${value}`;
    const total = { count: "count()", distinct: "dcount(value, 4)", sum: "sum(value)" }[correlation.kind];
    return [
      "let selected =",
      ...lines.map((line) => `  ${line}`),
      `  | project at = ${time}, ${group}${more};`,
      "selected",
      `| distinct at, ${group}`,
      `| join kind=inner (selected | project-rename rowAt = at) on ${group}`,
      `| where rowAt <= at and rowAt >= datetime_add("second", -${correlation.withinSeconds}, at)`,
      `| summarize total = ${total} by at, ${group}`,
      `| where total >= ${correlation.atLeast}`,
      `| summarize firstAt = min(at), lastAt = max(at), most = max(total) by ${group}`,
    ];
  }

  #counted(field: EventField, table: FieldTable<KqlSource>, time: string): string {
    if (field === "hour") return `hourofday(${time})`;
    if (field === "route") this.#differs.add(COUNTS_PATHS);
    return countedColumn(table, field);
  }

  #steps(names: readonly string[], by: readonly EventField[], withinSeconds: number | null): readonly string[] {
    const steps = names.map((name) => this.#grouped(name, by));
    const group = steps[0]?.keys.join(", ") ?? "";
    const lets = steps.flatMap(({ lines, time }, at) => [
      `let step${at + 1} =`,
      ...lines.map((line) => `  ${line}`),
      `  | project at${at + 1} = ${time}, ${group};`,
    ]);
    const last = steps.length;
    const joins = steps.slice(1).flatMap((_, at) => {
      const step = at + 2;
      return [`| join kind=inner step${step} on ${group}`, `| where at${step} >= at${step - 1}`];
    });
    const window = withinSeconds === null ? [] : [`| where at${last} <= datetime_add("second", ${withinSeconds}, at1)`];
    return [
      ...lets,
      "step1",
      ...joins,
      ...window,
      `| summarize firstAt = min(at1), lastAt = max(at${last}) by ${group}`,
    ];
  }
}
