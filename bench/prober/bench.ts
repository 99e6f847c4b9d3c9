/**
 * The prober's benchmark. Three parts, each on real sockets of loopback or of a network namespace of its own:
 *
 *   node bench/prober/bench.ts cpu      processor time a host, against Go's net/http with a transport a host, in turns
 *   node bench/prober/bench.ts mix      90 % dead, 5 % black-hole, 1 % drip, 1 % endless, paced: no live host may be lost
 *   node bench/prober/bench.ts memory   a million silent targets, 5,000 in flight (root: makes a namespace for itself)
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { buildGo, startFarm } from "./farm.ts";
import { runCorral, runPeer, type Cost, type Pace } from "./runs.ts";

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function summary(values: readonly number[]): string {
  const sorted = [...values].toSorted((a, b) => a - b);
  const part = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN).toFixed(3);
  return `median ${part(0.5)} (min ${part(0)}, max ${part(1)})`;
}

const SMALL = 4096;

/**
 * Corral and Go in turns, each round at two sizes: the whole process as a user runs it, and what each further host costs once start-up
 * and the compiling of hot code are paid.
 */
async function cpu(addresses: number, rounds: number): Promise<void> {
  const folder = buildGo();
  const farm = await startFarm(folder, addresses, { live: 10_000 });
  const corral: Pair[] = [];
  const peer: Pair[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const [smallOurs, smallTheirs] = await runBoth(folder, SMALL);
    const [ours, theirs] = await runBoth(folder, addresses);
    corral.push({ whole: ours, marginal: marginal(smallOurs, ours) });
    peer.push({ whole: theirs, marginal: marginal(smallTheirs, theirs) });
    print(`round ${round}: corral ${describe(ours)} | go ${describe(theirs)}`);
  }
  await farm.stop();
  for (const measure of ["whole", "marginal"] as const) {
    const micros = (pair: Pair): number => (pair[measure].cpuSeconds / pair[measure].hosts) * 1e6;
    print(`${measure}: corral, µs of processor a host: ${summary(corral.map(micros))}`);
    print(`${measure}: go net/http, µs of processor a host: ${summary(peer.map(micros))}`);
    print(`${measure}: ratio: ${summary(corral.map((pair, index) => micros(pair) / micros(peer[index] as Pair)))}`);
  }
}

type Spent = Pick<Cost, "cpuSeconds" | "hosts">;

interface Pair {
  readonly whole: Spent;
  readonly marginal: Spent;
}

async function runBoth(folder: string, addresses: number): Promise<readonly [Cost, Cost]> {
  const prefix = prefixOf(addresses);
  const ours = await runCorral({ prefix, rate: Math.min(20_000, addresses), inFlight: 256, depth: "cards" });
  return [ours, await runPeer(folder, addresses)];
}

function marginal(small: Cost, large: Cost): Spent {
  return { cpuSeconds: large.cpuSeconds - small.cpuSeconds, hosts: large.hosts - small.hosts };
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

/** Targets behind one end of a pair of interfaces that asks nobody for their hardware address: every SYN leaves and vanishes. */
async function memory(): Promise<void> {
  if (process.env["BENCH_NAMESPACE"] !== "1") {
    const setUp =
      "ip link set lo up && ip link add hole0 type veth peer name hole1 && ip link set hole0 arp off && " +
      "ip addr add 10.0.0.1/30 dev hole0 && ip link set hole0 up && ip link set hole1 up && " +
      "ip route add 10.64.0.0/12 via 10.0.0.2"; // one neighbour: the kernel keeps a thousand at most
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
    let pid = 0;
    const timer = setInterval(() => (most = Math.max(most, openFiles(pid))), 500);
    const pace: Pace = { prefix, rate: 5000, inFlight: 5000, depth: "metadata" };
    const cost = await runCorral(pace, (id) => (pid = id));
    clearInterval(timer);
    print(`${targets} silent targets, at most ${most} files and sockets open: ${describe(cost)}`);
  }
}

/** Open files of a process, nearly all of them sockets that wait for an answer to their SYN. */
function openFiles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0; // not begun, or over
  }
}

function prefixOf(addresses: number): string {
  return `127.64.0.0/${32 - Math.log2(addresses)}`;
}

const [part, ...numbers] = process.argv.slice(2);
const [first, second] = numbers.map(Number);
if (part === "cpu") await cpu(first ?? 32_768, second ?? 5);
else if (part === "mix") await mix(first ?? 65_536, second ?? 2500);
else if (part === "memory") await memory();
else print("usage: node bench/prober/bench.ts cpu|mix|memory");
