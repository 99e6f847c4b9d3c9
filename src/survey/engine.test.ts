import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BEGAN_MS, createWorld, hosts, planOf, SPACIOUS } from "../../test/support/virtual-world.ts";
import type { Asked, Script, World } from "../../test/support/virtual-world.ts";
import type { Target } from "../model/target.ts";
import { NEVER_SEEN } from "./memory.ts";

const OPEN: Script = { answer: "open", takesMs: 20 };
const DEAD: Script = { answer: "refused", takesMs: 1 };
const BLACK: Script = { answer: "silent", takesMs: 1500 };

function mixed(target: Target): Script {
  const last = Number(target.address.split(".").at(-1));
  return last % 10 === 0 ? OPEN : last % 10 === 1 ? BLACK : DEAD;
}

function timesAsked(world: World): Map<string, number> {
  const times = new Map<string, number>();
  for (const { target } of world.asked) times.set(target.address, (times.get(target.address) ?? 0) + 1);
  return times;
}

/** The most that any window let pass beyond `rate` times its length. */
function excess(asked: readonly Asked[], rate: number): number {
  let most = 0;
  let level = 0;
  let before = -Infinity;
  for (const { atMs } of asked) {
    level = Math.max(0, level - ((atMs - before) * rate) / 1000) + 1;
    most = Math.max(most, level);
    before = atMs;
  }
  return most;
}

describe("a whole survey", () => {
  test("asks every target once and counts what became of each", async () => {
    const world = createWorld(mixed);
    const end = await world.run(planOf(hosts(1000)));
    expect(end.reason).toBe("done");
    expect(timesAsked(world).size).toBe(1000);
    expect(world.asked.length).toBe(1000);
    const { answers } = end.progress.state.tally;
    expect(answers).toMatchObject({ open: 102, silent: 102, refused: 796 });
    expect(end.progress).toMatchObject({ targets: 1000, inFlight: 0, waiting: 0 });
    expect(end.progress.state).toMatchObject({ done: true, asked: [], waiting: [] });
  });

  test("keeps rows of what answered; silence and refusal only of services seen before", async () => {
    const world = createWorld(mixed);
    const seen = { ...NEVER_SEEN, seenBefore: true };
    world.memory = {
      of: ({ address }) => (address === "10.0.0.1" || address === "10.0.0.2" ? seen : NEVER_SEEN),
      agreedCard: () => null,
    };
    await world.run(planOf(hosts(10)));
    const rows = world.observations.map(({ address, answer }) => `${address} ${answer}`).toSorted();
    expect(rows).toEqual(["10.0.0.0 open", "10.0.0.1 silent", "10.0.0.2 refused"]);
    expect(world.requests.length).toBe(10);
  });

  test("shards ask everything once between them", async () => {
    const all: string[] = [];
    for (const index of [1, 2, 3]) {
      const world = createWorld(mixed);
      const end = await world.run(planOf(hosts(500), { shard: { index, of: 3 } }));
      all.push(...timesAsked(world).keys());
      expect(end.progress.targets).toBe(world.asked.length);
    }
    expect(all.length).toBe(500);
    expect(new Set(all).size).toBe(500);
  });

  test("an empty space ends at once", async () => {
    const world = createWorld(mixed);
    expect((await world.run(planOf(hosts(0)))).reason).toBe("done");
    expect(world.asked).toEqual([]);
  });
});

describe("R2: rates hold in every window", () => {
  test.each([
    ["in all", { rate: 50 }, () => "all", 50, 1],
    ["per network", { perNetwork: 4 }, ({ target }: Asked) => target.address.split(".")[2] ?? "", 4, 1],
    ["per host", { perHost: 2 }, ({ target }: Asked) => target.address, 2, 2],
  ] as const)("%s", async (_, limits, keyOf, rate, burst) => {
    const world = createWorld(mixed);
    const ports = { ...hosts(600), at: (index: number) => ({ ...hosts(200).at(index % 200), port: 1 + (index % 3) }) };
    await world.run(planOf(ports, { limits: { ...SPACIOUS, ...limits } }));
    expect(world.asked.length).toBe(600);
    for (const some of Map.groupBy(world.asked, keyOf).values()) {
      expect(excess(some, rate)).toBeLessThanOrEqual(burst + 0.01);
    }
  });

  test("never more looks under way than allowed", async () => {
    const world = createWorld(() => BLACK);
    await world.run(planOf(hosts(300), { limits: { ...SPACIOUS, inFlight: 7 } }));
    for (const { inFlight } of world.progress) expect(inFlight).toBeLessThanOrEqual(7);
    expect(world.nowMs).toBeGreaterThanOrEqual((300 / 7) * 1500);
  });

  test("a slow disk holds new looks back", async () => {
    const world = createWorld(() => DEAD);
    world.pendingBytes = 2 ** 30;
    const end = await world.run(planOf(hosts(10)), 3000);
    expect(end.reason).toBe("stopped");
    expect(world.asked).toEqual([]);
  });
});

