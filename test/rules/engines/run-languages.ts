import { DETECTIONS } from "../../../src/knowledge/detections/detections.ts";
import type { Detection } from "../../../src/model/detection.ts";
import type { LogEvent } from "../../../src/model/event.ts";
import { ASIM_PARSERS } from "../../../src/rules/fields/asim-parsers.ts";
import type { FieldTable, FieldTables } from "../../../src/rules/fields/column.ts";
import { ECS_COLUMNS } from "../../../src/rules/fields/ecs-columns.ts";
import type { EcsSource } from "../../../src/rules/fields/ecs-columns.ts";
import type { KqlSource } from "../../../src/rules/fields/kql-source.ts";
import { SIGMA_COLUMNS } from "../../../src/rules/fields/sigma-columns.ts";
import { XDR_TABLES } from "../../../src/rules/fields/xdr-tables.ts";
import { EQL } from "../../../src/rules/print/eql.ts";
import { ESQL } from "../../../src/rules/print/esql.ts";
import { KQL_SENTINEL, KQL_XDR } from "../../../src/rules/print/kql.ts";
import { SIGMA } from "../../../src/rules/print/sigma.ts";
import { SPLUNK } from "../../../src/rules/print/spl.ts";
import type { RuleLanguage } from "../../../src/rules/rule-language.ts";
import { kqlRow } from "../rows/kql-rows.ts";
import { duckdbTables, wholeRow } from "../rows/kql-schemas.ts";
import { tellStories } from "../rows/story-rows.ts";
import { columnValues } from "../rows/told-event.ts";
import { outcomesOf, parsedOf, prepareLanguage } from "./engine-run.ts";
import type { LanguageRun, Prepared } from "./engine-run.ts";
import { askEngine, esqlFaults } from "./python-engine.ts";
import { splFaults } from "./spl-parser.ts";

type Row = Readonly<Record<string, unknown>>;

/** Runs every Sigma rule over every story in pySigma's SQLite backend. */
export function runSigma(): LanguageRun {
  const rowOf = (event: LogEvent, table: FieldTable<unknown>): Row => ({
    ...Object.fromEntries(
      Object.entries(columnValues(event, table)).map(([name, value]) => [
        name,
        typeof value === "boolean" ? Number(value) : value,
      ]),
    ),
    class: event.class,
    timestamp: new Date(event.at).toISOString(),
  });
  const prepared = prepareLanguage(SIGMA, (detection: Detection) => tellStories(detection, SIGMA_COLUMNS, rowOf));
  const classes = Object.entries(SIGMA_COLUMNS).map(([name, { source }]) => ({ class: name, logsource: source }));
  const columns = Object.values(SIGMA_COLUMNS).flatMap((table) => Object.values(table.columns));
  return outcomesOf(
    prepared,
    askEngine("sigma_sqlite.py", { rules: prepared.rules, stories: rowsOf(prepared), classes, columns }),
  );
}

/** Runs every EQL rule over every story in the eql package. */
export function runEql(): LanguageRun {
  const prepared = prepareLanguage(EQL, (detection) => tellStories(detection, ECS_COLUMNS, ecsRow));
  return outcomesOf(prepared, askEngine("run_eql.py", { rules: prepared.rules, stories: rowsOf(prepared) }));
}

/** Lets a parser read every search for Splunk; nothing here runs one. */
export function readSpl(): LanguageRun {
  const prepared = prepareLanguage(SPLUNK, () => []);
  return parsedOf(prepared, splFaults(prepared.rules));
}

/** Lets Elasticsearch's grammar read every ES|QL rule; nothing here runs one. */
export function readEsql(): LanguageRun {
  const prepared = prepareLanguage(ESQL, () => []);
  return parsedOf(prepared, esqlFaults(prepared.rules));
}

/** Runs every KQL rule of Defender XDR over every story in DuckDB. */
export function runKqlXdr(): LanguageRun {
  return runKql(KQL_XDR, XDR_TABLES);
}

/** Runs every KQL rule of Sentinel over every story in DuckDB. */
export function runKqlSentinel(): LanguageRun {
  return runKql(KQL_SENTINEL, ASIM_PARSERS);
}

function runKql(language: RuleLanguage, tables: FieldTables<KqlSource>): LanguageRun {
  const prepared = prepareLanguage(language, (detection) => tellStories(detection, tables, kqlRow));
  const stories = Object.fromEntries(
    Object.entries(prepared.stories).map(([id, told]) => [
      id,
      told.map(({ rows }) => {
        const byTable: Record<string, Row[]> = {};
        for (const { table, row } of rows) (byTable[table] ??= []).push(wholeRow(table, row));
        return byTable;
      }),
    ]),
  );
  const rowByRow = Object.values<Detection>(DETECTIONS)
    .filter(({ correlation }) => correlation.kind === "each")
    .map(({ id }) => id);
  const question = { rules: prepared.rules, tables: duckdbTables(), stories, rowByRow };
  return outcomesOf(prepared, askEngine("run_kql.py", question));
}

function rowsOf<One>({ stories }: Prepared<One>): Readonly<Record<string, readonly (readonly One[])[]>> {
  return Object.fromEntries(Object.entries(stories).map(([id, told]) => [id, told.map(({ rows }) => rows)]));
}

/** An event in Elastic's nested form. */
function ecsRow(event: LogEvent, table: FieldTable<EcsSource>): object {
  const { category, type } = table.source;
  const nested: Record<string, unknown> = {};
  put(nested, "event.category", category);
  if (type !== null) put(nested, "event.type", type);
  for (const [path, value] of Object.entries(columnValues(event, table))) put(nested, path, value);
  return { category, at: event.at, event: nested };
}

function put(nested: Record<string, unknown>, path: string, value: unknown): void {
  const parts = path.split(".");
  let place = nested;
  for (const part of parts.slice(0, -1)) place = (place[part] ??= {}) as Record<string, unknown>;
  place[parts.at(-1) ?? ""] = value;
}
