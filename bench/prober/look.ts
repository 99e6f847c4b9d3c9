/**
 * The look alone, without order, lake and pacing, against Go's net/http on the same farm:
 *
 *   node bench/prober/look.ts [addresses] [rounds]          prints µs of processor a host for both, and their ratio
 *   node --cpu-prof bench/prober/look.ts 4096 4 --no-peer   where the time goes
 */
import { promptClass } from "../../src/classify/prompt-class.ts";
import { createLooker } from "../../src/survey/look/look.io.ts";
import { LOOK_LIMITS } from "../../src/survey/look/look.ts";
import type { LookOrder } from "../../src/survey/look/look.ts";
import { addressOf, buildGo, startFarm } from "./farm.ts";
import { runPeer } from "./runs.ts";

const IN_FLIGHT = 256;
const addresses = Number(process.argv[2] ?? 4_096);
const rounds = Number(process.argv[3] ?? 5);
const withPeer = !process.argv.includes("--no-peer");

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const looker = createLooker({
  userAgent: "corral/0.1 (+bench@example.org)",
  run: "00112233445566778899aabbccddeeff",
  vantage: "same-host",
  source: "corral",
  limits: LOOK_LIMITS,
  prompts: { judge: promptClass, keepsText: false },
  effects: { nowMs: Date.now, worstLagMs: () => 0, controlToken: () => "0123456789abcdef" },
});

const asked = new Map<string, number>();
/** Cards until three hosts gave one, as a survey does. */
const wants = (digest: string, version: string): boolean => {
  const key = `${digest} ${version}`;
  const times = asked.get(key) ?? 0;
  asked.set(key, times + 1);
  return times < 3;
};

function orderOf(index: number): LookOrder {
  return {
    target: { scheme: "http", address: addressOf(index), port: 11_434, host_name: null, base_path: "/" },
    known: { seenBefore: false, confirmedBefore: false, isDigestKnown: () => false },
    cards: { limit: 8, wants },
    pace: () => 0,
  };
}

async function lookAtAll(): Promise<{
  readonly micros: number;
  readonly systemShare: number;
  readonly found: number;
  readonly requests: number;
}> {
  const before = process.cpuUsage();
  let next = 0;
  let found = 0;
  let requests = 0;
  const work = async (): Promise<void> => {
    while (next < addresses) {
      const look = await looker.look(orderOf(next++));
      found += look.observation?.confirmed === true ? 1 : 0;
      requests += look.requests.length;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  const { user, system } = process.cpuUsage(before);
  return { micros: (user + system) / addresses, systemShare: system / (user + system), found, requests };
}

const folder = buildGo();
const farm = await startFarm(folder, addresses, { live: 10_000 });
for (let round = 0; round <= rounds; round += 1) {
  asked.clear();
  const ours = await lookAtAll();
  const label = round === 0 ? "warm-up" : `round ${round}`;
  const theirs = withPeer ? await runPeer(folder, addresses) : null;
  const micros = theirs === null ? Number.NaN : (theirs.cpuSeconds * 1e6) / addresses;
  print(
    `${label}: ${ours.found} found, ${ours.requests} requests, ${ours.micros.toFixed(0)} µs a host ` +
      `(${(ours.systemShare * 100).toFixed(0)} % of it in the kernel); ` +
      `go ${theirs?.requests ?? 0} requests, ${micros.toFixed(0)} µs; ratio ${(ours.micros / micros).toFixed(3)}`,
  );
}
print(`rss ${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB`);
await farm.stop();
