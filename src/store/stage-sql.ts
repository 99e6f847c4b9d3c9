import { DETAIL_FIELDS, LINE_FIELDS, MODEL_FIELDS, RUNNING_FIELDS } from "./line-field.ts";
import { lineRules } from "./line-rules.ts";
import type { FieldType, LineField } from "./line-field.ts";
import { TABLES } from "./table.ts";
import type { Column, TableName } from "./table.ts";

type Fields = Readonly<Record<string, LineField>>;

/** A file of lines as the engine reads it. */
export interface LineFile {
  readonly path: string;
  readonly compression: "uncompressed" | "gzip" | "zstd";
  /** Every line was checked against the published schema already: the rules here, stricter in places, are not asked again. */
  readonly isChecked?: boolean;
}

/** Longest line the engine takes, in bytes; a longer one is rejected. */
export const LINE_MOST_BYTES = 16 * 1024 * 1024;

const ENGINE_TYPE: Readonly<Record<FieldType, string>> = {
  text: "VARCHAR",
  integer: "BIGINT",
  number: "DOUBLE",
  boolean: "BOOLEAN",
  instant: "TIMESTAMP",
  address: "VARCHAR",
  texts: "JSON",
  trace: "JSON",
  certificate: "JSON",
  models: "JSON",
  running: "JSON",
  json: "JSON",
};

const OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

/**
 * How Parquet is written: without Bloom filters. Those that DuckDB 1.5.5 writes for ids (BLOB) are wrong: an equality on the id of a column with
 * a dictionary then finds no row at all.
 */
export const AS_PARQUET = "FORMAT parquet, WRITE_BLOOM_FILTER false";

/** Writes a text as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Writes a name as a quoted SQL identifier. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Times as Corral writes them. Without a format the engine takes `03:04:05+01` for a time in UTC. */
const INSTANT = "%Y-%m-%dT%H:%M:%S.%gZ";

/** The table function that reads a file of lines with these columns; a line or value that does not fit makes it throw. */
export function readLines(file: LineFile, columns: Readonly<Record<string, string>>): string {
  const list = Object.entries(columns).map(([name, type]) => `${sqlName(name)}: '${type}'`);
  return `read_json(${sqlText(file.path)}, columns = {${list.join(", ")}}, format = 'newline_delimited', records = 'true', timestampformat = '${INSTANT}', compression = '${file.compression}', maximum_object_size = ${LINE_MOST_BYTES})`;
}

/** The columns of `readLines` for one kind of line. */
export function lineColumns(fields: Fields): Readonly<Record<string, string>> {
  const types = Object.entries(fields).map(([name, { type }]) => [name, ENGINE_TYPE[type]] as const);
  return { kind: "VARCHAR", schema: "INTEGER", ...Object.fromEntries(types) };
}

/** Columns of observation that the stage cannot fill from a line alone: they come from the lists. */
const FROM_LISTS: ReadonlySet<string> = new Set(["inventory", "model_count", "running", "running_count"]);

/** Staged cards in the columns of the table; `run` stands in for no run. Only a journal of this lake may bring the text of a prompt. */
export function cardSelect(staged: string, run: string, journal: boolean): string {
  const text = journal ? "system_text" : "NULL::VARCHAR";
  return `SELECT * EXCLUDE (unfit) REPLACE (coalesce(run, ${sqlText(run)}) AS run, ${text} AS system_text) FROM ${staged}`;
}

/** How a list's text is known: the engine's fast hash, or SHA-256 when two texts of one file share a hash. */
export type KeyFunction = "hash" | "sha256";

/**
 * Every line once, as staged: scalar columns, the keys of the two lists, and whether the line breaks a rule. The text of an
 * import's `models` stays behind: it comes again and again, and a second reading takes each distinct one once. A journal is small enough
 * to take it along; that of `running` is short and mostly its own.
 */
