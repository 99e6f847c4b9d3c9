import { JUDGEMENTS } from "../../src/classify/judgements.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";
import { STUDY_OUTPUTS } from "../../src/study/catalogue/study-outputs.ts";
import { BASES, baseFile, baseTables } from "../../src/study/paper/base-tables.ts";
import { loadSqlFiles } from "../../src/study/paper/sql-files.io.ts";

/** Every query of the study in one process whose base relations stand: prints the milliseconds of each as JSON. `node warm.ts LAKE` */
const [path = ""] = process.argv.slice(2);
const lake = await openSnapshot(path, JUDGEMENTS, { memoryMiB: 600 });
const files = await loadSqlFiles([...BASES.map(baseFile), ...STUDY_OUTPUTS.map(({ file }) => file)]);
await baseTables(lake, files).ready(BASES.join(" "));
const told: Record<string, number> = {};
for (const { id, file } of STUDY_OUTPUTS) {
  const sql = files.get(file)?.sql ?? "";
  await lake.query(sql);
  const since = performance.now();
  await lake.query(sql);
  told[id] = Math.round(performance.now() - since);
}
await lake.close();
process.stdout.write(`${JSON.stringify(told)}\n`);
