import { createHash } from "node:crypto";
import { mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import { lakeCard, lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import { compactLake } from "./compact.io.ts";
import { openSnapshot } from "./snapshot.io.ts";
import { openRunWriter } from "./writer.io.ts";

/** Columns that came with schema 2. */
const NEWER = {
  observation: ["fingerprint", "server", "title", "page", "labels", "place_source"],
  card: ["system_class", "template_class", "signs_version", "system_text"],
} as const;

let folder = "";
let lake = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-older-"));
  lake = join(folder, "lake");
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Turns the lake's one segment of a table into what schema 1 wrote. */
async function makeOlder(table: keyof typeof NEWER): Promise<void> {
  const catalog = new DatabaseSync(join(lake, "catalog.db"));
  const row = catalog.prepare("SELECT name FROM segment WHERE table_name = ?").get(table);
  const name = String(row?.["name"]);
  const path = join(lake, "segment", name);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(
    `COPY (SELECT * EXCLUDE (${NEWER[table].join(", ")}) FROM read_parquet('${path}')) TO '${path}.older' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  await rename(`${path}.older`, path);
  const bytes = await readFile(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  catalog
    .prepare("UPDATE segment SET schema_version = 1, size_bytes = ?, sha256 = ? WHERE name = ?")
    .run(bytes.length, sha256, name);
  catalog.close();
}

async function write(from: number, title: string | null): Promise<void> {
  const writer = await openRunWriter(lake, lakeRun(1));
  for (let n = from; n < from + 3; n += 1) writer.observation(lakeObservation(1, n, { title }));
  await writer.close();
}

async function titles(): Promise<readonly object[]> {
  const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1 });
  try {
    return await snapshot.query("SELECT title, count(*) AS n FROM observation GROUP BY title ORDER BY title");
  } finally {
    await snapshot.close();
  }
}

test("a segment of an earlier schema is read, added to, and rewritten; its missing columns are null", async () => {
  await write(0, "lost with the column");
  await makeOlder("observation");
  expect(await titles()).toEqual([{ title: null, n: 3 }]);
  await write(0, "seen already");
  await write(3, "newer");
  const both = [
    { title: "newer", n: 3 },
    { title: null, n: 3 },
  ];
  expect(await titles()).toEqual(both);
  await compactLake(lake);
  expect(await titles()).toEqual(both);
});

test("a card of an earlier schema was judged by nobody", async () => {
  const card = lakeCard("10.1.0.0", true);
  const writer = await openRunWriter(lake, lakeRun(1));
  const look = lakeObservation(1, 0);
  writer.observation({ ...look, models: (look.models ?? []).map((model) => ({ ...model, digest: card.digest })) });
  writer.card({ ...card, system_class: "guard-off", signs_version: 1 });
  await writer.close();
  const prompts = async (): Promise<readonly object[]> => {
    const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1 });
    const rows = await snapshot.query("SELECT system_class, template_class, signs_version FROM prompt");
    await snapshot.close();
    return rows;
  };
  expect(await prompts()).toEqual([{ system_class: "guard-off", template_class: "none", signs_version: 1 }]);
  await makeOlder("card");
  const unjudged = [{ system_class: null, template_class: null, signs_version: null }];
  expect(await prompts()).toEqual(unjudged);
  await compactLake(lake);
  expect(await prompts()).toEqual(unjudged);
});