export function stageObservations(
  file: LineFile,
  key: KeyFunction,
  kinds: readonly string[],
  journal: boolean,
): string {
  const columns = TABLES.observation.columns.filter((column) => !FROM_LISTS.has(column.name));
  const source = readLines(file, lineColumns(LINE_FIELDS.observation));
  return `SELECT kind, ${columns.map(expression).join(", ")},
    ${LISTS.map((list) => listExpression(list, key, journal)).join(", ")},
    NOT coalesce(CASE WHEN kind = 'observation' THEN ${rulesOf(file, "observation")} ELSE kind IN (${kinds.map(sqlText).join(", ")}) END, false) AS unfit
    FROM ${source}`;
}

function listExpression(list: ListColumn, key: KeyFunction, journal: boolean): string {
  const { field } = list;
  const keyed = `CASE WHEN ${field} IS NOT NULL THEN ${key}(${field}::VARCHAR) END AS ${field}_key`;
  return isStaged(list, journal) ? `${keyed}, ${field}::VARCHAR AS ${field}_list` : keyed;
}

/** Every card line as staged. */
export function stageCards(file: LineFile): string {
  const source = readLines(file, lineColumns(LINE_FIELDS.card));
  return `SELECT ${TABLES.card.columns.map(expression).join(", ")},
    NOT coalesce(${rulesOf(file, "card")}, false) AS unfit FROM ${source} WHERE kind = 'card'`;
}

function rulesOf(file: LineFile, kind: "observation" | "card"): string {
  return file.isChecked === true ? "true" : lineRules(kind).join(" AND ");
}

/** Lines of one kind as whole JSON values, for the rare kinds that SQLite keeps. */
export function wholeLines(file: LineFile, kind: string, fields: readonly string[]): string {
  const columns = Object.fromEntries(fields.map((field) => [field, "JSON"]));
  const struct = fields.map((field) => `${sqlName(field)} := ${sqlName(field)}`).join(", ");
  const source = readLines(file, { kind: "VARCHAR", ...columns });
  return `SELECT to_json(struct_pack(kind := kind, ${struct}))::VARCHAR AS line FROM ${source} WHERE kind = ${sqlText(kind)}`;
}

/** Addresses of a staged relation that are not plainly canonical IPv4: few, and judged one by one. */
export function unusualAddresses(relation: string): string {
  return `SELECT DISTINCT address FROM ${relation} WHERE address IS NOT NULL AND NOT regexp_full_match(address, '(${OCTET}\\.){3}${OCTET}')`;
}

function expression(column: Column): string {
  if (column.type === "TIMESTAMP")
    return `date_trunc('milliseconds', ${sqlName(column.name)}) AS ${sqlName(column.name)}`;
  return `(${column.from ?? sqlName(column.name)})::${column.type} AS ${sqlName(column.name)}`;
}

/** A list that lines carry and a bridge table keeps once. */
export interface ListColumn {
  readonly field: "models" | "running";
  readonly table: "inventory_model" | "running_model";
  /** Column of the bridge (and of observation) that holds the list's id. */
  readonly id: "inventory" | "running";
  readonly count: "model_count" | "running_count";
  /** Whether an import's text is staged with the line; else the file is read again for it. */
  readonly isShort: boolean;
  /** Shape of the list for `from_json_strict`. */
  readonly shape: string;
}

function shapeOf(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, ENGINE_TYPE[type]]));
}

export const LISTS: readonly ListColumn[] = [
  {
    field: "models",
    table: "inventory_model",
    id: "inventory",
    count: "model_count",
    isShort: false,
    shape: JSON.stringify([{ ...shapeOf(MODEL_FIELDS), details: shapeOf(DETAIL_FIELDS) }]),
  },
  {
    field: "running",
    table: "running_model",
    id: "running",
    count: "running_count",
    isShort: true,
    shape: JSON.stringify([shapeOf(RUNNING_FIELDS)]),
  },
];

/** Whether the list's text is staged with the line. */
export function isStaged(list: ListColumn, journal: boolean): boolean {
  return journal || list.isShort;
}

/** The list's texts as staged with the lines. */
export function stagedTexts({ field }: ListColumn, staged: string): string {
  return `SELECT kind, ${field}_list AS list FROM ${staged}`;
}

/** The list's texts, read from the file once more. */
export function readTexts({ field }: ListColumn, file: LineFile): string {
  return `SELECT kind, ${field}::VARCHAR AS list FROM ${readLines(file, { kind: "VARCHAR", [field]: "JSON" })}`;
}

