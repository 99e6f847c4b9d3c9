import { availableParallelism } from "node:os";
import { DuckDBInstance } from "@duckdb/node-api";

/**
 * The peer: DuckDB reads the same file by itself, every column, lists as JSON text, one hash over all. It checks nothing, keeps nothing.
 * Usage: node bench/import/peer.ts FILE
 */
const COLUMNS: Readonly<Record<string, string>> = {
  kind: "VARCHAR",
  schema: "INTEGER",
  scheme: "VARCHAR",
  address: "VARCHAR",
  port: "INTEGER",
  host_name: "VARCHAR",
  base_path: "VARCHAR",
  seen_at: "TIMESTAMP",
  run: "VARCHAR",
  vantage: "VARCHAR",
  source: "VARCHAR",
  answer: "VARCHAR",
  confirmed: "BOOLEAN",
  product: "VARCHAR",
  version: "VARCHAR",
  status: "INTEGER",
  failure: "VARCHAR",
  signs: "JSON",
  models: "JSON",
  running: "JSON",
  certificate: "JSON",
  country: "VARCHAR",
  region: "VARCHAR",
  city: "VARCHAR",
  asn: "BIGINT",
  organisation: "VARCHAR",
  requests: "INTEGER",
  duration_ms: "DOUBLE",
};

/** The peer's statement. */
export function peerSql(path: string): string {
  const columns = Object.entries(COLUMNS).map(([name, type]) => `"${name}": '${type}'`);
  const names = Object.keys(COLUMNS).map((name) => `"${name}"`);
  return [
    `SELECT count(*)::INTEGER AS rows, bit_xor(hash(${names.join(", ")}))::VARCHAR AS all_columns`,
    `FROM read_json('${path.replaceAll("'", "''")}', format = 'newline_delimited', records = 'true', columns = {${columns.join(", ")}})`,
  ].join("\n");
}

const [path] = process.argv.slice(2);
if (import.meta.main && path !== undefined) {
  const threads = String(availableParallelism());
  const instance = await DuckDBInstance.create(":memory:", { threads, preserve_insertion_order: "false" });
  const connection = await instance.connect();
  const answer = await connection.runAndReadAll(peerSql(path));
  process.stdout.write(`${JSON.stringify(answer.getRowObjectsJson())}\n`);
  connection.closeSync();
  instance.closeSync();
}
