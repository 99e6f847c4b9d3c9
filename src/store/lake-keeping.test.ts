import { appendFile, mkdtemp, readFile, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import type { Observation } from "../model/observation.ts";
import { lakeCard, lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import { compactLake } from "./compact.io.ts";
import { exportLines, exportViews } from "./export.io.ts";
import { foldFile } from "./fold-file.io.ts";
import { createLake, removeEmptyLake } from "./lake.io.ts";
import { newLease, tryLease } from "./lease.io.ts";
import { agreedCards, knownServices, lastCheckpoint } from "./memory.io.ts";
import { openRunWriter } from "./writer.io.ts";
import { openSnapshot } from "./snapshot.io.ts";
import { UNEXPORTED_VIEWS, VIEWS } from "./view-sql.ts";

let folder = "";
let lake = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-lake-"));
  lake = join(folder, "lake");
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function ask(sql: string): Promise<readonly object[]> {
  const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1 });
  try {
    return await snapshot.query(sql);
  } finally {
    await snapshot.close();
  }
}

async function write(observations: readonly Observation[], number = 1): Promise<void> {
  const writer = await openRunWriter(lake, lakeRun(number));
  for (const observation of observations) writer.observation(observation);
  await writer.close();
}

const some = (count: number): readonly Observation[] => Array.from({ length: count }, (_, n) => lakeObservation(1, n));

test("of run rows written in one millisecond the last one is the run's", async () => {
  const writer = await openRunWriter(lake, lakeRun(1));
  const rows = Array.from({ length: 200 }, (_, index) => `campaign ${index + 1}`);
  for (const name of rows) writer.run({ ...lakeRun(1), scope_name: name });
  await writer.close();
  expect(await ask("SELECT scope_name FROM run")).toEqual([{ scope_name: "campaign 200" }]);
});

describe("after a death", () => {
  test("the next opener folds what the dead wrote, without its torn last line", async () => {
    const writer = await openRunWriter(lake, lakeRun(1));
    for (const observation of some(5)) writer.observation(observation);
    writer.checkpoint({ next: 5 });
    await writer.flush();
    const [chunk = ""] = await readdir(join(lake, "journal"));
    const text = await readFile(join(lake, "journal", chunk), "utf8");
    await writer.close();
    await rm(lake, { recursive: true });
    await createLake(lake);
    await writeFile(join(lake, "journal", chunk), text);
    await appendFile(join(lake, "journal", chunk), '{"kind":"observation","schema":1,"addr');
    expect(await lastCheckpoint(lake, "ab".repeat(32), "1/1")).toMatchObject({
      run: lakeRun(1).run,
      state: { next: 5 },
    });
    expect(await readdir(join(lake, "journal"))).toEqual([]);
    expect(await ask("SELECT count(*) AS n FROM observation")).toEqual([{ n: 5 }]);
    const known = await knownServices(lake);
    expect(known.get("http://10.1.0.4:11434/")).toEqual({ lastSeenMs: Date.UTC(2026, 0, 1, 0, 0, 4), confirmed: true });
    expect(known.size).toBe(5);
  });

  test("a live owner's lease is not given out", async () => {
    const paths = await createLake(lake);
    const lease = await newLease(paths);
    expect(tryLease(paths, lease.owner)).toBeNull();
    await lease.release();
    const again = tryLease(paths, lease.owner);
    expect(again?.owner).toBe(lease.owner);
    await again?.release();
  });
});

describe("a card", () => {
  test("speaks for others when hosts of three networks agree", async () => {
    const writer = await openRunWriter(lake, lakeRun(1));
    for (const [place, lends] of [
      ["10.1.1.1", true],
      ["10.1.1.2", true],
      ["10.1.2.1", true],
      ["10.1.3.1", false],
    ] as const) {
      writer.card(lakeCard(place, lends));
    }
    await writer.close();
    expect(await agreedCards(lake)).toEqual(new Map());
    const more = await openRunWriter(lake, lakeRun(2));
    more.card(lakeCard("2001:db8:3::1", true));
    await more.close();
    expect(await agreedCards(lake)).toEqual(new Map([[`${"ef".repeat(32)} 0.6.4`, "cd".repeat(16)]]));
  });
});

