import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { EvtxEvent } from "../../test/support/evtx-chunk-writer.ts";
import { evtxFile } from "../../test/support/evtx-file.ts";
import { measured } from "../measured.ts";
import type { Cost } from "../measured.ts";
import { KINDS, makeLog, SEED } from "./make-logs.ts";
import type { LogKind, MadeLog } from "./make-logs.ts";

/**
 * `corral hunt`, as it is built and installed, with every detection on, beside `grep -c`, `jq` and DuckDB on the same files, each in a
 * process of its own, in turns. A rate is that of each further row: what a hunt of one row costs (start-up) is taken off.
 * Usage: node bench/hunt/bench.ts [GIN_ROWS] [JSON_ROWS] [ROUNDS]
 */
const TARGET = { gin: 1_000_000, jsonPerCore: 80_000, evtx: 20_000, rssMb: 250 };
const EVTX_RECORDS = 100_000;
const ROOT = join(import.meta.dirname, "../..");
const MAIN = join(ROOT, "dist/cli/main.js");

interface Timed {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly rssMb: number | null;
}

/** The median run of several. */
function middle<T extends Timed>(runs: readonly T[]): T {
  const sorted = runs.toSorted((a, b) => a.cpuSeconds - b.cpuSeconds);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** A program that is not Node's: the shell's own clock tells what it cost. */
function timed(command: string): Timed {
  const ran = spawnSync("bash", ["-c", `TIMEFORMAT='%R %U %S'; time (${command}) > /dev/null`], { encoding: "utf8" });
  const [seconds = "0", user = "0", system = "0"] = ran.stderr.trim().split("\n").at(-1)?.split(" ") ?? [];
  if (ran.status !== 0) throw new Error(`${command} ended with ${ran.status}: ${ran.stderr}`);
  return { seconds: Number(seconds), cpuSeconds: Number(user) + Number(system), rssMb: null };
}

async function hunt(paths: readonly string[]): Promise<Cost> {
  return measured([MAIN, "hunt", ...paths, "--json"]);
}

interface Row {
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly runs: readonly Timed[];
  readonly startSeconds: number;
  readonly startCpu: number;
}

function told({ name, rows, bytes, runs, startSeconds, startCpu }: Row): string {
  const { seconds, cpuSeconds } = middle(runs);
  const rss = Math.max(...runs.map(({ rssMb }) => rssMb ?? Number.NaN));
  const wall = Math.max(seconds - startSeconds, 1e-3);
  const cpu = Math.max(cpuSeconds - startCpu, 1e-3);
  const cells = [
    name,
    `${seconds.toFixed(2)} s`,
    Math.round(rows / wall).toLocaleString("en"),
    (bytes / 1e6 / wall).toFixed(0),
    Math.round(rows / cpu).toLocaleString("en"),
    (cpuSeconds / seconds).toFixed(1),
    Number.isNaN(rss) ? "" : `${rss.toFixed(0)} MB`,
  ];
  return `| ${cells.join(" | ")} |\n`;
}

interface Outcome {
  readonly perSecond: number;
  readonly perCore: number;
  readonly rssMb: number;
}

async function compare(log: MadeLog, kind: LogKind, start: Cost, rounds: number): Promise<Outcome> {
  const { path, rows, bytes, pattern } = log;
  const peer = join(import.meta.dirname, "peer.ts");
  const isJson = kind !== "gin";
  const runs: Record<string, Timed[]> = { "corral hunt": [], "grep -c": [], jq: [], "DuckDB, 1 thread": [] };
  for (let round = 0; round < rounds; round += 1) {
    const cost = await hunt([path]);
    const { logs } = JSON.parse(cost.out) as { logs: readonly { rows: number; events: number }[] };
    if (logs[0]?.rows !== rows || logs[0].events === 0) throw new Error(`${kind}: ${JSON.stringify(logs[0])}`);
    runs["corral hunt"]?.push(cost);
    runs["grep -c"]?.push(timed(`LC_ALL=C grep -c '${pattern}' '${path}' | cat`));
    if (isJson) runs["jq"]?.push(timed(`jq -n 'reduce inputs as $row (0; . + 1)' '${path}'`));
    runs["DuckDB, 1 thread"]?.push(await measured([peer, isJson ? "json" : "lines", path, pattern, "1"]));
  }
  process.stdout.write(`\n${kind}: ${rows} rows, ${(bytes / 1e6).toFixed(0)} MB\n\n`);
  process.stdout.write(
    "| what | time | rows/s | MB/s | rows per s of processor | cores | most RSS |\n| --- | --- | --- | --- | --- | --- | --- |\n",
  );
  for (const [name, list] of Object.entries(runs)) {
    const isOurs = name === "corral hunt";
    const none = { startSeconds: 0, startCpu: 0 };
    const begin = isOurs ? { startSeconds: start.seconds, startCpu: start.cpuSeconds } : none;
    if (list.length > 0) process.stdout.write(told({ name, rows, bytes, runs: list, ...begin }));
  }
  const ours = middle(runs["corral hunt"] ?? []);
  return {
    perSecond: rows / (ours.seconds - start.seconds),
    perCore: rows / (ours.cpuSeconds - start.cpuSeconds),
    rssMb: Math.max(...(runs["corral hunt"] ?? []).map(({ rssMb }) => rssMb ?? 0)),
  };
}

async function packed(folder: string, log: MadeLog, start: Cost): Promise<void> {
  process.stdout.write(`\nThe GIN log packed, and all logs in one hunt\n\n`);
  process.stdout.write(
    "| what | time | rows/s | MB/s | rows per s of processor | cores | most RSS |\n| --- | --- | --- | --- | --- | --- | --- |\n",
  );
  const begin = { startSeconds: start.seconds, startCpu: start.cpuSeconds };
  for (const [name, pack] of [
    ["gz", "gzip -1 -k"],
    ["zst", "zstd -q -k"],
  ] as const) {
    execFileSync("bash", ["-c", `${pack} '${log.path}'`]);
    const cost = await hunt([`${log.path}.${name}`]);
    process.stdout.write(told({ name, rows: log.rows, bytes: log.bytes, runs: [cost], ...begin }));
    rmSync(`${log.path}.${name}`);
  }
  const all = await hunt([folder]);
  const { logs } = JSON.parse(all.out) as { logs: readonly { rows: number; bytes: number }[] };
  const rows = logs.reduce((sum, one) => sum + one.rows, 0);
  const bytes = logs.reduce((sum, one) => sum + one.bytes, 0);
  process.stdout.write(told({ name: "all logs, merged by time", rows, bytes, runs: [all], ...begin }));
}

/** Records of a Windows event log: one process start in two, the rest of no interest. */
async function records(folder: string, start: Cost): Promise<Outcome> {
  const at = Date.UTC(2026, 0, 30);
  const provider = "Microsoft-Windows-Security-Auditing";
  const events: readonly EvtxEvent[] = Array.from({ length: EVTX_RECORDS }, (_, number) => ({
    at: at + number * 1000,
    provider,
    channel: "Security",
    eventId: number % 2 === 0 ? 4688 : 4624,
    data: {
      SubjectUserName: "anna",
      NewProcessName: "C:\\Windows\\System32\\svchost.exe",
      ParentProcessName: "C:\\Windows\\System32\\services.exe",
      CommandLine: `svchost.exe -k netsvcs -p -s Service${number % 97}`,
      ProcessId: { u64: 4000 + (number % 1000) },
    },
  }));
  const path = join(folder, "Security.evtx");
  const bytes = evtxFile(events);
  writeFileSync(path, bytes);
  const cost = await hunt([path]);
  rmSync(path);
  const begin = { startSeconds: start.seconds, startCpu: start.cpuSeconds };
  process.stdout.write(told({ name: "EVTX records", rows: EVTX_RECORDS, bytes: bytes.length, runs: [cost], ...begin }));
  const { seconds, cpuSeconds, rssMb } = cost;
  return {
    perSecond: EVTX_RECORDS / (seconds - start.seconds),
    perCore: EVTX_RECORDS / (cpuSeconds - start.cpuSeconds),
    rssMb,
  };
}

async function main(ginRows: number, jsonRows: number, rounds: number): Promise<void> {
  execFileSync(process.execPath, [join(ROOT, "scripts/build.ts")], { cwd: ROOT, stdio: "ignore" });
  const folder = mkdtempSync(join(tmpdir(), "corral-bench-hunt-"));
  try {
    const one = join(folder, "one.log");
    writeFileSync(one, '[GIN] 2026/01/05 - 00:00:01 | 200 | 1ms | 127.0.0.1 | GET "/api/tags"\n');
    const start = middle([await hunt([one]), await hunt([one]), await hunt([one])]);
    rmSync(one);
    process.stdout.write(
      `seed ${SEED}; ${availableParallelism()} cores; start-up ${start.seconds.toFixed(2)} s, ${start.cpuSeconds.toFixed(2)} s of processor, ${start.rssMb.toFixed(0)} MB\n`,
    );
    const outcomes: Record<string, Outcome> = {};
    let gin: MadeLog | null = null;
    for (const kind of Object.keys(KINDS) as LogKind[]) {
      const log = makeLog(folder, kind, kind === "gin" ? ginRows : jsonRows);
      if (kind === "gin") gin = log;
      outcomes[kind] = await compare(log, kind, start, rounds);
    }
    if (gin !== null) await packed(folder, gin, start);
    const evtx = await records(folder, start);
    process.exitCode = verdict(outcomes, evtx) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function verdict(outcomes: Readonly<Record<string, Outcome>>, evtx: Outcome): boolean {
  const json = Object.entries(outcomes).filter(([kind]) => kind !== "gin");
  const slowest = Math.min(...json.map(([, { perCore }]) => perCore));
  const gin = outcomes["gin"]?.perSecond ?? 0;
  const rss = Math.max(...Object.values(outcomes).map(({ rssMb }) => rssMb));
  process.stdout.write(
    `\nGIN ${Math.round(gin).toLocaleString("en")} rows/s (at least ${TARGET.gin.toLocaleString("en")}); slowest JSON ${Math.round(slowest).toLocaleString("en")} events/s and core (at least ${TARGET.jsonPerCore.toLocaleString("en")}); EVTX ${Math.round(evtx.perSecond).toLocaleString("en")} records/s (at least ${TARGET.evtx.toLocaleString("en")}); RSS ${rss.toFixed(0)} MB (at most ${TARGET.rssMb})\n`,
  );
  return gin >= TARGET.gin && slowest >= TARGET.jsonPerCore && evtx.perSecond >= TARGET.evtx && rss <= TARGET.rssMb;
}

const [ginRows = "2000000", jsonRows = "200000", rounds = "3"] = process.argv.slice(2);
await main(Number(ginRows), Number(jsonRows), Number(rounds));
