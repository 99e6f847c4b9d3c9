import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PROBER_CORE, addressOf, ended, onCore } from "./farm.ts";

/** What one run of a prober cost and brought. */
export interface Cost {
  readonly hosts: number;
  readonly requests: number;
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly rssMb: number;
}

export interface Pace {
  readonly rate: number;
  readonly inFlight: number;
  /** Prefix to survey. */
  readonly prefix: string;
  readonly depth: "metadata" | "cards";
}

const CLI = path.join(import.meta.dirname, "../../bin/corral.js");
const HOOK = path.join(import.meta.dirname, "usage-hook.js");

function scopeText(pace: Pace): string {
  return `name: bench
operator: { name: Bench, contact: bench@example.org }
basis: own
authority: { allowedBy: Bench, since: 2026-01-01, until: 2099-12-31 }
prefixes: [${pace.prefix}]
ownSpecial: [${pace.prefix}]
ports: [11434]
limits: { rate: ${pace.rate}, perHost: 50, perNetwork: ${pace.rate}, inFlight: ${pace.inFlight}, rescanHours: 0, pilot: 100, cardsPerHost: 8, cardsPerRun: 100000 }
vantage: same-host
depth: ${pace.depth}
`;
}

interface RunRow {
  readonly coverage: Readonly<Record<string, number>>;
}

/** Surveys as a user would, from the command line, with everything on; `watch` sees the process id. */
export async function runCorral(pace: Pace, watch: (pid: number) => void = () => undefined): Promise<Cost> {
  const folder = mkdtempSync(path.join(tmpdir(), "corral-bench-"));
  const usageFile = path.join(folder, "usage.json");
  writeFileSync(path.join(folder, "scope.yaml"), scopeText(pace));
  const args = [
    CLI,
    "survey",
    "--scope",
    path.join(folder, "scope.yaml"),
    "--lake",
    path.join(folder, "lake"),
    "--json",
  ];
  const child = spawn(...onCore(PROBER_CORE, process.execPath, args), {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, NODE_OPTIONS: `--import=${HOOK}`, BENCH_USAGE: usageFile },
  });
  watch(child.pid ?? 0);
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const code = await ended(child);
  if (code !== 0) throw new Error(`corral survey ended with ${String(code)}`);
  const usage = JSON.parse(readFileSync(usageFile, "utf8")) as Record<string, number>;
  const { coverage } = JSON.parse(text) as RunRow;
  rmSync(folder, { recursive: true });
  return {
    hosts: coverage["open"] ?? 0,
    requests: (coverage["requests"] ?? 0) + (coverage["cards"] ?? 0),
    cpuSeconds: usage["cpu_seconds"] ?? 0,
    wallSeconds: usage["wall_seconds"] ?? 0,
    rssMb: (usage["rss_kb"] ?? 0) / 1024,
  };
}

/** The same hosts by Go's net/http, one transport a host, one processor. */
export async function runPeer(folder: string, addresses: number): Promise<Cost> {
  const child = spawn(...onCore(PROBER_CORE, path.join(folder, "peer"), []), {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, GOMAXPROCS: "1" },
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  child.stdin.end(Array.from({ length: addresses }, (_, index) => `${addressOf(index)}\n`).join(""));
  await ended(child);
  const row = JSON.parse(text) as Record<string, number>;
  return {
    hosts: row["hosts"] ?? 0,
    requests: row["requests"] ?? 0,
    cpuSeconds: row["cpu_seconds"] ?? 0,
    wallSeconds: row["wall_seconds"] ?? 0,
    rssMb: (row["rss_kb"] ?? 0) / 1024,
  };
}
