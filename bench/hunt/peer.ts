import { DuckDBInstance } from "@duckdb/node-api";

/**
 * The peer: DuckDB reads the same file by itself and counts; of JSON it parses every column. It judges nothing.
 * Usage: node bench/hunt/peer.ts lines|json FILE PATTERN THREADS
 */
const QUERIES = {
  lines: (file: string, pattern: string) =>
    `SELECT count(*)::INTEGER AS n FROM read_csv('${file}', columns = {'line': 'VARCHAR'}, delim = '\\x1f', header = false, quote = '', escape = '') WHERE contains(line, '${pattern}')`,
  json: (file: string) =>
    `SELECT count(*)::INTEGER AS n, bit_xor(hash(row))::VARCHAR AS all_columns FROM read_json('${file}', format = 'newline_delimited') AS row`,
} as const;

const [kind, file = "", pattern = "", threads = "1"] = process.argv.slice(2);
if (kind === "lines" || kind === "json") {
  const instance = await DuckDBInstance.create(":memory:", { threads, preserve_insertion_order: "false" });
  const connection = await instance.connect();
  const quoted = (text: string): string => text.replaceAll("'", "''");
  const answer = await connection.runAndReadAll(QUERIES[kind](quoted(file), quoted(pattern)));
  process.stdout.write(`${JSON.stringify(answer.getRowObjectsJson())}\n`);
  connection.closeSync();
  instance.closeSync();
}
