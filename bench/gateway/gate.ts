import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Limits } from "../../src/gateway/config/gateway-config.ts";
import { makeAuthority } from "../../src/gateway/quota/authority.ts";
import { makeGate } from "../../src/gateway/quota/make-gate.ts";
import { openCounts } from "../../src/gateway/quota/open-counts.io.ts";
import { machineWorld } from "../../src/gateway/quota/quota-world.io.ts";
import { localLine } from "../../test/gateway/quota/local-line.ts";

/** What the gate costs a request in the calm: `enter` and `leave` with leases at hand. `node bench/gateway/gate.ts` */
const REQUESTS = 200_000;
const ROUNDS = 9;
const NONE: Limits = { requests: [], tokens: [], concurrent: null };
const SOME: Limits = {
  requests: [{ count: 1e9, per: "minute" }],
  tokens: [{ count: 1e12, per: "day" }],
  concurrent: 4,
};
const MANY: Limits = {
  requests: [...SOME.requests, { count: 1e9, per: "hour" }, { count: 1e9, per: "day" }],
  tokens: [...SOME.tokens, { count: 1e12, per: "month" }],
  concurrent: 4,
};
const CASES = [
  ["no limits", NONE, NONE],
  ["2 meters, 2 gauges", SOME, NONE],
  ["10 meters, 3 gauges", MANY, MANY],
] as const;

async function measure(perKey: Limits, total: Limits): Promise<{ readonly us: readonly number[]; asked: number }> {
  const state = mkdtempSync(join(tmpdir(), "corral-gate-"));
  const config = {
    capacity: { concurrent: 8, queue: 64, queueSeconds: 30 },
    roles: { user: { limits: { perKey, total } } },
  };
  const store = await openCounts({ state, redis: null }, () => undefined);
  const authority = makeAuthority(config, store, machineWorld, { counts: () => undefined });
  const line = localLine(queueMicrotask);
  authority.join(1, line.toWorker);
  const gate = makeGate(line.toAuthority, config, machineWorld);
  const us: number[] = [];
  let asked = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now();
    let waitedMs = 0;
    for (let count = 0; count < REQUESTS; count += 1) {
      let answer = gate.enter({ keyId: "k", role: "user", tokens: 1000, priority: 5, place: true }, null);
      if (answer instanceof Promise) {
        const askedAt = performance.now();
        asked += 1;
        answer = await answer;
        waitedMs += performance.now() - askedAt;
      }
      if (!("leave" in answer)) throw new Error(answer.reason);
      answer.leave(900);
    }
    us.push(((performance.now() - from - waitedMs) * 1000) / REQUESTS);
  }
  gate.close();
  await authority.close();
  rmSync(state, { recursive: true });
  return { us: us.toSorted((a, b) => a - b), asked };
}

for (const [name, perKey, total] of CASES) {
  const { us, asked } = await measure(perKey, total);
  const share = ((100 * asked) / (REQUESTS * ROUNDS)).toFixed(2);
  const [least, median, most] = [us[0], us[ROUNDS >> 1], us.at(-1)].map((one) => (one ?? 0).toFixed(2));
  console.log(`${name}: ${median} µs a request (${least} to ${most}), ${share} % had to wait for a block`);
}
