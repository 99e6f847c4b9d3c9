import { mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lakeObservation, lakeRequest, lakeRun } from "../../test/support/lake-lines.ts";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import { Complaint } from "../model/complaint.ts";
import type { Observation } from "../model/observation.ts";
import { parsePrefix } from "../model/prefix.ts";
import { prefixSet } from "../model/prefix-set.ts";
import type { PrefixSet } from "../model/prefix-set.ts";
import { compactLake } from "./compact.io.ts";
import { whatToForget } from "./forget-command.io.ts";
import { forget } from "./forget.io.ts";
import { keepRetention } from "./retention.io.ts";
import { openSnapshot } from "./snapshot.io.ts";
import { openRunWriter } from "./writer.io.ts";

// What is to be gone: told apart from everything else in the lake by its digits alone.
const GONE = "203.0.113.77";
const STAYS = "198.51.100.5";

let lake = "";

beforeEach(async () => {
  lake = await mkdtemp(join(tmpdir(), "corral-forget-"));
});

afterEach(async () => {
  await rm(lake, { recursive: true, force: true });
});

function at(address: string, n: number): Observation {
  const [entry] = lakeObservation(1, n).models ?? [];
  if (entry === undefined) throw new Error("no entry");
  return lakeObservation(1, n, { address, models: [{ ...entry, name: `model-of-${address}` }] });
}

function prefixes(...texts: readonly string[]): PrefixSet {
  const parsed = texts.map((text) => {
    const prefix = parsePrefix(text);
    if (!prefix.ok) throw new Error(prefix.error);
    return prefix.value;
  });
  return prefixSet(parsed);
}

/** Files below the lake whose bytes hold the text, as they lie on the disk. */
async function filesWith(text: string): Promise<readonly string[]> {
  const names = await readdir(lake, { recursive: true });
  const found: string[] = [];
  for (const name of names) {
    const path = join(lake, name);
    if ((await stat(path)).isFile() && (await readFile(path)).includes(text)) found.push(name);
  }
  return found;
}

async function addresses(): Promise<readonly unknown[]> {
  const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1 });
  const rows = await snapshot.query("SELECT DISTINCT address FROM observation ORDER BY address");
  await snapshot.close();
  return rows.map(({ address }) => address);
}

test("an address leaves no byte in segments, replaced segments, their rollups, journals of live writers, logs and rejects", async () => {
  const first = await openRunWriter(lake, lakeRun(1));
  for (const address of [GONE, STAYS]) {
    first.observation(at(address, 1));
    first.request(lakeRequest(address));
  }
  await first.close();
  const second = await openRunWriter(lake, lakeRun(2));
  second.observation(at(GONE, 2));
  await second.close();
  // The old segments stay for readers: they too must go.
  await compactLake(lake);
  const live = await openRunWriter(lake, lakeRun(3), { syncMs: 30 });
  live.observation(at(GONE, 3));
  live.observation(at(STAYS, 3));
  live.request(lakeRequest(GONE));
  await live.flush();
  const before = await filesWith(GONE);
  expect(new Set(before.map((name) => name.split("/", 1)[0]))).toEqual(
    new Set(["segment", "rollup", "journal", "log"]),
  );
  const done = await forget(lake, { kind: "addresses", prefixes: prefixes("203.0.113.0/24") });
  expect(done).toEqual({ observations: 3, cards: 0, lines: 2, left: [] });
  expect(await filesWith(GONE)).toEqual([]);
  expect(await filesWith(`model-of-${GONE}`)).toEqual([]);
  live.observation(at(STAYS, 4));
  await live.close();
  expect(await addresses()).toEqual([STAYS]);
});

test("age takes what was seen before, its runs and its resume points, and keeps the rest", async () => {
  const old = await openRunWriter(lake, lakeRun(1));
  old.observation(at(GONE, 1));
  old.request(lakeRequest(GONE));
  old.checkpoint({ next: 1 });
  await old.close();
  const writer = await openRunWriter(lake, lakeRun(2));
  writer.observation({ ...at(STAYS, 1), seen_at: "2026-06-01T00:00:00.000Z", run: lakeRun(2).run });
  await writer.close();
  const done = await forget(lake, { kind: "before", instant: "2026-03-01T00:00:00.000Z", runs: null });
  expect(done).toEqual({ observations: 1, cards: 0, lines: 1, left: [] });
  expect(await filesWith(GONE)).toEqual([]);
  expect(await addresses()).toEqual([STAYS]);
});

test("the same again finds nothing", async () => {
  const writer = await openRunWriter(lake, lakeRun(1));
  writer.observation(at(STAYS, 1));
  await writer.close();
  const what = { kind: "addresses", prefixes: prefixes("2001:db8::/32") } as const;
  expect(await forget(lake, what)).toEqual({ observations: 0, cards: 0, lines: 0, left: [] });
  expect(await addresses()).toEqual([STAYS]);
});

test("options: every mistake is told at once", () => {
  const now = Date.UTC(2026, 3, 1);
  expect(whatToForget({ "older-than": "90d" }, now)).toEqual({
    kind: "before",
    instant: "2026-01-01T00:00:00.000Z",
    runs: null,
  });
  const wrong = (options: Record<string, string | string[]>): readonly string[] => {
    try {
      whatToForget(options, now);
      return [];
    } catch (error) {
      return error instanceof Complaint ? error.problems.map(({ place }) => place) : [String(error)];
    }
  };
  expect(wrong({ "older-than": "90", address: ["192.0.2.256"], prefix: ["192.0.2.1/24x"] })).toEqual([
    "--address",
    "--prefix",
    "--older-than",
    "--older-than",
  ]);
  expect(wrong({})).toEqual([""]);
  expect(wrong({ "older-than": "90d", address: "192.0.2.1" })).toEqual(["--older-than"]);
});

test("R16: a scope's retention takes what its own runs saw before, and leaves imports and other scopes alone", async () => {
  const [old, other] = [lakeRun(1, { scope_name: "mine" }), lakeRun(2, { scope_name: "theirs" })];
  for (const [run, address] of [
    [old, GONE],
    [other, STAYS],
  ] as const) {
    const writer = await openRunWriter(lake, run);
    writer.observation({ ...at(address, 1), run: run.run });
    writer.request({ ...lakeRequest(address), run: run.run });
    await writer.close();
  }
  const startedMs = Date.parse(old.started_at);
  const afterDays = (days: number): number => startedMs + days * 86_400_000;
  expect(await keepRetention(lake, { scopeName: "mine", days: 30 }, afterDays(29))).toBeNull();
  const forgotten = await keepRetention(lake, { scopeName: "mine", days: 30 }, afterDays(32));
  expect(forgotten).toMatchObject({ observations: 1, lines: 1, left: [] });
  expect(await filesWith(GONE)).toEqual([]);
  expect(await addresses()).toEqual([STAYS]);
});
