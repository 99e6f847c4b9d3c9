import { afterEach, expect, test } from "vitest";
import { LIMIT } from "./quota-case.ts";
import type { PrimaryCase } from "./quota-case.ts";
import { admitted, newCase, startRun, untilAdmitted } from "./quota-run.ts";
import type { Admitted, QuotaRun } from "./quota-run.ts";
import { startRedis } from "./redis-server.ts";
import type { RedisServer } from "./redis-server.ts";

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

function start(one: PrimaryCase): QuotaRun {
  const run = startRun(one);
  ends.push(() => run.stop());
  return run;
}

function begin(redis: PrimaryCase["redis"] = null): PrimaryCase {
  const one = newCase(redis);
  ends.push(() => one.remove());
  return one;
}

/** What passed a limit, and whether limits were really reached: what is missing was in doubt when processes were killed. */
function verdict(one: PrimaryCase): { readonly beyond: readonly Admitted[]; readonly isReached: boolean } {
  const counts = admitted(one);
  const beyond = counts.filter(({ requests, tokens }) => requests > LIMIT.requests || tokens > LIMIT.tokens);
  const shares = counts.map(({ requests, tokens }) => Math.max(requests / LIMIT.requests, tokens / LIMIT.tokens));
  return { beyond, isReached: Math.max(...shares) > 0.5 };
}

const WITHIN = { beyond: [], isReached: true };

/** Kills one worker in the middle, then all, and starts again. */
async function killedAndStarted(one: ReturnType<typeof begin>, worker: number): Promise<void> {
  const first = start(one);
  await untilAdmitted(one, LIMIT.requests / 3);
  const pid = first.pids.get(worker);
  if (pid === undefined) throw new Error("there is no such worker");
  process.kill(pid, "SIGKILL");
  await untilAdmitted(one, LIMIT.requests);
  await first.kill();
  const second = start(one);
  await second.spent(LIMIT.workers);
  await second.stop();
}

test("four workers, one killed, then all killed and restarted: no limit is passed", async () => {
  const one = begin();
  await killedAndStarted(one, 2);
  expect(verdict(one)).toEqual(WITHIN);
});

test("a clean stop in the middle loses nothing: the limit is reached exactly, and not passed", async () => {
  const one = begin();
  const first = start(one);
  await untilAdmitted(one, LIMIT.requests / 2);
  await first.stop();
  const second = start(one);
  await second.spent(LIMIT.workers);
  await second.stop();
  expect(verdict(one)).toEqual(WITHIN);
  for (const { requests, tokens } of admitted(one))
    expect(requests === LIMIT.requests || tokens > LIMIT.tokens - 60).toBe(true);
});

async function withRedis(whenGone: "closed" | "local"): Promise<{ server: RedisServer; one: PrimaryCase }> {
  const server = await startRedis();
  ends.push(() => server.remove());
  return { server, one: begin({ url: server.url, whenGone }) };
}

test("with Redis, a worker killed, then all killed and restarted: no limit is passed", async () => {
  const { one } = await withRedis("closed");
  await killedAndStarted(one, 3);
  expect(verdict(one)).toEqual(WITHIN);
});

test("two gateways over one Redis share its limits", async () => {
  const { one } = await withRedis("closed");
  const other = { ...begin(one.redis), log: one.log };
  const runs = [start(one), start(other)];
  for (const run of runs) await run.spent(LIMIT.workers);
  for (const run of runs) await run.stop();
  expect(verdict(one)).toEqual(WITHIN);
});

test.for(["closed", "local"] as const)(
  "Redis killed in the middle and started again, %s: no limit is passed",
  async (whenGone) => {
    const { server, one } = await withRedis(whenGone);
    const run = start(one);
    await untilAdmitted(one, LIMIT.requests / 2);
    await server.kill();
    if (whenGone === "local") await untilAdmitted(one, LIMIT.requests * 1.5);
    else await run.told("counts: does not answer");
    await server.start();
    await run.spent(LIMIT.workers);
    await run.stop();
    expect(run.said.join("\n")).toMatch(/redis does not answer.*\n(.*\n)*redis answers again/u);
    expect(verdict(one)).toEqual(WITHIN);
  },
);

test("a Redis that stops answering is a Redis that is gone; what it counted too late stays counted", async () => {
  const { server, one } = await withRedis("closed");
  const run = start(one);
  await untilAdmitted(one, LIMIT.requests / 2);
  server.freeze();
  await run.told("counts: does not answer");
  server.thaw();
  await run.spent(LIMIT.workers);
  await run.stop();
  expect(verdict(one)).toEqual(WITHIN);
});

test("a Redis that comes back without its memory is told what was counted", async () => {
  const { server, one } = await withRedis("closed");
  const run = start(one);
  await untilAdmitted(one, LIMIT.requests);
  await server.kill();
  server.forget();
  await server.start();
  await run.spent(LIMIT.workers);
  await run.stop();
  expect(verdict(one)).toEqual(WITHIN);
});
