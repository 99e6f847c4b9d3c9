import fc from "fast-check";
import { expect, test } from "vitest";
import { windowAt } from "../../../src/gateway/quota/calendar-window.ts";
import { limitsOf } from "./limits-of.ts";
import { memoryCounts } from "./memory-counts.ts";
import { isInside, turn, virtualGateway } from "./virtual-gateway.ts";
import type { VirtualGateway, VirtualRequest } from "./virtual-gateway.ts";

const KEYS = ["k1", "k2", "k3"];

type Action =
  | { readonly kind: "enter"; readonly worker: number; readonly key: number; readonly tokens: number }
  | { readonly kind: "leave" | "abort"; readonly request: number; readonly share: number }
  | { readonly kind: "deliver"; readonly choice: number }
  | { readonly kind: "kill"; readonly worker: number }
  | { readonly kind: "pass"; readonly ms: number };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("enter" as const),
      worker: fc.nat(9),
      key: fc.nat(2),
      tokens: fc.integer({ min: 1, max: 40 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom("leave" as const, "leave" as const, "leave" as const, "abort" as const),
      request: fc.nat(60),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant("deliver" as const), choice: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("kill" as const), worker: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.integer({ min: 1, max: 40_000 }) }) },
);

async function act(gateway: VirtualGateway, one: Action): Promise<void> {
  const workers = [...gateway.workers.keys()];
  switch (one.kind) {
    case "enter": {
      const worker = workers[one.worker % workers.length] ?? 0;
      const keyId = KEYS[one.key] ?? "k1";
      gateway.enter(worker, { keyId, role: "user", tokens: one.tokens, priority: 1 + one.key, place: one.tokens > 3 });
      break;
    }
    case "leave": {
      const inside = gateway.requests.filter((request) => isInside(request));
      const request = inside[one.request % Math.max(1, inside.length)];
      if (request !== undefined) gateway.leave(request, Math.floor(request.asked.tokens * one.share));
      break;
    }
    case "abort": {
      const waiting = gateway.requests.filter(({ answer }) => answer === null);
      waiting[one.request % Math.max(1, waiting.length)]?.abort.abort();
      break;
    }
    case "deliver":
      gateway.deliver(one.choice);
      break;
    case "kill":
      gateway.kill(workers[one.worker % workers.length] ?? 0);
      gateway.join();
      break;
    case "pass":
      await gateway.settle();
      await gateway.advance(one.ms);
  }
  await turn();
}

function countBy(requests: readonly VirtualRequest[], keyOf: (request: VirtualRequest) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const request of requests) counts.set(keyOf(request), (counts.get(keyOf(request)) ?? 0) + 1);
  return counts;
}

const PLACES = { perKey: 3, role: 6, capacity: 5, queue: 4 };
const placesConfig = limitsOf(
  { concurrent: PLACES.perKey },
  { concurrent: PLACES.role },
  { concurrent: PLACES.capacity, queue: PLACES.queue, queueSeconds: 10 },
);

test("places are never given beyond a limit, and none is lost, whatever the order of messages, leavers and deaths", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 20, maxLength: 150 }), async (actions) => {
      const gateway = virtualGateway(placesConfig, memoryCounts());
      for (let count = 0; count < 3; count += 1) gateway.join();
      for (const one of actions) {
        await act(gateway, one);
        const inside = gateway.requests.filter((request) => isInside(request) && request.asked.place);
        expect(inside.length).toBeLessThanOrEqual(PLACES.capacity);
        for (const count of countBy(inside, ({ asked }) => asked.keyId).values())
          expect(count).toBeLessThanOrEqual(PLACES.perKey);
      }
      // Everybody leaves: whoever waits is served or refused, and then every place is there again.
      for (let round = 0; round < 400; round += 1) {
        await gateway.settle();
        const inside = gateway.requests.find((request) => isInside(request));
        if (inside === undefined) break;
        gateway.leave(inside, 0);
      }
      await gateway.settle();
      expect(gateway.requests.filter(({ answer, hasLeft }) => answer === null && !hasLeft)).toEqual([]);
      for (const gate of gateway.workers.values()) gate.close();
      await gateway.settle();
      expect(gateway.authority.view()).toMatchObject({ waiting: 0, placesOut: 0 });
    }),
    { numRuns: 150 },
  );
});

test("requests and tokens are never granted beyond a limit of their window", async () => {
  const config = limitsOf(
    { requests: [{ count: 12, per: "minute" }], tokens: [{ count: 200, per: "hour" }] },
    { requests: [{ count: 40, per: "day" }] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 20, maxLength: 200 }), async (actions) => {
      const gateway = virtualGateway(config, memoryCounts());
      for (let count = 0; count < 3; count += 1) gateway.join();
      for (const one of actions) await act(gateway, one);
      await gateway.settle();
      const entered = gateway.requests.filter(({ enteredAtMs }) => enteredAtMs !== null);
      const minutes = countBy(
        entered,
        ({ asked, askedAtMs }) => `${asked.keyId} ${windowAt("minute", askedAtMs).start}`,
      );
      for (const count of minutes.values()) expect(count).toBeLessThanOrEqual(12);
      for (const count of countBy(entered, ({ askedAtMs }) => `${windowAt("day", askedAtMs).start}`).values())
        expect(count).toBeLessThanOrEqual(40);
    }),
    { numRuns: 150 },
  );
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

const calmAction = action.filter(({ kind }) => kind !== "kill" && kind !== "pass");

test.for(["at once", "late"] as const)(
  "no unit is lost or counted twice while nobody dies (store answers %s)",
  async (when) => {
    const config = limitsOf({ requests: [{ count: 30, per: "day" }], tokens: [{ count: 700, per: "day" }] });
    await fc.assert(
      fc.asyncProperty(fc.array(calmAction, { minLength: 20, maxLength: 200 }), async (actions) => {
        const late: (() => void)[] = [];
        const counts = memoryCounts(when === "late" ? (work) => void late.push(work) : undefined);
        const gateway = virtualGateway(config, counts);
        const settle = async (): Promise<void> => {
          for (;;) {
            await gateway.settle();
            const next = late.shift();
            if (next === undefined) return;
            next();
          }
        };
        for (let count = 0; count < 3; count += 1) gateway.join();
        for (const one of actions) {
          await act(gateway, one);
          if (one.kind === "deliver" && one.choice % 3 === 0) late.shift()?.();
        }
        await settle();
        const entered = gateway.requests.filter(({ enteredAtMs }) => enteredAtMs !== null);
        for (const request of entered) if (!request.hasLeft) gateway.leave(request, request.asked.tokens);
        for (const gate of gateway.workers.values()) gate.close();
        await settle();
        for (const key of KEYS) {
          const count = entered.filter(({ asked }) => asked.keyId === key).length;
          const spent = [...counts.spent].find(([id]) => id.startsWith(`key:${key}:requests:`))?.[1] ?? 0;
          expect(spent).toBe(count);
          const tokens = [...counts.spent].find(([id]) => id.startsWith(`key:${key}:tokens:`))?.[1] ?? 0;
          expect(tokens).toBe(sum(entered.filter(({ asked }) => asked.keyId === key).map(({ used }) => used)));
        }
      }),
      { numRuns: 100 },
    );
  },
);
