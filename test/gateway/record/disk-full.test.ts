import { execFileSync, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startWriter } from "./writer-process.ts";
import type { Writer } from "./writer-process.ts";

let state = "";
let writer: Writer | null = null;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "corral-record-full-"));
});

afterEach(async () => {
  await writer?.kill();
  await rm(state, { recursive: true, force: true });
});

/** One way to take the disk away from a writer and to give it back. */
interface Way {
  readonly name: string;
  readonly wrap: () => readonly string[];
  readonly take: (writer: Writer) => Promise<unknown>;
  readonly give: (writer: Writer) => Promise<unknown>;
}

const NAMESPACE =
  process.getuid?.() === 0 ? ["unshare", "--mount"] : ["unshare", "--user", "--map-root-user", "--mount"];
const MOUNT = 'mount -t tmpfs -o size=600k none "$1" && exec "${@:2}"';
const FULL_DISK: Way = {
  name: "a full disk",
  wrap: () => [...NAMESPACE, "bash", "-c", MOUNT, "bash", state],
  take: (one) => one.ask("fill"),
  give: (one) => one.ask("free"),
};
/** The soft limit may be raised again from outside, by whoever owns the process. */
const FILE_LIMIT: Way = {
  name: "a limit of file sizes",
  wrap: () => [],
  take: (one) => setLimit(one, "10000"),
  give: (one) => setLimit(one, "unlimited"),
};

function setLimit(one: Writer, bytes: string): Promise<unknown> {
  const pid = one.told.find((words) => words.pid !== undefined)?.pid;
  execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:unlimited`]);
  return Promise.resolve();
}

const canMount = spawnSync(NAMESPACE[0] ?? "", [...NAMESPACE.slice(1), "mount", "-t", "tmpfs", "none", "/mnt"]).status;
const WAYS = canMount === 0 ? [FULL_DISK, FILE_LIMIT] : [FILE_LIMIT];

test.for(WAYS)("$name: told at once, nothing lost, and the same chain goes on afterwards", async (way) => {
  writer = startWriter(state, way.wrap());
  await writer.until(({ story }) => story !== undefined);
  expect(await writer.ask("add 10")).toMatchObject({ synced: true, available: true, turns: [] });
  await way.take(writer);
  const full = await writer.ask("add 200");
  expect(full).toMatchObject({ synced: false, available: false });
  expect(full.turns).toHaveLength(1);
  expect(full.turns?.[0]).toMatch(/ENOSPC|EFBIG/u);
  expect(await writer.ask("add 5")).toMatchObject({ synced: false, available: false });
  await way.give(writer);
  expect(await writer.ask("add 3")).toMatchObject({ synced: true, available: true, pending: 0, rows: 218 });
  expect(await writer.ask("verify")).toMatchObject({ verdict: { findings: [], rows: 218 } });
  expect(await writer.ask("close")).toEqual({ whole: true });
});

test.for(WAYS)(
  "$name while more rows come than memory holds: what was dropped is counted in the trail",
  async (way) => {
    writer = startWriter(state, way.wrap(), 20_000);
    await writer.until(({ story }) => story !== undefined);
    await writer.ask("add 10");
    await way.take(writer);
    for (let times = 0; times < 10; times += 1) await writer.ask("add 100");
    await way.give(writer);
    await writer.ask("add 1");
    await writer.ask("add 1");
    const { verdict, gaps = [] } = await writer.ask("verify");
    expect(verdict?.findings).toEqual([]);
    const dropped = gaps.reduce((sum, { rows }) => sum + rows, 0);
    expect(dropped).toBeGreaterThan(800);
    expect((verdict?.rows ?? 0) + dropped).toBe(1012);
  },
);

test.for(WAYS)("$name and then a kill: the next start tells of the torn line and goes on", async (way) => {
  writer = startWriter(state, [...way.wrap(), "bash", "-c", '"$@"; exec "$@"', "bash"]);
  await writer.until(({ story }) => story !== undefined);
  await writer.ask("add 10");
  await way.take(writer);
  const full = await writer.ask("add 200");
  expect(full.available).toBe(false);
  // The shell starts the next writer in the same place.
  writer.send("die");
  const first = writer.told[0]?.pid;
  const again = await writer.until(({ pid }) => pid !== undefined && pid !== first);
  expect(again.story?.join()).toMatch(/bytes of a line that was never finished/u);
  await writer.ask("free");
  expect(await writer.ask("add 3")).toMatchObject({ synced: true, available: true });
  const { verdict } = await writer.ask("verify");
  expect(verdict?.findings).toEqual([]);
  expect(verdict?.notes.map(({ message }) => message).join()).toMatch(/never finished, noted at/u);
});
