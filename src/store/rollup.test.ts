import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import { lakeCard, lakeRun } from "../../test/support/lake-lines.ts";
import { troubledLooks } from "../../test/support/troubled-looks.ts";
import { checkLake } from "./check-lake.io.ts";
import { compactLake } from "./compact.io.ts";
import { foldFile } from "./fold-file.io.ts";
import type { SnapshotOptions } from "./snapshot.ts";
import { openSnapshot } from "./snapshot.io.ts";
import { VIEWS } from "./view-sql.ts";
import { openRunWriter } from "./writer.io.ts";

/** A run row belongs to the way in, not to the looks. */
const COMPARED = Object.keys(VIEWS).filter((name) => name !== "run");

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-rollup-"));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const LINES = troubledLooks();
const CARDS = ["10.9.0.1", "10.9.1.1", "10.9.2.1"].map((address) => lakeCard(address, true));

async function importAs(lake: string, lines: readonly object[]): Promise<void> {
  const path = join(folder, "lines.jsonl");
  await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  await foldFile(lake, path, { run: lakeRun(9), threads: 1 });
}

/** Every row of every view, as text. */
async function rowsOf(
  lake: string,
  options: SnapshotOptions = {},
): Promise<Readonly<Record<string, readonly string[]>>> {
  const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1, ...options });
  try {
    const views: Record<string, readonly string[]> = {};
    for (const view of COMPARED) {
      const rows = await snapshot.query(`SELECT * FROM ${view} ORDER BY ALL`);
      views[view] = rows.map((row) => JSON.stringify(row));
    }
    expect(snapshot.damaged).toEqual([]);
    return views;
  } finally {
    await snapshot.close();
  }
}

async function whole(name: string): Promise<string> {
  const lake = join(folder, name);
  await importAs(lake, [...LINES, ...CARDS]);
  return lake;
}

async function ask(lake: string, sql: string): Promise<readonly object[]> {
  const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1 });
  try {
    return await snapshot.query(sql);
  } finally {
    await snapshot.close();
  }
}

const SERVICE = "scheme, address, port, host_name, base_path";
const COUNTED = "FROM observation WHERE confirmed AND (product IS NULL OR product = 'ollama')";

/** What a view says, and the same asked of the observations themselves. */
const PLAIN: readonly (readonly [string, string, string])[] = [
  [
    "counted_month",
    `SELECT ${SERVICE}, source, "month", version, inventory, observations, day_mask, first_seen, last_seen, listed, models, running_looks FROM counted_month`,
    `SELECT ${SERVICE}, source, date_trunc('month', seen_at)::DATE, version, inventory, count(*),
       bit_or(1::BIGINT << (day(seen_at) - 1)), min(seen_at), max(seen_at), count(model_count), coalesce(sum(model_count), 0)::BIGINT,
       count_if(running_count > 0) ${COUNTED} GROUP BY ALL`,
  ],
  ["host_day", `SELECT address, "day" FROM host_day`, `SELECT DISTINCT address, seen_at::DATE ${COUNTED}`],
  [
    "day_total",
    `SELECT "day", observations, counted, hosts FROM day_total WHERE observations > 0`,
    `SELECT o.seen_at::DATE, count(*), coalesce(any_value(c.n), 0), coalesce(any_value(c.hosts), 0) FROM observation AS o
       LEFT JOIN (SELECT seen_at::DATE AS d, count(*) AS n, count(DISTINCT address) AS hosts ${COUNTED} GROUP BY d) AS c
       ON c.d = o.seen_at::DATE GROUP BY o.seen_at::DATE`,
  ],
  [
    "service",
    `SELECT ${SERVICE}, first_seen, last_seen, looks, confirmed_looks, last_confirmed FROM service`,
    `SELECT ${SERVICE}, min(seen_at), max(seen_at), count(*), count_if(confirmed), max(CASE WHEN confirmed THEN seen_at END)
       FROM observation GROUP BY ALL`,
  ],
  [
    "host",
    "SELECT address, looks, services, confirmed_services FROM host",
    `SELECT address, count(*), count(DISTINCT struct_pack(port, host_name)),
       count(DISTINCT CASE WHEN confirmed THEN struct_pack(port, host_name) END) FROM observation GROUP BY address`,
  ],
  [
    "inventory",
    "SELECT inventory, model_count, looks, services, hosts FROM inventory",
    `SELECT inventory, max(model_count), count(*), count(DISTINCT struct_pack(${SERVICE})), count(DISTINCT address)
       FROM observation WHERE inventory IS NOT NULL GROUP BY inventory`,
  ],
  [
    "the last counted look",
    `SELECT ${SERVICE}, version, inventory, running_count FROM counted`,
    `SELECT ${SERVICE}, version, inventory, running_count ${COUNTED} QUALIFY row_number() OVER (PARTITION BY ${SERVICE}
       ORDER BY seen_at DESC, source DESC, coalesce(vantage, '') DESC) = 1`,
  ],
  [
    "the last network told",
    "SELECT address, asn, organisation FROM network",
    `SELECT a.address, o.asn, o.organisation FROM (SELECT DISTINCT address FROM observation) AS a LEFT JOIN (
       SELECT * FROM observation WHERE asn IS NOT NULL OR organisation IS NOT NULL QUALIFY row_number() OVER (PARTITION BY address
         ORDER BY seen_at DESC, source DESC, coalesce(vantage, '') DESC, port, scheme DESC, coalesce(host_name, '') DESC) = 1) AS o
       ON a.address = o.address`,
  ],
];

