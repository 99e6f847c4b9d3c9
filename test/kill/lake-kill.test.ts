import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { JUDGEMENTS } from "../../src/classify/judgements.ts";
import { parsePrefix } from "../../src/model/prefix.ts";
import { prefixSet } from "../../src/model/prefix-set.ts";
import { checkLake } from "../../src/store/check-lake.io.ts";
import { compactLake } from "../../src/store/compact.io.ts";
import { forget } from "../../src/store/forget.io.ts";
import { createLake } from "../../src/store/lake.io.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";

/** Kills of this test; the long run of a release sets `CORRAL_LAKE_KILLS=150`. */
const KILLS = Number(process.env["CORRAL_LAKE_KILLS"] ?? 14);
const ROLES = ["write", "write", "write", "import", "compact", "compact", "read", "read", "forget"];
/** Slots to kill from: writers die three times as often as those whose work takes longer. */
const VICTIMS = [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8];
/** The run whose rows the forgetting worker writes and forgets. */
const FORGOTTEN = (250).toString(16).padStart(32, "0");
const WORKER = fileURLToPath(new URL("./lake-worker.ts", import.meta.url));

interface Counted {
  readonly run: string;
  readonly looks: number;
  readonly hosts: number;
}

interface Told {
  readonly durable?: number;
  readonly from?: number;
  readonly to?: number;
  readonly damaged?: readonly unknown[];
  readonly rows?: readonly Counted[];
}

/** One process that was started: its number is its run, so no two share rows. */
interface Worker {
  readonly role: string;
  readonly number: number;
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  readonly told: Told[];
  readonly complaints: string[];
}

let folder = "";
const living: Worker[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-lake-kill-"));
});

afterEach(async () => {
  for (const worker of living.splice(0)) await kill(worker);
  await rm(folder, { recursive: true, force: true });
});

function start(role: string, number: number, lake: string): Worker {
  const child = spawn(process.execPath, [WORKER, role, lake, String(number)], { stdio: ["ignore", "pipe", "pipe"] });
  const told: Told[] = [];
  const complaints: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => told.push(JSON.parse(line) as Told));
  child.stderr.on("data", (text: Buffer) => complaints.push(text.toString()));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  return { role, number, process: child, ended, told, complaints };
}

async function kill(worker: Worker): Promise<void> {
  worker.process.kill("SIGKILL");
  await worker.ended;
}

