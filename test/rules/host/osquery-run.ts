import { BlockList, isIP, isIPv6 } from "node:net";
import { DatabaseSync } from "node:sqlite";
import type { LogEvent } from "../../../src/model/event.ts";
import type { FieldTable } from "../../../src/rules/fields/column.ts";
import { OSQUERY_TABLES } from "../../../src/rules/fields/osquery-tables.ts";
import { OSQUERY } from "../../../src/rules/print/osquery.ts";
import { outcomesOf, prepareLanguage } from "../engines/engine-run.ts";
import type { LanguageRun } from "../engines/engine-run.ts";
import type { EngineAnswer } from "../engines/python-engine.ts";
import { tellStories } from "../rows/story-rows.ts";
import { columnValues } from "../rows/told-event.ts";

/** Columns of osquery 5's tables that the queries read. */
const SCHEMA = `
  CREATE TABLE process_events (pid BIGINT, path TEXT, cmdline TEXT, uid BIGINT, parent BIGINT);
  CREATE TABLE processes (pid BIGINT, path TEXT, cmdline TEXT, uid BIGINT, parent BIGINT);
  CREATE TABLE users (uid BIGINT, username TEXT);
  CREATE TABLE listening_ports (pid INTEGER, port INTEGER, address TEXT);
  CREATE TABLE process_open_sockets (pid INTEGER, local_address TEXT, remote_address TEXT, local_port INTEGER, remote_port INTEGER);
  CREATE TABLE file_events (target_path TEXT, action TEXT);
`;

/** Rows of tables that one event becomes; each event has processes and a user of its own. */
interface Told {
  readonly class: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Runs every query of osquery in SQLite over every story. */
export function runOsquery(): LanguageRun {
  const rowOf = (event: LogEvent, table: FieldTable<unknown>): Told => ({
    class: event.class,
    values: columnValues(event, table),
  });
  const prepared = prepareLanguage(OSQUERY, (detection) => tellStories(detection, OSQUERY_TABLES, rowOf));
  const answers: Record<string, EngineAnswer> = {};
  for (const [id, text] of Object.entries(prepared.rules))
    answers[id] = { spoke: (prepared.stories[id] ?? []).map(({ rows }) => rowsFound(queryOf(text), rows)) };
  return outcomesOf(prepared, answers);
}

function queryOf(text: string): string {
  const pack = JSON.parse(text) as { queries: Record<string, { query: string }> };
  return Object.values(pack.queries)
    .map(({ query }) => query)
    .join("");
}

function rowsFound(query: string, rows: readonly Told[]): number {
  const base = new DatabaseSync(":memory:");
  try {
    base.function("in_cidr_block", { deterministic: true }, inBlock);
    base.exec(SCHEMA);
    for (const [index, row] of rows.entries()) insert(base, row, index + 1);
    return base.prepare(query).all().length;
  } finally {
    base.close();
  }
}

function insert(base: DatabaseSync, { class: kind, values }: Told, pid: number): void {
  const of = (column: string): string | number | null => {
    const value = values[column];
    return typeof value === "string" || typeof value === "number" ? value : null;
  };
  const parent = pid + 100_000;
  base.prepare("INSERT INTO users VALUES (?, ?)").run(pid, of("u.username"));
  base.prepare("INSERT INTO processes VALUES (?, ?, ?, ?, ?)").run(pid, of("p.path"), of("p.cmdline"), pid, parent);
  base
    .prepare("INSERT INTO processes VALUES (?, ?, ?, ?, 1)")
    .run(parent, of("parent.path"), of("parent.cmdline"), pid);
  if (kind === "process")
    base
      .prepare("INSERT INTO process_events VALUES (?, ?, ?, ?, ?)")
      .run(pid, of("p.path"), of("p.cmdline"), pid, parent);
  if (kind === "listen")
    base.prepare("INSERT INTO listening_ports VALUES (?, ?, ?)").run(pid, of("l.port"), of("l.address"));
  if (kind === "network")
    base
      .prepare("INSERT INTO process_open_sockets VALUES (?, ?, ?, ?, ?)")
      .run(pid, of("s.local_address"), of("s.remote_address"), of("s.local_port"), of("s.remote_port"));
  if (kind === "file") base.prepare("INSERT INTO file_events VALUES (?, ?)").run(of("f.target_path"), of("f.action"));
}

/** As osquery's in_cidr_block(): 1 when the address is inside. */
function inBlock(prefix: unknown, address: unknown): number {
  const text = typeof address === "string" ? address : "";
  const [base = "", length = ""] = (typeof prefix === "string" ? prefix : "").split("/");
  if (isIP(text) === 0 || isIP(text) !== isIP(base)) return 0;
  const list = new BlockList();
  const family = isIPv6(base) ? "ipv6" : "ipv4";
  list.addSubnet(base, Number(length), family);
  return list.check(text, family) ? 1 : 0;
}