describe("views over rollups", () => {
  test.for(PLAIN)("%s: say what the observations say", async ([what, viewed, plain]) => {
    const lake = await whole(`plain ${what}`);
    expect(await ask(lake, `SELECT count(*) AS n FROM (${viewed})`)).not.toEqual([{ n: 0 }]);
    expect(await ask(lake, `(${viewed}) EXCEPT ALL (${plain})`)).toEqual([]);
    expect(await ask(lake, `(${plain}) EXCEPT ALL (${viewed})`)).toEqual([]);
  });

  test("are the same whole, in pieces, compacted, half in a journal, without rollups, and through a window over all", async () => {
    const expected = await rowsOf(await whole("whole"));
    expect(expected["decoy"]?.length).toBeGreaterThan(20);
    const pieces = join(folder, "pieces");
    // The last line first: no order of the files is the order of the times.
    const turned = LINES.toReversed();
    for (let from = 0; from < turned.length; from += 150) await importAs(pieces, turned.slice(from, from + 150));
    await importAs(pieces, CARDS);
    expect((await checkLake(pieces)).rollups).toEqual({ segments: 5, without: 0, damaged: [] });
    expect(await rowsOf(pieces)).toEqual(expected);
    const window = { from: "2026-01-01T00:00:00.000Z", until: "2027-01-01" };
    expect(await rowsOf(pieces, { window })).toEqual(expected);
    await compactLake(pieces);
    expect((await checkLake(pieces)).rollups).toEqual({ segments: 1, without: 0, damaged: [] });
    expect(await rowsOf(pieces)).toEqual(expected);
    await rm(join(pieces, "rollup"), { recursive: true });
    expect(await rowsOf(pieces)).toEqual(expected);

    const live = join(folder, "live");
    await importAs(live, [...LINES.slice(0, 400), ...CARDS]);
    const writer = await openRunWriter(live, lakeRun(1));
    // Some of it is in both: it counts once.
    for (const line of LINES.slice(350)) writer.observation(line);
    await writer.flush();
    expect(await rowsOf(live)).toEqual(expected);
    await writer.close();
    expect(await rowsOf(live)).toEqual(expected);
  }, 120_000);

  test("a window leaves out what was not seen within it, and runs that began elsewhere", async () => {
    const lake = await whole("window");
    const window = { from: "2026-02-01", until: "2026-02-11" };
    const inside = LINES.filter(({ seen_at: at }) => at >= window.from && at < window.until);
    const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1, window });
    const [told] = await snapshot.query("SELECT sum(looks)::INTEGER AS looks, min(first_seen) AS first FROM service");
    const days = await snapshot.query(
      `SELECT min("day")::VARCHAR AS first, sum(observations)::INTEGER AS n FROM day_total`,
    );
    await snapshot.close();
    expect(told).toMatchObject({ looks: inside.length });
    const first = inside.map(({ seen_at: at }) => at.slice(0, 10)).toSorted()[0];
    expect(days).toEqual([{ first, n: inside.length }]);
  });
});

describe("a rollup is never the truth", { timeout: 120_000 }, () => {
  const spoil: Readonly<Record<string, (path: string) => Promise<void>>> = {
    "is gone": (path) => rm(path),
    "was cut": async (path) => {
      await rm(path);
      await writeFile(path, "PAR1");
      await truncate(path, 3);
    },
    "has other bytes at its end": (path) => rewritten(path, (bytes) => bytes.fill(0, bytes.length - 64)),
    "has other bytes in its pages": (path) => rewritten(path, (bytes) => bytes.fill(255, 4, bytes.length >> 1)),
  };

  test.for(Object.entries(spoil))(
    "one that %s is read from its segment, told by a check, made anew by compaction",
    async ([what, harm]) => {
      const lake = await whole(`spoilt ${what}`);
      const expected = await rowsOf(lake);
      for (const name of await readdir(join(lake, "rollup"))) await harm(join(lake, "rollup", name));
      expect(await rowsOf(lake)).toEqual(expected);
      expect((await checkLake(lake)).damaged).toEqual([]);
      const { rollups } = await checkLake(lake);
      expect(rollups).toMatchObject({ segments: 0, without: 1 });
      expect(rollups.damaged).toHaveLength(3);
      await compactLake(lake);
      expect((await checkLake(lake)).rollups).toEqual({ segments: 1, without: 0, damaged: [] });
      expect(await readdir(join(lake, "rollup"))).toHaveLength(3);
      expect(await rowsOf(lake)).toEqual(expected);
    },
  );

  test("of a lake made before there were any, or by another version, readers ask the segments; compaction makes them", async () => {
    const lake = await whole("older");
    const expected = await rowsOf(lake);
    const catalog = new DatabaseSync(join(lake, "catalog.db"));
    catalog.exec("UPDATE rollup SET version = 'another'");
    expect((await checkLake(lake)).rollups).toEqual({ segments: 0, without: 1, damaged: [] });
    expect(await rowsOf(lake)).toEqual(expected);
    catalog.exec("DROP TABLE rollup; PRAGMA user_version = 1");
    catalog.close();
    await rm(join(lake, "rollup"), { recursive: true });
    expect(await rowsOf(lake)).toEqual(expected);
    await compactLake(lake);
    expect((await checkLake(lake)).rollups).toEqual({ segments: 1, without: 0, damaged: [] });
    expect(await rowsOf(lake)).toEqual(expected);
  });
});

async function rewritten(path: string, change: (bytes: Buffer) => void): Promise<void> {
  const bytes = await readFile(path);
  change(bytes);
  // Files of a lake are not writable: the harm is done by replacing one.
  await rm(path);
  await writeFile(path, bytes);
}
