import { expect, test } from "vitest";
import type { Asked } from "../../../src/gateway/quota/gate.ts";
import type { QuotaConfig } from "../../../src/gateway/quota/limit-table.ts";
import { limitsOf } from "./limits-of.ts";
import { memoryCounts } from "./memory-counts.ts";
import type { MemoryCounts } from "./memory-counts.ts";
import { BEGIN_MS, isInside, turn, virtualGateway } from "./virtual-gateway.ts";
import type { VirtualGateway, VirtualRequest } from "./virtual-gateway.ts";

const HOUR_MS = 3_600_000;
const ASKED: Asked = { keyId: "k1", role: "user", tokens: 10, priority: 5, place: true };

function open(config: QuotaConfig, workers = 1, counts: MemoryCounts = memoryCounts()): VirtualGateway {
  const gateway = virtualGateway(config, counts);
  for (let count = 0; count < workers; count += 1) gateway.join();
  return gateway;
}

async function enter(gateway: VirtualGateway, asked: Partial<Asked> = {}, worker = 1): Promise<VirtualRequest> {
  const request = gateway.enter(worker, { ...ASKED, ...asked });
  await gateway.settle();
  return request;
}

/** Asks until refused; how many were let in, all of whom have left again. */
async function admit(gateway: VirtualGateway, most: number, asked: Partial<Asked> = {}, worker = 1): Promise<number> {
  for (let count = 0; count < most; count += 1) {
    const request = await enter(gateway, asked, worker);
    if (!isInside(request)) return count;
    gateway.leave(request, 0);
  }
  return most;
}

const FIVE_A_MINUTE = limitsOf({ requests: [{ count: 5, per: "minute" }] });

test("what is refused says which quota is used up and when the next window begins", async () => {
  const gateway = open(FIVE_A_MINUTE);
  expect(await admit(gateway, 10)).toBe(5);
  // The virtual day begins at the start of a minute.
  await gateway.advance(17_500);
  expect((await enter(gateway)).answer).toEqual({
    status: 429,
    reason: "request-quota",
    message: "the quota of requests is used up for this minute",
    retryAfterSeconds: 43,
  });
  await gateway.advance(42_500);
  expect(await admit(gateway, 10)).toBe(5);
});

test("a lease ends with its window: what is left of it is not spent in the next", async () => {
  const counts = memoryCounts();
  const gateway = open(limitsOf({ requests: [{ count: 1000, per: "minute" }] }), 1, counts);
  await admit(gateway, 3);
  await gateway.advance(60_000);
  expect(await admit(gateway, 2000)).toBe(1000);
});

test("a clock set back reopens no window, not even over a restart; it goes on slowly until the clocks meet", async () => {
  const counts = memoryCounts();
  const first = open(FIVE_A_MINUTE, 1, counts);
  expect(await admit(first, 10)).toBe(5);
  first.shiftWall(-2 * HOUR_MS);
  expect(await admit(first, 10)).toBe(0);
  await first.advance(119_000);
  expect(await admit(first, 10)).toBe(0);
  await first.advance(1000);
  expect(await admit(first, 10)).toBe(5);
  const second = virtualGateway(FIVE_A_MINUTE, counts);
  second.shiftWall(-2 * HOUR_MS);
  second.join();
  expect(await admit(second, 10)).toBe(0);
});

test("a clock that jumps forward opens a new window, and leases of the old one are not spent in it", async () => {
  const gateway = open(limitsOf({ requests: [{ count: 40, per: "hour" }] }));
  expect(await admit(gateway, 3)).toBe(3);
  gateway.shiftWall(5 * HOUR_MS);
  expect(await admit(gateway, 100)).toBe(40);
});

test("every unit is found, on whichever worker it lies", async () => {
  const gateway = open(limitsOf({ requests: [{ count: 100, per: "day" }] }), 4);
  let count = 0;
  for (const worker of [1, 2, 3, 4]) count += await admit(gateway, 3, {}, worker);
  count += await admit(gateway, 1000, {}, 1);
  expect(count).toBe(100);
  expect(await admit(gateway, 1000, {}, 3)).toBe(0);
});

test("a unit that came back because there was no place is found by another worker", async () => {
  const config = limitsOf({ requests: [{ count: 2, per: "day" }], concurrent: 1 }, {}, { queue: 0 });
  const gateway = open(config, 2);
  const inside = await enter(gateway);
  expect((await enter(gateway)).answer).toMatchObject({ reason: "too-many-at-once" });
  gateway.leave(inside, 0);
  await gateway.settle();
  expect(isInside(await enter(gateway, {}, 2))).toBe(true);
});

