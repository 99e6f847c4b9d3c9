import type { Detection } from "../../model/detection.ts";
import { sayParts } from "../expression.ts";
import type { Dialect, Question } from "../expression.ts";
import { OSQUERY_TABLES } from "../fields/osquery-tables.ts";
import { withMapped } from "../mapped-prefix.ts";
import type { PrintedRule, RuleLanguage, RuleSetting } from "../rule-language.ts";
import { sayDetection } from "../said-detection.ts";
import { Unsayable } from "../unsayable.ts";

/** A pack of osquery with one query. */
export const OSQUERY: RuleLanguage = {
  id: "osquery",
  title: "osquery",
  ending: ".json",
  comment: null,
  source: "osquery 5: query packs, tables of the schema, in_cidr_block()",
  print: printOsquery,
  join: joinPacks,
};

/** One pack of all queries: JSON has one document in a file. */
function joinPacks(texts: readonly string[]): string {
  return packText(Object.fromEntries(texts.flatMap(queriesOf)));
}

function queriesOf(text: string): readonly [string, unknown][] {
  const pack: unknown = JSON.parse(text);
  if (typeof pack !== "object" || pack === null || !("queries" in pack)) return [];
  return typeof pack.queries === "object" && pack.queries !== null ? Object.entries(pack.queries) : [];
}

function packText(queries: object): string {
  return `${JSON.stringify({ queries }, null, 2)}\n`;
}

const MOMENT = "It shows what is there when it runs; what came and went between two runs it does not see.";
const EVERY_ROW = "It shows every row; Corral puts rows of one group together.";
/** Seconds between two runs. */
const INTERVAL = 60;

function printOsquery(detection: Detection, setting: RuleSetting): PrintedRule {
  try {
    return packOf(detection, setting);
  } catch (error) {
    if (error instanceof Unsayable) return { kind: "cannot", why: error.message };
    throw error;
  }
}

function packOf(detection: Detection, setting: RuleSetting): PrintedRule {
  const { correlation } = detection;
  if (correlation.kind !== "each" && correlation.kind !== "first")
    throw new Unsayable("a query sees one moment: it counts and compares nothing over time");
  const said = sayDetection(detection, correlation.of, OSQUERY_TABLES, setting);
  const columns = Object.values(said.table.columns).map((column) => `${column} AS ${column.replace(".", "_")}`);
  const where = [...sayParts(said.where, said.table, SQL), ...guards(said.table.source)].join(" AND ");
  const query = `SELECT ${columns.join(", ")} FROM ${said.table.source} WHERE ${where};`;
  const isMoment = !said.table.source.includes("_events");
  const differs = [EVERY_ROW, ...(isMoment ? [MOMENT] : []), ...said.differs];
  const queries = {
    [`corral_${detection.id.replaceAll("-", "_")}`]: {
      query,
      interval: INTERVAL,
      description: `${detection.title}. ${detection.hypothesis}`,
      value: `corral ${detection.id} ${detection.version}; ${detection.severity}; ${detection.ids.attack.join(" ")}; ${differs.join(" ")}`,
    },
  };
  return { kind: "rule", text: packText(queries), differs };
}

/** Sockets on a port on which somebody here listens were opened from outside. */
function guards(source: string): readonly string[] {
  return source.startsWith("process_open_sockets")
    ? ["s.remote_port <> 0", "s.local_port NOT IN (SELECT port FROM listening_ports)"]
    : [];
}

const SQL: Dialect = {
  and: "AND",
  or: "OR",
  ask: (question) => asked(question),
  refuse: (question) =>
    question.kind === "absent" ? `ifnull(${question.column}, '') <> ''` : `NOT ifnull((${asked(question)}), 0)`,
};

function asked(question: Question): string {
  const { column } = question;
  switch (question.kind) {
    case "is":
      return question.values.every((value) => typeof value === "number")
        ? `${column} IN (${question.values.join(", ")})`
        : `lower(${column}) IN (${question.values.map((value) => quoted(String(value).toLowerCase())).join(", ")})`;
    case "starts":
      return likes(column, question.values, (text) => `${text}%`);
    case "ends":
      return likes(column, question.values, (text) => `%${text}`);
    case "contains":
      return likes(column, question.values, (text) => `%${text}%`);
    case "above":
      return `${column} > ${question.value}`;
    case "below":
      return `${column} < ${question.value}`;
    case "cidr":
      return `(${withMapped(question.prefixes)
        .map((prefix) => `in_cidr_block(${quoted(prefix)}, ${column})`)
        .join(" OR ")})`;
    case "absent":
      return `ifnull(${column}, '') = ''`;
  }
}

function likes(column: string, values: readonly string[], around: (text: string) => string): string {
  const parts = values.map(
    (value) => `${column} LIKE ${quoted(around(value.replaceAll(/[!%_]/gu, (sign) => `!${sign}`)))} ESCAPE '!'`,
  );
  return parts.length === 1 ? (parts[0] ?? "") : `(${parts.join(" OR ")})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