test("R7: a pilot ends at its limit, and the rest can be gone on with", async () => {
  const world = createWorld(mixed);
  const pilot = await world.run(planOf(hosts(100), { isPilot: true }));
  expect(pilot.reason).toBe("pilot");
  expect(world.asked.length).toBe(10);
  const rest = await world.run(planOf(hosts(100), { resume: pilot.progress.state }));
  expect(rest.reason).toBe("done");
  expect([...timesAsked(world).values()].every((times) => times === 1)).toBe(true);
  expect(world.asked.length).toBe(100);
});

test("nothing is asked after the authority ended", async () => {
  const world = createWorld(mixed);
  const end = await world.run(planOf(hosts(1000), { limits: { ...SPACIOUS, rate: 50 }, untilMs: BEGAN_MS + 5000 }));
  expect(end.reason).toBe("expired");
  expect(world.asked.length).toBeGreaterThan(100);
  expect(Math.max(...world.asked.map(({ atMs }) => atMs))).toBeLessThan(6100);
  const later = createWorld(mixed);
  await later.run(planOf(hosts(1000), { untilMs: BEGAN_MS }));
  expect(later.asked).toEqual([]);
});

test("R4: an opt-out is honoured right before the look, also one that comes during the run", async () => {
  const world = createWorld(mixed);
  const optedOut = new Set(["10.0.0.5"]);
  const space = {
    ...hosts(200),
    admit: ({ address }: { readonly address: string }) =>
      optedOut.has(address) ? ({ ok: false, reason: "opt-out" } as const) : ({ ok: true } as const),
  };
  const limits = { ...SPACIOUS, perNetwork: 10 };
  const run = world.run(planOf(space, { limits }), 5000);
  const first = await run;
  for (let last = 0; last < 200; last += 1) optedOut.add(`10.0.0.${last}`);
  const askedBefore = world.asked.length;
  const end = await world.run(planOf(space, { limits, resume: first.progress.state }));
  expect(askedBefore).toBeGreaterThan(10);
  expect(world.asked.length).toBe(askedBefore);
  expect(timesAsked(world).has("10.0.0.5")).toBe(false);
  expect(end.progress.state.tally.skipped).toEqual({ "opt-out": 200 - askedBefore });
});

test("services looked at within the re-scan interval by other runs are passed over and counted", async () => {
  const world = createWorld(mixed);
  const hour = 3_600_000;
  const seen: Record<string, number> = { "10.0.0.3": BEGAN_MS - hour, "10.0.0.4": BEGAN_MS - 25 * hour };
  world.memory = {
    of: ({ address }) => ({ ...NEVER_SEEN, lastSeenMs: seen[address] ?? null }),
    agreedCard: () => null,
  };
  const end = await world.run(planOf(hosts(10), { limits: { ...SPACIOUS, rescanHours: 24 } }));
  expect(timesAsked(world).has("10.0.0.3")).toBe(false);
  expect(timesAsked(world).has("10.0.0.4")).toBe(true);
  expect(end.progress.state.tally.skipped).toEqual({ "asked-recently": 1 });
});

describe("U2: going on after a stop", () => {
  test("a user's stop lets looks end, then asks the rest once", async () => {
    const world = createWorld((target) =>
      target.address === "10.0.0.7" ? { ...OPEN, takesMs: 60_000 } : mixed(target),
    );
    const limits = { ...SPACIOUS, rate: 100 };
    const first = await world.run(planOf(hosts(400), { limits }), 3000);
    expect(first.reason).toBe("stopped");
    expect(first.progress.inFlight).toBe(0);
    const second = await world.run(planOf(hosts(400), { limits, resume: first.progress.state }));
    expect(second.reason).toBe("done");
    const times = timesAsked(world);
    expect(times.size).toBe(400);
    for (const [address, count] of times) expect(count).toBeLessThanOrEqual(address === "10.0.0.7" ? 2 : 1);
    expect(second.progress.state.tally.gaps.map((gap) => gap.reason)).toEqual(["interrupted"]);
  });

  test("from any kept state: nothing finished by then is asked again, nothing is left out", async () => {
    const limits = { ...SPACIOUS, rate: 100, perNetwork: 30 };
    const full = createWorld(mixed);
    await full.run(planOf(hosts(300), { limits }));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: full.states.length - 1 }), async (at) => {
        const state = full.states[at];
        const savedAtMs = (state?.saved_at_ms ?? 0) - BEGAN_MS;
        const world = createWorld(mixed);
        const end = await world.run(planOf(hosts(300), { limits, resume: state ?? null }));
        const finished = full.asked.filter((one) => one.atMs + mixed(one.target).takesMs < savedAtMs);
        const again = timesAsked(world);
        for (const { target } of finished) expect(again.has(target.address)).toBe(false);
        for (const { target, atMs } of full.asked) if (atMs > savedAtMs) expect(again.get(target.address)).toBe(1);
        expect(Object.values(end.progress.state.tally.answers).reduce((sum, count) => sum + count, 0)).toBe(300);
      }),
      { numRuns: 30 },
    );
  });
});