describe("an export", () => {
  test("imports to the same lake", async () => {
    await write([...some(20), lakeObservation(1, 99, { models: null, running: null, host_name: "a.example" })]);
    const signal = new AbortController().signal;
    await exportLines(lake, join(folder, "out.jsonl"), signal);
    const first = await readFile(join(folder, "out.jsonl"), "utf8");
    lake = join(folder, "second");
    await foldFile(lake, join(folder, "out.jsonl"), { run: lakeRun(9) });
    await exportLines(lake, join(folder, "again.jsonl"), signal);
    const second = await readFile(join(folder, "again.jsonl"), "utf8");
    const own = lakeRun(9).run;
    expect(
      second
        .split("\n")
        .filter((line) => !line.includes(own))
        .toSorted(),
    ).toEqual(first.split("\n").toSorted());
  });

  test("as views is a folder of plain files with a manifest", async () => {
    await write(some(4));
    const { files } = await exportViews(lake, JUDGEMENTS, join(folder, "views"), "csv");
    expect(files.map(({ rows }) => rows).slice(0, 3)).toEqual([4, 4, 4]);
    const manifest = JSON.parse(await readFile(join(folder, "views", "manifest.json"), "utf8")) as { files: object[] };
    expect(manifest.files).toHaveLength(Object.keys(VIEWS).length - UNEXPORTED_VIEWS.size);
    expect((await readFile(join(folder, "views", "observation.csv"), "utf8")).split("\n")).toHaveLength(6);
  });
});

test.skipIf(process.platform !== "linux")(
  "a folder that takes nothing is no place for an export nor for a lake",
  async () => {
    await write(some(2));
    const problems = [
      {
        place: expect.stringMatching(/^\/proc\/corral-x/u) as string,
        message: "cannot be made: its folder takes no files",
      },
    ];
    const signal = new AbortController().signal;
    await expect(exportLines(lake, "/proc/corral-x.jsonl", signal)).rejects.toMatchObject({ problems, exitCode: 2 });
    await expect(exportViews(lake, JUDGEMENTS, "/proc/corral-x", "csv")).rejects.toMatchObject({ problems });
    await expect(createLake("/proc/corral-x/lake")).rejects.toMatchObject({ problems });
  },
);

describe("a damaged segment", () => {
  test("is named and left out, by its size at once and by its content when a query meets it; it is never overwritten", async () => {
    await write(some(3));
    await write([lakeObservation(2, 0)], 2);
    const names = (await readdir(join(lake, "segment"))).filter((name) => name.startsWith("observation")).toSorted();
    const [name = ""] = names;
    const path = join(lake, "segment", name);
    const whole = await readFile(path);
    const broken = Buffer.from(whole);
    broken.fill(0x58, 4, broken.length - 8);
    await rm(path);
    await writeFile(path, broken);
    const snapshot = await openSnapshot(lake, JUDGEMENTS);
    expect(await snapshot.query("SELECT count(*) AS n, max(address) AS last FROM observation")).toHaveLength(1);
    expect(snapshot.damaged).toMatchObject([{ file: `segment/${name}`, reason: "content changed" }]);
    await snapshot.close();
    await truncate(path, 10);
    const cut = await openSnapshot(lake, JUDGEMENTS);
    expect(cut.damaged).toMatchObject([{ file: `segment/${name}`, reason: `size 10 instead of ${whole.length}` }]);
    await cut.close();
    expect((await compactLake(lake)).damaged).toHaveLength(1);
    expect((await readFile(path)).length).toBe(10);
  });

  test("stops neither an export nor a survey", async () => {
    await write(some(3));
    await write([lakeObservation(2, 0)], 2);
    const names = (await readdir(join(lake, "segment"))).filter((name) => name.startsWith("observation"));
    const sizes = await Promise.all(names.map(async (name) => (await readFile(join(lake, "segment", name))).length));
    const name = names[sizes.indexOf(Math.max(...sizes))] ?? "";
    const broken = await readFile(join(lake, "segment", name));
    broken.fill(0x58, 4, 400);
    await rm(join(lake, "segment", name));
    await writeFile(join(lake, "segment", name), broken);
    const lines = await exportLines(lake, join(folder, "out.jsonl"), new AbortController().signal);
    expect(lines.damaged).toMatchObject([{ file: `segment/${name}`, reason: "content changed" }]);
    const views = await exportViews(lake, JUDGEMENTS, join(folder, "views"), "csv");
    expect(views.damaged).toMatchObject([{ file: `segment/${name}` }]);
    expect((await knownServices(lake)).size).toBeGreaterThan(0);
  });
});

describe("a lake that is to go because it holds nothing", () => {
  test("goes when it is empty, and one that is not there is not made", async () => {
    await createLake(lake);
    await removeEmptyLake(lake);
    await removeEmptyLake(lake);
    expect(await readdir(folder)).toEqual([]);
  });

  test("stays whole while another command has begun to write into it, and after", async () => {
    const writer = await openRunWriter(lake, lakeRun(1));
    await removeEmptyLake(lake);
    writer.observation(lakeObservation(1, 0));
    await writer.close();
    await removeEmptyLake(lake);
    expect(await ask("SELECT count(*) AS n FROM observation")).toEqual([{ n: 1 }]);
  });
});
