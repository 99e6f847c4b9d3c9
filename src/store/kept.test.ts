import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import { lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import { parsePrefix } from "../model/prefix.ts";
import { prefixSet } from "../model/prefix-set.ts";
import { forget } from "./forget.io.ts";
import { openSnapshot } from "./snapshot.io.ts";
import { openRunWriter } from "./writer.io.ts";

const SELECT =
  "SELECT address, count(*) AS n, sum(looks) AS looks, max(last_seen) AS last FROM service GROUP BY address";
const GONE = "203.0.113.77";

let lake = "";

beforeEach(async () => {
  lake = await mkdtemp(join(tmpdir(), "corral-kept-"));
});

afterEach(async () => {
  await rm(lake, { recursive: true, force: true });
});

async function write(number: number, address: string): Promise<void> {
  const writer = await openRunWriter(lake, lakeRun(number));
  writer.observation(lakeObservation(number, 1, { address }));
  await writer.close();
}

async function asked(): Promise<readonly object[]> {
  const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1 });
  try {
    await snapshot.table("told", SELECT);
    return await snapshot.query("SELECT * FROM told ORDER BY address");
  } finally {
    await snapshot.close();
  }
}

async function kept(): Promise<readonly string[]> {
  const names = await readdir(join(lake, "rollup"));
  return names.filter((name) => name.startsWith("kept-"));
}

test("a table is kept, read again as it was, and made anew when its file is not what it was", async () => {
  await write(1, GONE);
  const first = await asked();
  expect(first).toMatchObject([{ address: GONE, n: 1, looks: 1 }]);
  const [file = ""] = await kept();
  expect(await asked()).toEqual(first);
  expect(await kept()).toEqual([file]);
  const bytes = await readFile(join(lake, "rollup", file));
  await rm(join(lake, "rollup", file));
  await writeFile(join(lake, "rollup", file), bytes.fill(0, 10, 20));
  expect(await asked()).toEqual(first);
});

test("another state has another answer; nothing of what is forgotten is kept", async () => {
  await write(1, GONE);
  await asked();
  await write(2, "198.51.100.5");
  expect(await asked()).toMatchObject([{ address: "198.51.100.5" }, { address: GONE }]);
  const prefix = parsePrefix("203.0.113.0/24");
  if (!prefix.ok) throw new Error(prefix.error);
  await forget(lake, { kind: "addresses", prefixes: prefixSet([prefix.value]) });
  expect(await kept()).toEqual([]);
  expect(await asked()).toMatchObject([{ address: "198.51.100.5" }]);
});

test("what a journal holds is in the answer and in no file", async () => {
  const writer = await openRunWriter(lake, lakeRun(1));
  writer.observation(lakeObservation(1, 1, { address: GONE }));
  await writer.flush();
  expect(await asked()).toMatchObject([{ address: GONE }]);
  expect(await kept()).toEqual([]);
  await writer.close();
});