describe("looks without a verdict", () => {
  test.each(["lag", "local"] as const)("%s: asked again, never counted as dead", async (reason) => {
    const failures = new Map<string, number>();
    const world = createWorld((target) => {
      const before = failures.get(target.address) ?? 0;
      failures.set(target.address, before + 1);
      return before < 2 && target.address.endsWith("7") ? { ...BLACK, takesMs: 5, again: reason } : OPEN;
    });
    const end = await world.run(planOf(hosts(100)));
    expect(end.progress.state.tally).toMatchObject({ answers: { open: 100, silent: 0 }, givenUp: 0, again: 20 });
  });

  test("a network that is lost for a minute is a gap, not silence", async () => {
    const isLost = (atMs: number) => atMs > 2000 && atMs < 62_000;
    const world = createWorld((_, { nowMs }) => (isLost(nowMs) ? { ...DEAD, again: "local" } : OPEN));
    const end = await world.run(planOf(hosts(500), { limits: { ...SPACIOUS, rate: 100 } }));
    expect(end.reason).toBe("done");
    expect(end.progress.state.tally).toMatchObject({ answers: { open: 500, silent: 0, refused: 0 }, givenUp: 0 });
    expect(end.progress.state.tally.gaps).toMatchObject([{ reason: "paused: no way out of this machine" }]);
    expect(world.asked.filter(({ atMs }) => isLost(atMs)).length).toBeLessThan(200);
  });

  test.each([
    ["with a route from here it is the network's word, and a verdict", true, { silent: 100 }, 0],
    ["without one it says nothing of the other side", false, { silent: 0, open: 100 }, 8],
  ])("unreachable: %s", async (_name, hasRoute, answers, again) => {
    const world = createWorld((_, its) => {
      its.hasRoute ||= its.nowMs > 20_000;
      return its.hasRoute && !hasRoute ? OPEN : { answer: "silent", failure: "unreachable", takesMs: 1 };
    });
    world.hasRoute = hasRoute;
    const end = await world.run(planOf(hosts(100)));
    expect(end.progress.state.tally).toMatchObject({ answers, givenUp: 0 });
    expect(end.progress.state.tally.again).toBeGreaterThanOrEqual(again);
  });

  test("hosts that fall silent together leave a gap in the record", async () => {
    const world = createWorld((_, { nowMs }) => (nowMs > 10_000 && nowMs < 20_000 ? BLACK : OPEN));
    const end = await world.run(planOf(hosts(9000), { limits: { ...SPACIOUS, rate: 500, inFlight: 2000 } }));
    expect(end.progress.state.tally.gaps).toMatchObject([
      { reason: "answers grew rare: the network may have been disturbed" },
    ]);
    expect(Math.min(...world.progress.map(({ factor }) => factor))).toBeLessThan(0.1);
  });

  test("one that stays lost ends the run for now; all is kept for later", async () => {
    const world = createWorld((_, { nowMs }) => (nowMs > 1000 ? { ...DEAD, again: "local" } : OPEN));
    const end = await world.run(planOf(hosts(500), { limits: { ...SPACIOUS, rate: 100 } }));
    expect(end.reason).toBe("local");
    const back = createWorld(() => OPEN);
    const rest = await back.run(planOf(hosts(500), { resume: end.progress.state }));
    expect(rest.progress.state.tally.answers.open).toBe(500);
  });

  test("a target that alone cannot be reached from here is given up, and said so", async () => {
    const world = createWorld((target) => (target.address === "10.0.0.7" ? { ...DEAD, again: "local" } : OPEN));
    const end = await world.run(planOf(hosts(2000), { limits: { ...SPACIOUS, rate: 100 } }));
    expect(end.reason).toBe("done");
    expect(end.progress.state.tally).toMatchObject({ givenUp: 1, gaps: [{ reason: "no way from this machine" }] });
    expect(timesAsked(world).get("10.0.0.7")).toBe(6); // nobody passed during its first look
  });

  test("R15: lag lowers the rate", async () => {
    const calm = createWorld(() => DEAD);
    await calm.run(planOf(hosts(3000)));
    const lagging = createWorld(() => DEAD);
    lagging.lagMs = 200;
    await lagging.run(planOf(hosts(3000)));
    expect(lagging.nowMs).toBeGreaterThan(2 * calm.nowMs);
  });
});

test("a disk that fails ends the survey with its error", async () => {
  const world = createWorld(() => OPEN);
  world.observations.push = () => {
    throw new Error("ENOSPC: no space left on device");
  };
  await expect(world.run(planOf(hosts(10)))).rejects.toThrow("ENOSPC");
});