test("limits of a whole role are shared by its keys", async () => {
  const gateway = open(limitsOf({}, { requests: [{ count: 20, per: "day" }] }), 2);
  const count = (await admit(gateway, 15)) + (await admit(gateway, 50, { keyId: "k2" }, 2));
  expect(count).toBe(20);
  expect(await admit(gateway, 1, { keyId: "k3", role: "guest" })).toBe(1);
});

const TOKENS = limitsOf({ tokens: [{ count: 100, per: "day" }] });

test("tokens are held until a request leaves; the surplus comes back, to whichever worker needs it", async () => {
  const gateway = open(TOKENS, 2);
  const large = await enter(gateway, { tokens: 100 });
  expect(isInside(large)).toBe(true);
  expect((await enter(gateway, { tokens: 1 }, 2)).answer).toMatchObject({ status: 429, reason: "token-quota" });
  gateway.leave(large, 30);
  await gateway.settle();
  await gateway.advance(200);
  expect(isInside(await enter(gateway, { tokens: 70 }, 2))).toBe(true);
  expect((await enter(gateway, { tokens: 1 })).answer).toMatchObject({ reason: "token-quota" });
});

test("a deficit counts beyond the limit and refuses the next", async () => {
  const counts = memoryCounts();
  const gateway = open(TOKENS, 1, counts);
  const request = await enter(gateway, { tokens: 60 });
  gateway.leave(request, 130);
  await gateway.settle();
  expect([...counts.spent.values()]).toEqual([130]);
  expect((await enter(gateway, { tokens: 1 })).answer).toMatchObject({ reason: "token-quota" });
});

test("a stream asks for more until the quota ends, and what it did not use comes back", async () => {
  const counts = memoryCounts();
  const gateway = open(TOKENS, 1, counts);
  const request = await enter(gateway, { tokens: 40 });
  if (request.answer === null || !("leave" in request.answer)) throw new Error("not let in");
  const more = async (units: number): Promise<boolean> => {
    const answer = request.answer !== null && "leave" in request.answer && request.answer.more(units);
    await gateway.settle();
    return answer;
  };
  expect(await more(50)).toBe(true);
  expect(await more(20)).toBe(false);
  expect(await more(10)).toBe(true);
  gateway.leave(request, 95);
  await gateway.settle();
  gateway.workers.get(1)?.close();
  await gateway.settle();
  expect([...counts.spent.values()]).toEqual([95]);
});

test("a role without quotas asks nobody for more", async () => {
  const gateway = open(limitsOf({}));
  const { answer } = await enter(gateway);
  expect(answer !== null && "leave" in answer && answer.more(1_000_000)).toBe(true);
});

test("who leaves twice gives one place back", async () => {
  const gateway = open(limitsOf({}, {}, { concurrent: 1 }));
  const first = await enter(gateway);
  gateway.leave(first, 0);
  gateway.leave(first, 0);
  const second = await enter(gateway);
  const third = await enter(gateway);
  expect([isInside(second), isInside(third)]).toEqual([true, false]);
});

test("a client that leaves while it waits costs neither a place nor a request", async () => {
  const counts = memoryCounts();
  const config = limitsOf({ requests: [{ count: 3, per: "day" }] }, {}, { concurrent: 1 });
  const gateway = open(config, 1, counts);
  const inside = await enter(gateway);
  const waiting = await enter(gateway);
  expect(gateway.authority.view().waiting).toBe(1);
  waiting.abort.abort();
  await gateway.settle();
  expect(gateway.authority.view().waiting).toBe(0);
  expect(waiting.answer).toMatchObject({ reason: "client-left" });
  gateway.leave(inside, 0);
  await gateway.settle();
  expect(await admit(gateway, 10)).toBe(2);
});

test("a place that comes for a client that has just left goes to the next", async () => {
  const gateway = open(limitsOf({}, {}, { concurrent: 1 }));
  const inside = await enter(gateway);
  const waiting = await enter(gateway);
  const next = await enter(gateway);
  gateway.leave(inside, 0);
  // The authority hears of the place that is free, and its grant is under way when the client leaves.
  gateway.deliver(0);
  waiting.abort.abort();
  await gateway.settle();
  expect([isInside(waiting), isInside(next)]).toEqual([false, true]);
});