/**
 * Statements that read each distinct list of a file once and name it by its content: `<field>_text` (distinct texts with their key),
 * `<field>_parsed` (their entries, and those as canonical JSON), `<field>_entry` (one entry a row), `<field>_list` (key → id, count),
 * `<field>_row` (rows of the bridge). The id is the SHA-256, cut to 16 bytes, of the entries' canonical JSON in the order they came, one
 * a line: two lists that differ only in spacing or in the order of keys are one. The order of the entries is kept: a server's own order
 * is evidence (Ollama lists the newest first).
 *
 * @param all - Select of `kind` and `list` of every line.
 */
export function listStatements(list: ListColumn, key: KeyFunction, all: string): readonly string[] {
  const { field } = list;
  const columns = TABLES[list.table].columns.slice(2).map(expression);
  const distinct = `SELECT list FROM (${all}) WHERE kind = 'observation' AND list IS NOT NULL GROUP BY list`;
  return [
    `CREATE OR REPLACE TEMP TABLE ${field}_text AS SELECT list, ${key}(list) AS key FROM (${distinct})`,
    `CREATE OR REPLACE TEMP TABLE ${field}_parsed AS
       SELECT key, entries, list_transform(entries, lambda u: to_json(u)::VARCHAR) AS texts FROM
         (SELECT key, from_json_strict(list, ${sqlText(list.shape)}) AS entries FROM ${field}_text)`,
    `CREATE OR REPLACE TEMP VIEW ${field}_entry AS SELECT key, unnest(entries) AS u,
       generate_subscripts(entries, 1)::INTEGER AS position, unnest(texts) AS canonical FROM ${field}_parsed`,
    `CREATE OR REPLACE TEMP TABLE ${field}_list AS SELECT key, len(entries)::INTEGER AS n,
       unhex(substr(sha256(coalesce(array_to_string(texts, chr(10)), '')), 1, 32)) AS id FROM ${field}_parsed`,
    `CREATE OR REPLACE TEMP VIEW ${field}_row AS SELECT l.id AS ${list.id},
       e.position, ${columns.join(", ")}
       FROM ${field}_entry AS e JOIN (SELECT id, min(key) AS key FROM ${field}_list GROUP BY id) AS l ON e.key = l.key`,
  ];
}

/** A select of the staged observations in the columns of the table; `run` stands in for no run. */
export function observationSelect(staged: string, run: string): string {
  const columns = TABLES.observation.columns.map(({ name }) => {
    if (name === "run") return `coalesce(s.run, ${sqlText(run)}) AS run`;
    const list = LISTS.find((one) => one.id === name || one.count === name);
    if (list === undefined) return `s.${sqlName(name)}`;
    return `${list.field}_list.${list.id === name ? "id" : "n"} AS ${sqlName(name)}`;
  });
  const joins = LISTS.map(({ field }) => `LEFT JOIN ${field}_list ON s.${field}_key = ${field}_list.key`);
  return `SELECT ${columns.join(", ")} FROM ${staged} AS s ${joins.join(" ")} WHERE s.kind = 'observation'`;
}

/** Of `fresh`, the rows whose key is neither in `known` (a relation, or `null`) nor earlier in `fresh` itself when it `repeats`. */
export function newRows(table: TableName, fresh: string, known: string | null, repeats: boolean): string {
  const { columns, key, sort } = TABLES[table];
  const list = columns.map(({ name }) => `n.${sqlName(name)}`).join(", ");
  const same = key.map((name) => `n.${sqlName(name)} IS NOT DISTINCT FROM k.${sqlName(name)}`).join(" AND ");
  const anti = known === null ? "" : `ANTI JOIN (SELECT ${key.map(sqlName).join(", ")} FROM ${known}) AS k ON ${same}`;
  const once = repeats
    ? `QUALIFY row_number() OVER (PARTITION BY ${key.map((name) => `n.${sqlName(name)}`).join(", ")}) = 1`
    : "";
  return `SELECT ${list} FROM (${fresh}) AS n ${anti} ${once} ORDER BY ${sort.map(sqlName).join(", ")}`;
}
