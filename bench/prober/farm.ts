import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
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

/** Starts the farm and waits until every listener stands. */
export async function startFarm(folder: string, addresses: number, mix: Mix): Promise<Farm> {
  const shares = Object.entries(mix).flatMap(([kind, share]) => [`-${kind}`, String(share)]);
  const child = spawn(
    path.join(folder, "farm"),
    ["-addresses", String(addresses), "-second", String(SECOND_OCTET), ...shares],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Record<string, number>> => {
    const line = await lines.next();
    if (line.done === true) throw new Error("the farm ended early");
    return JSON.parse(line.value) as Record<string, number>;
  };
  const counts = await next();
  return {
    counts,
    stop: async () => {
      child.stdin.end();
      const last = await next();
      await ended(child);
      return { requests: last["requests"] ?? 0, connections: last["connections"] ?? 0 };
    },
  };
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
