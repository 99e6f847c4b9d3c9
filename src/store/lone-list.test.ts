import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LINE_EXAMPLE } from "../model/line-example.ts";
import type { ModelEntry } from "../model/observation.ts";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import { lakeRun } from "../../test/support/lake-lines.ts";
import { foldFile } from "./fold-file.io.ts";
import { openSnapshot } from "./snapshot.io.ts";

function entry(index: number): ModelEntry {
  const nothing = { modified_at: null, size: null, digest: null, details: null, capabilities: null };
  return { name: `model-${index}`, model: null, ...nothing, remote_model: null, remote_host: null };
}

test("the entries of the only list of a lake are found by its id", async () => {
  const folder = await mkdtemp(join(tmpdir(), "corral-lone-"));
  const file = join(folder, "line.jsonl");
  const models = Array.from({ length: 26 }, (_, index) => entry(index));
  await writeFile(file, `${JSON.stringify({ ...LINE_EXAMPLE, models })}\n`);
  await foldFile(join(folder, "lake"), file, { run: lakeRun(0) });
  const lake = await openSnapshot(join(folder, "lake"), JUDGEMENTS);
  const found = await lake.query(`SELECT count(*)::INTEGER AS n FROM stored.inventory_model
    WHERE inventory = (SELECT max(inventory) FROM stored.observation)`);
  await lake.close();
  await rm(folder, { recursive: true });
  expect(found).toEqual([{ n: 26 }]);
});