/** Numbers from a seed: the same kills in the same order, whatever the machine makes of them. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test(
  `${KILLS} kills of writers, imports, compactors, forgetters and readers lose nothing, double nothing, and no reader goes back`,
  async () => {
    const lake = join(folder, "lake");
    await createLake(lake);
    const random = seeded(20_260_110);
    const all: Worker[] = [];
    const begin = (role: string): Worker => {
      const worker = start(role, all.length + 1, lake);
      all.push(worker);
      living.push(worker);
      return worker;
    };
    const slots = ROLES.map(begin);
    for (let kills = 0; kills < KILLS;) {
      await wait(300 + random() * 1200);
      const slot = VICTIMS[Math.floor(random() * VICTIMS.length)] ?? 0;
      const victim = slots[slot];
      if (victim === undefined) throw new Error("no such slot");
      expect(victim.process.exitCode, `${victim.role} ended by itself: ${victim.complaints.join("")}`).toBeNull();
      await kill(victim);
      kills += 1;
      slots[slot] = begin(victim.role);
    }
    // One of each role must have come to its work, or the test has shown nothing.
    await waitForWork(all);
    for (const worker of living.splice(0)) await kill(worker);
    await expectWhole(lake, all);
  },
  60_000 + KILLS * 4000,
);

async function waitForWork(all: readonly Worker[]): Promise<void> {
  const idle = (): readonly string[] =>
    ROLES.filter((role) => !all.some((one) => one.role === role && one.told.length > 0));
  for (let tries = 0; tries < 400 && idle().length > 0; tries += 1) await wait(100);
  expect(idle()).toEqual([]);
}

async function expectWhole(lake: string, all: readonly Worker[]): Promise<void> {
  const complaints = all.flatMap(({ role, complaints: words }) => words.map((text) => `${role}: ${text}`));
  expect(complaints).toEqual([]);
  await compactLake(lake);
  const { damaged, rollups } = await checkLake(lake);
  expect(damaged).toEqual([]);
  // Every segment has its rollups, whoever died while writing or replacing them.
  expect(rollups).toMatchObject({ without: 0, damaged: [] });
  const kept = await counts(lake);
  for (const { role, number, told } of all.filter((one) => "durable" in (one.told[0] ?? {}))) {
    const durable = Math.max(0, ...told.map((one) => one.durable ?? 0));
    const counted = kept.get(number.toString(16).padStart(32, "0")) ?? { looks: 0, hosts: 0 };
    expect(counted.looks, `${role} ${number}: rows twice`).toBe(counted.hosts);
    expect(counted.looks, `${role} ${number}: lines lost`).toBeGreaterThanOrEqual(durable);
  }
  expectForward(all.filter(({ role }) => role === "read"));
  if (process.env["CORRAL_LAKE_KILLS"] !== undefined) console.log(summary(all, kept));
  await expectForgotten(lake);
  // Nothing of the dead is left: no chunk, no workspace, no lock, no file without a name in the catalogue.
  expect(await readdir(join(lake, "journal"))).toEqual([]);
  expect(await readdir(join(lake, "tmp"))).toEqual([]);
}

/** Forgetting that was killed is done again: then neither views over rollups nor any file knows the address. */
async function expectForgotten(lake: string): Promise<void> {
  const prefix = parsePrefix("10.250.0.0/16");
  if (!prefix.ok) throw new Error(prefix.error);
  expect((await forget(lake, { kind: "addresses", prefixes: prefixSet([prefix.value]) })).left).toEqual([]);
  const names = await readdir(lake, { recursive: true, withFileTypes: true });
  const files = names.filter((name) => name.isFile()).map((name) => join(name.parentPath, name.name));
  expect(files.filter((path) => path.includes("/rollup/")).length).toBeGreaterThan(2);
  for (const path of files) expect(await readFile(path, "latin1")).not.toContain("10.250.0.");
  const snapshot = await openSnapshot(lake, JUDGEMENTS);
  const rows = await snapshot.query("SELECT address FROM service WHERE starts_with(address, '10.250.')");
  await snapshot.close();
  expect(rows).toEqual([]);
}

/** What a long run shows: how much was at stake. */
function summary(all: readonly Worker[], kept: ReadonlyMap<string, { looks: number }>): object {
  const of = (role: string): readonly Told[] => all.filter((one) => one.role === role).flatMap(({ told }) => told);
  const writers = all.filter(({ role }) => role === "write");
  const durable = writers.map(({ told }) => Math.max(0, ...told.map((one) => one.durable ?? 0)));
  return {
    kills: KILLS,
    processes: all.length,
    durableLines: durable.reduce((sum, one) => sum + one, 0),
    rows: [...kept.values()].reduce((sum, { looks }) => sum + looks, 0),
    imports: of("import").length,
    compactions: of("compact").length,
    forgettings: of("forget").length,
    snapshots: of("read").length,
  };
}

async function counts(lake: string): Promise<ReadonlyMap<string, { looks: number; hosts: number }>> {
  const snapshot = await openSnapshot(lake, JUDGEMENTS);
  const rows = await snapshot.query(
    "SELECT run, count(*) AS looks, count(DISTINCT address) AS hosts FROM observation GROUP BY run",
  );
  await snapshot.close();
  return new Map(
    rows.map(({ run, looks, hosts }) => [
      typeof run === "string" ? run : "",
      { looks: Number(looks), hosts: Number(hosts) },
    ]),
  );
}

/** A snapshot begun after another had ended sees at least as much of every run, and never a row twice. */
function expectForward(readers: readonly Worker[]): void {
  const seen = readers.flatMap(({ told }) => told).toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0));
  for (const [index, later] of seen.entries()) {
    expect(later.damaged).toEqual([]);
    const after = new Map(later.rows?.map((row) => [row.run, row]));
    for (const row of after.values()) expect(row.looks).toBe(row.hosts);
    for (const earlier of seen.slice(0, index).filter((one) => (one.to ?? 0) <= (later.from ?? 0))) {
      for (const { run, looks } of (earlier.rows ?? []).filter((row) => row.run !== FORGOTTEN))
        expect(after.get(run)?.looks ?? 0).toBeGreaterThanOrEqual(looks);
    }
  }
}
