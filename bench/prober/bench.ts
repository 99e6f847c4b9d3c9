/**
 * The prober's benchmark. Three parts, each on real sockets of loopback or of a network namespace of its own:
 *
 *   node bench/prober/bench.ts cpu      processor time a host, against Go's net/http with a transport a host, in turns
 *   node bench/prober/bench.ts mix      90 % dead, 5 % black-hole, 1 % drip, 1 % endless, paced: no live host may be lost
 *   node bench/prober/bench.ts memory   a million silent targets, 5,000 in flight (root: makes a namespace for itself)
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { buildGo, startFarm } from "./farm.ts";
import { runCorral, runPeer, type Cost } from "./runs.ts";

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function summary(values: readonly number[]): string {
  const sorted = [...values].toSorted((a, b) => a - b);
  const part = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(3);
  return `median ${part(0.5)} (min ${part(0)}, max ${part(1)})`;
}

async function cpu(addresses: number, rounds: number): Promise<void> {
  const folder = buildGo();
  const farm = await startFarm(folder, addresses, { live: 10_000 });
  const prefix = prefixOf(addresses);
  const corral: Cost[] = [];
  const peer: Cost[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const ours = await runCorral({ prefix, rate: Math.min(20_000, addresses), inFlight: 256, depth: "cards" });
    const theirs = await runPeer(folder, addresses);
    if (round === 0) continue; // warm-up
    corral.push(ours);
    peer.push(theirs);
    print(`round ${round}: corral ${describe(ours)} | go ${describe(theirs)}`);
  }
  await farm.stop();
  const microseconds = (cost: Cost): number => (cost.cpuSeconds / cost.hosts) * 1e6;
  print(`corral, µs of processor a host: ${summary(corral.map(microseconds))}`);
  print(`go net/http, µs of processor a host: ${summary(peer.map(microseconds))}`);
  print(`ratio: ${summary(corral.map((cost, index) => microseconds(cost) / microseconds(peer[index] as Cost)))}`);
}

function describe(cost: Cost): string {
  const { hosts, requests, cpuSeconds, wallSeconds, rssMb } = cost;
  return `${hosts} hosts, ${requests} requests, ${cpuSeconds.toFixed(2)} s CPU in ${wallSeconds.toFixed(1)} s, ${rssMb.toFixed(0)} MB`;
}

async function mix(addresses: number, rate: number): Promise<void> {
  const farm = await startFarm(buildGo(), addresses, { live: 300, "black-hole": 500, drip: 100, endless: 100 });
  const cost = await runCorral({ prefix: prefixOf(addresses), rate, inFlight: 5000, depth: "metadata" });
  await farm.stop();
  const share = (cost.cpuSeconds / cost.wallSeconds) * 100;
  print(`farm: ${JSON.stringify(farm.counts)}`);
  print(`corral at ${rate} targets/s: ${describe(cost)}, ${share.toFixed(0)} % of a core`);
  print(`live hosts lost: ${(farm.counts["live"] ?? 0) - cost.hosts}`);
}

/** Targets behind a dummy interface: every SYN leaves and nothing comes back. */
async function memory(): Promise<void> {
  if (process.env["BENCH_NAMESPACE"] !== "1") {
    const setUp =
      "ip link set lo up && ip link add hole0 type dummy && ip addr add 10.0.0.1/8 dev hole0 && ip link set hole0 up";
    const command = `${setUp} && BENCH_NAMESPACE=1 exec "$0" "$1" memory`;
    const ran = spawnSync("unshare", ["-n", "sh", "-c", command, process.execPath, import.meta.filename], {
      stdio: "inherit",
    });
    process.exitCode = ran.status ?? 1;
    return;
  }
  for (const [prefix, targets] of [
    ["10.64.0.0/15", 2 ** 17],
    ["10.64.0.0/12", 2 ** 20],
  ] as const) {
    let most = 0;
    const timer = setInterval(() => (most = Math.max(most, connecting())), 500);
    const cost = await runCorral({ prefix, rate: 4000, inFlight: 5000, depth: "metadata" });
    clearInterval(timer);
    print(`${targets} silent targets, at most ${most} connecting at once: ${describe(cost)}`);
  }
}

/** Sockets of this namespace that wait for an answer to their SYN. */
function connecting(): number {
  return readFileSync("/proc/self/net/tcp", "utf8")
    .split("\n")
    .filter((line) => line.split(/\s+/u)[4] === "02").length;
}

function prefixOf(addresses: number): string {
  return `127.64.0.0/${32 - Math.log2(addresses)}`;
}

const [part, ...numbers] = process.argv.slice(2);
const [first, second] = numbers.map(Number);
if (part === "cpu") await cpu(first ?? 16_384, second ?? 5);
else if (part === "mix") await mix(first ?? 65_536, second ?? 2500);
else if (part === "memory") await memory();
else print("usage: node bench/prober/bench.ts cpu|mix|memory");
