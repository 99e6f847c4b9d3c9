import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { JUDGEMENTS } from "../../src/classify/judgements.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";

/**
 * The same three outputs as somebody would write them plainly in SQLite, over tables with an index on address: F1, T6 (by hosts and
 * observations) and the hosts of each week. Prints seconds as JSON. `node sqlite.ts LAKE FILE`
 */
const QUERIES = {
  F1: `WITH last AS (SELECT address, country, ROW_NUMBER() OVER (PARTITION BY address ORDER BY seen DESC) AS place
       FROM observation WHERE country IS NOT NULL)
     SELECT country, COUNT(*) FROM last WHERE place = 1 GROUP BY country ORDER BY 2 DESC`,
  T6: `SELECT family, COUNT(*) AS observations, COUNT(DISTINCT address) AS hosts
     FROM observation JOIN (SELECT DISTINCT inventory, family FROM model) USING (inventory) GROUP BY family ORDER BY hosts DESC`,
  weekly: `SELECT week, COUNT(DISTINCT address) FROM observation GROUP BY week ORDER BY week`,
} as const;

const [lakePath = "", file = ""] = process.argv.slice(2);
const lake = await openSnapshot(lakePath, JUDGEMENTS);
rmSync(file, { force: true });
const db = new DatabaseSync(file);
db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144");
db.exec("CREATE TABLE observation (address TEXT, seen TEXT, week TEXT, country TEXT, inventory TEXT)");
db.exec("CREATE TABLE model (inventory TEXT, family TEXT)");
await copy(
  "observation",
  5,
  "SELECT address, seen_at::VARCHAR, date_trunc('week', seen_at)::DATE::VARCHAR, country, inventory FROM observation",
);
await copy("model", 2, "SELECT inventory, family FROM model");
db.exec("CREATE INDEX by_address ON observation (address); CREATE INDEX by_inventory ON model (inventory); ANALYZE");
await lake.close();
const told = Object.entries(QUERIES).map(([name, sql]) => {
  const since = performance.now();
  db.prepare(sql).all();
  return [name, Number(((performance.now() - since) / 1000).toFixed(2))] as const;
});
db.close();
rmSync(file, { force: true });
process.stdout.write(`${JSON.stringify(Object.fromEntries(told))}\n`);

async function copy(table: string, columns: number, sql: string): Promise<void> {
  const insert = db.prepare(`INSERT INTO ${table} VALUES (${Array.from({ length: columns }, () => "?").join(", ")})`);
  db.exec("BEGIN");
  for await (const batch of (await lake.ask(sql)).batches) {
    for (const cells of batch) insert.run(...cells.map((cell) => (typeof cell === "string" ? cell : null)));
  }
  db.exec("COMMIT");
}
