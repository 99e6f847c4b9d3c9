/**
 * The gateway's benchmark: Corral with everything on against nginx, Caddy, HAProxy and fastify with a bearer check each, and no proxy.
 *
 *   node bench/gateway/bench.ts [ROUNDS]              all parts, five rounds if not said; some five minutes a round
 *   node bench/gateway/bench.ts 1 --short             everything small, to try
 *   node bench/gateway/bench.ts 3 --part unary        one part (unary, streams, cancels, big, memory; may be repeated)
 *   node bench/gateway/bench.ts --profile FOLDER      CPU profiles of the gateway under unary load, and the worker's top functions
 *   node bench/gateway/top.ts FILE.cpuprofile [N]     the top functions of any profile
 *
 * Corral runs as built into dist/ by the bench at its start; --source runs src/, as --profile does.
 * `bare` is what Node takes before anything is decided: node:http and undici with a bearer check. --without NAME leaves a proxy out.
 * Proxies are held to core 0; upstreams, load and the bench itself to core 1; all on 127.0.0.1. Needs taskset, nginx and wrk; caddy, haproxy
 * and fastify (`npm ci --prefix bench/gateway/peers`) are told as not run where they are missing. Progress goes to stderr, tables to stdout.
 */
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import process from "node:process";
import { parseArgs } from "node:util";
import { useBuilt } from "./corral.ts";
import { LOAD_CORE } from "./pinned.ts";
import { profile } from "./profile.ts";
import { PROXIES, present } from "./proxies.ts";
import { tables, targets } from "./report.ts";
import { PARTS, runRounds, type Part, type Size } from "./rounds.ts";

const LONG: Omit<Size, "rounds"> = {
  unarySeconds: 6,
  lowRateSeconds: 5,
  warmRequests: 80_000,
  warmWaves: 3,
  waves: 4,
  cancels: 100,
  streams: 1000,
  holdMs: 5000,
  bodies: 5,
};
const SHORT: Omit<Size, "rounds"> = {
  unarySeconds: 2,
  lowRateSeconds: 1,
  warmRequests: 6000,
  warmWaves: 1,
  waves: 1,
  cancels: 10,
  streams: 100,
  holdMs: 1000,
  bodies: 2,
};
const ROUNDS = 5;
const PROFILE_SECONDS = 10;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: "boolean", default: false },
    part: { type: "string", multiple: true, default: [...PARTS] },
    without: { type: "string", multiple: true, default: [] },
    profile: { type: "string" },
    source: { type: "boolean", default: false },
  },
});

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

execFileSync("taskset", ["-acp", String(LOAD_CORE), String(process.pid)], { stdio: "ignore" });

async function bench(): Promise<void> {
  const rounds = Number(positionals[0] ?? ROUNDS);
  const parts = new Set<Part>(PARTS.filter((part) => values.part.includes(part)));
  const found = PROXIES.filter((name) => !values.without.includes(name)).map((name) => ({ name, ...present(name) }));
  const { model } = cpus()[0] ?? { model: "?" };
  const versions = found.flatMap(({ runs, words }) => (runs && words !== "" ? [words] : [])).join("; ");
  const day = new Date().toISOString().slice(0, 10);
  print(`${day}, ${cpus().length} cores, ${model}; ${rounds} rounds${values.short ? ", short" : ""}; ${versions}\n`);
  for (const { name, runs, words } of found) if (!runs) print(`not run: ${name} (${words})`);
  const names = found.flatMap(({ name, runs }) => (runs ? [name] : []));
  if (!values.source) useBuilt();
  const outcome = await runRounds(names, parts, { rounds, ...(values.short ? SHORT : LONG) }, say);
  print(`\n${tables(outcome, parts)}\n${targets(outcome, parts)}`);
}

await (values.profile === undefined ? bench() : profile(values.profile, values.short ? 3 : PROFILE_SECONDS));
process.exit();
