import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

/** How many per ten thousand addresses are of a kind; the rest is dead (refused). */
export interface Mix {
  readonly live: number;
  readonly "black-hole"?: number;
  readonly drip?: number;
  readonly endless?: number;
}

export interface Farm {
  readonly counts: Readonly<Record<string, number>>;
  stop(): Promise<{ requests: number; connections: number }>;
}

/** Second octet of the farm's first address. */
export const SECOND_OCTET = 64;

/** Builds `farm` and `peer` with the Go on the PATH; returns their folder. */
export function buildGo(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "corral-bench-go-"));
  for (const name of ["farm", "peer"]) {
    const built = spawnSync("go", ["build", "-o", path.join(folder, name), `./${name}`], {
      cwd: import.meta.dirname,
      stdio: ["ignore", "inherit", "inherit"],
    });
    if (built.status !== 0) throw new Error("go build failed (is Go on the PATH?)");
  }
  return folder;
}

/** Listeners of one farm process: below the usual hard limit of open files. */
const MOST_ADDRESSES = 16_384;

/** Starts the farm, in as many processes as its listeners need, and waits until every listener stands. */
export async function startFarm(folder: string, addresses: number, mix: Mix): Promise<Farm> {
  const live = (mix.live + (mix.drip ?? 0) + (mix.endless ?? 0)) / 10_000;
  const each = Math.min(addresses, 2 ** Math.floor(Math.log2(MOST_ADDRESSES / live)));
  const parts: Part[] = [];
  for (let first = 0; first < addresses; first += each)
    parts.push(await startPart(folder, first, Math.min(each, addresses - first), mix));
  return {
    counts: sums(parts.map(({ counts }) => counts)),
    stop: async () => {
      const { requests = 0, connections = 0 } = sums(await Promise.all(parts.map((part) => part.stop())));
      return { requests, connections };
    },
  };
}

type Counts = Readonly<Record<string, number>>;

interface Part {
  readonly counts: Counts;
  stop(): Promise<Counts>;
}

function sums(rows: readonly Counts[]): Counts {
  const total: Record<string, number> = {};
  for (const row of rows) for (const [name, count] of Object.entries(row)) total[name] = (total[name] ?? 0) + count;
  return total;
}

async function startPart(folder: string, first: number, addresses: number, mix: Mix): Promise<Part> {
  const shares = Object.entries(mix).flatMap(([kind, share]) => [`-${kind}`, String(share)]);
  const range = ["-first", String(first), "-addresses", String(addresses), "-second", String(SECOND_OCTET)];
  const child = spawn(...onCore(FARM_CORE, path.join(folder, "farm"), [...range, ...shares]), {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Counts> => {
    const line = await lines.next();
    if (line.done === true) throw new Error("the farm ended early");
    return JSON.parse(line.value) as Counts;
  };
  const counts = await next();
  return {
    counts,
    stop: async () => {
      child.stdin.end();
      const last = await next();
      await ended(child);
      return last;
    },
  };
}

const FARM_CORE = 0;
/** Core of the program under test. */
export const PROBER_CORE = 1;

/** A command held to one core where `taskset` (util-linux) is at hand and the machine has more than one. */
export function onCore(core: number, command: string, args: readonly string[]): [string, string[]] {
  const canHold = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;
  return canHold ? ["taskset", ["-c", String(core), command, ...args]] : [command, [...args]];
}

/** Resolves with the exit code once a child is gone. */
export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode === null) child.once("exit", resolve);
    else resolve(child.exitCode);
  });
}

/** Address number `index` of the farm. */
export function addressOf(index: number): string {
  return `127.${SECOND_OCTET + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
}
