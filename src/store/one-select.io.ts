import type { DuckDBConnection } from "@duckdb/node-api";
import { Complaint } from "../model/complaint.ts";
import { isFileGone } from "./open-tables.io.ts";

const EXPLAIN = /^\s*EXPLAIN(?:\s+ANALYZE)?\b/iu;
const HINT =
  "ask one SELECT (or EXPLAIN of one) over observation, service, host, inventory, model, finding, decoy, network, prompt, prompt_text, run";
/** Longest query taken, in characters. */
const MOST_CHARACTERS = 1_000_000;

/** Throws a {@link Complaint} unless the text is exactly one SELECT, or EXPLAIN of exactly one. */
export async function oneSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  if (sql.length > MOST_CHARACTERS) throw new Complaint([{ place: "SQL", message: "too long" }], HINT);
  const kind = await statementKind(connection, sql);
  if (kind === "SELECT") return;
  // EXPLAIN ANALYZE runs what it explains: that too must be a SELECT.
  if (
    kind === "EXPLAIN" &&
    EXPLAIN.test(sql) &&
    (await statementKind(connection, sql.replace(EXPLAIN, ""))) === "SELECT"
  )
    return;
  throw new Complaint([{ place: "SQL", message: `${kind}, not one SELECT` }], HINT);
}

async function statementKind(connection: DuckDBConnection, sql: string): Promise<string> {
  const { StatementType } = await import("@duckdb/node-api");
  try {
    const statements = await connection.extractStatements(sql);
    if (statements.count !== 1) return `${statements.count} statements`;
    const { statementType } = await statements.prepare(0);
    if (statementType === StatementType.SELECT) return "SELECT";
    return statementType === StatementType.EXPLAIN ? "EXPLAIN" : "another statement";
  } catch (error) {
    if (isFileGone(error)) throw error;
    throw sqlComplaint(error);
  }
}

/** What the engine says of a query that is wrong or too large, as the asker's mistake: its words without the quoted query. */
export function sqlComplaint(error: unknown): Complaint {
  if (error instanceof Complaint) return error;
  const text = error instanceof Error ? error.message : String(error);
  const words = text.split("\n").filter((line) => line !== "" && !/^(?:LINE \d+:|\s*\^)/u.test(line));
  if (text.startsWith("Out of Memory"))
    return new Complaint([{ place: "SQL", message: words[0] ?? text }], "give --memory MIB");
  return new Complaint([{ place: "SQL", message: words.join("; ") }], HINT);
}