test("a client that had left before it asked is not let in", async () => {
  const gateway = open(limitsOf({}));
  const request = gateway.enter(1, ASKED);
  request.abort.abort();
  await gateway.settle();
  expect(request.answer).toMatchObject({ reason: "client-left" });
});

test("leases that nobody uses go back after some seconds", async () => {
  const gateway = open(limitsOf({ requests: [{ count: 100, per: "month" }] }, {}, { concurrent: 9 }));
  await admit(gateway, 3);
  expect(gateway.authority.view().placesOut).toBeGreaterThan(0);
  await gateway.advance(15_000);
  expect(gateway.authority.view().placesOut).toBe(0);
  expect(await admit(gateway, 1000)).toBe(97);
});

test("new limits hold for the next request; those inside keep their places until they leave", async () => {
  const gateway = open(limitsOf({ requests: [{ count: 4, per: "day" }] }, {}, { concurrent: 2 }));
  const inside = [await enter(gateway), await enter(gateway)];
  const next = limitsOf({ requests: [{ count: 7, per: "day" }] }, {}, { concurrent: 1 });
  gateway.authority.reconfigure(next);
  gateway.workers.get(1)?.reconfigure(next);
  await gateway.settle();
  const third = await enter(gateway);
  gateway.leave(inside[0]!, 0);
  await gateway.settle();
  expect(isInside(third)).toBe(false);
  gateway.leave(inside[1]!, 0);
  await gateway.settle();
  expect(isInside(third)).toBe(true);
  gateway.leave(third, 0);
  expect(await admit(gateway, 10)).toBe(4);
});

test("a role that the configuration lost is refused", async () => {
  const gateway = open(FIVE_A_MINUTE);
  expect((await enter(gateway, { role: "ghost" })).answer).toMatchObject({ status: 403, reason: "unknown-role" });
});

test("counts that cannot be written refuse whoever has a limit, and nobody else", async () => {
  const counts = memoryCounts();
  const config: QuotaConfig = { ...TOKENS, roles: { ...TOKENS.roles, free: limitsOf({}).roles["user"]! } };
  const gateway = open(config, 1, counts);
  counts.isBroken = true;
  expect((await enter(gateway)).answer).toMatchObject({ status: 503, reason: "counts-unavailable" });
  expect(gateway.authority.view().countFailure).toEqual({ place: "memory", message: "broken" });
  expect(isInside(await enter(gateway, { keyId: "k2", role: "free" }))).toBe(true);
  counts.isBroken = false;
  expect(isInside(await enter(gateway))).toBe(true);
  expect(gateway.authority.view().countFailure).toBeNull();
});

test("an authority that says nothing refuses after a while, and late grants are not lost", async () => {
  const gateway = open(TOKENS);
  const request = gateway.enter(1, { ...ASKED, tokens: 100 });
  const waits = gateway.workers.get(1)?.enter({ ...ASKED, tokens: 100 }, null);
  expect(waits).toBeInstanceOf(Promise);
  await gateway.stall(3000);
  await turn();
  expect(request.answer).toMatchObject({ status: 503, reason: "counts-unavailable" });
  await gateway.settle();
  gateway.workers.get(1)?.close();
  await gateway.settle();
  gateway.join();
  expect(isInside(await enter(gateway, { tokens: 100 }, 2))).toBe(true);
});

test("requests of one key are let in in the order of their coming, over all that is asked", async () => {
  const gateway = open(limitsOf({ concurrent: 1 }, {}, { concurrent: 1 }));
  const requests = [1, 2, 3, 4].map(() => gateway.enter(1, ASKED));
  const order: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    await gateway.settle();
    const at = requests.findIndex((request) => isInside(request));
    order.push(at);
    gateway.leave(requests[at]!, 0);
  }
  expect(order).toEqual([0, 1, 2, 3]);
  expect(BEGIN_MS % 60_000).toBe(0);
});

test("a request that needs no place passes a busy upstream, and counts all the same", async () => {
  const gateway = open(limitsOf({ requests: [{ count: 3, per: "day" }], concurrent: 1 }, {}, { concurrent: 1 }));
  await enter(gateway);
  const waiting = await enter(gateway);
  const list = await enter(gateway, { tokens: 0, place: false });
  expect([isInside(waiting), isInside(list)]).toEqual([false, true]);
  gateway.leave(list, 0);
  await gateway.settle();
  expect(isInside(waiting)).toBe(false);
  expect((await enter(gateway, { place: false })).answer).toMatchObject({ reason: "request-quota" });
});
