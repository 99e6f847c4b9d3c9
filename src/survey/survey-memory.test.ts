import { afterEach, describe, expect, test } from "vitest";
import { freePort } from "../../test/farm/black-hole.ts";
import { startFarm } from "../../test/farm/farm.ts";
import type { FarmSpec } from "../../test/farm/farm.ts";
import { askedTimes, endFleets, endWithTest, fleet } from "../../test/support/fleet.ts";
import { surveyCase } from "../../test/support/survey-case.ts";
import type { ScopeSays } from "../../test/support/survey-case.ts";

const OLLAMA: FarmSpec = { kind: "ollama", version: "0.12.0" };
afterEach(endFleets);

describe("what earlier runs found spares requests", () => {
  test("a re-visit costs three requests where the models are known, and no more", async () => {
    const { farm, here } = await fleet([OLLAMA, OLLAMA]);
    await here.survey();
    const first = askedTimes(farm);
    await here.survey();
    expect(Math.max(...first)).toBeLessThanOrEqual(6);
    expect(askedTimes(farm).map((times, host) => times - (first[host] ?? 0))).toEqual([3, 3]);
  });

  test("a service met by a run of other targets within the interval is passed over and counted", async () => {
    const { farm, here } = await fleet([OLLAMA, OLLAMA], { limits: { rescanHours: 24 } });
    const [host] = farm.hosts;
    await here.survey({ targets: "-" }, `${host?.address}:${host?.port}`);
    const { run, said } = await here.survey();
    expect(run?.coverage).toMatchObject({ targets: 2, finished: 1, skipped: 1 });
    expect(said).toContain("not asked: 1 asked within the re-scan interval");
    expect(farm.asked(0).filter((line) => line === "GET /api/version").length).toBe(1);
  });
});

describe("cards", () => {
  /** Hosts in as many /24s, asked one after the other. */
  async function networks(versions: readonly string[], limits: ScopeSays["limits"] = {}) {
    const port = await freePort("127.0.0.1");
    const farm = await startFarm(
      versions.map((version, at) => ({ kind: "ollama", version, port, address: `127.18.${at + 1}.1` })),
    );
    endWithTest({ end: () => farm.close() });
    const prefixes = farm.hosts.map(({ address }) => `${address}/32`);
    const here = surveyCase({ prefixes, ports: [port], depth: "cards", limits: { inFlight: 1, ...limits } });
    endWithTest(here);
    return { farm, here, shows: () => farm.log().filter(({ line }) => line === "POST /api/show").length };
  }

  test("a card is asked until three networks agree, then no more, in this run and the next", async () => {
    const { here, shows } = await networks(Array.from({ length: 6 }, () => "0.12.0"));
    const { run } = await here.survey();
    const digests = shows() / 3;
    expect(digests).toBeGreaterThanOrEqual(1);
    expect(Number.isInteger(digests)).toBe(true);
    expect(run?.coverage?.cards).toBe(shows());
    await here.survey();
    expect(shows()).toBe(digests * 3);
  });

  test("the caps per host and per run hold, and cards count as requests", async () => {
    const { here, farm, shows } = await networks(["0.12.0", "0.12.1", "0.12.2"], { cardsPerHost: 1, cardsPerRun: 2 });
    const { run } = await here.survey();
    expect(shows()).toBe(2);
    for (const host of farm.hosts.keys()) {
      expect(farm.asked(host).filter((line) => line === "POST /api/show").length).toBeLessThanOrEqual(1);
    }
    expect(run?.coverage?.requests).toBe(farm.log().length);
  });

  test("at depth metadata none is asked", async () => {
    const { here, farm } = await fleet([OLLAMA, OLLAMA, OLLAMA]);
    await here.survey();
    expect(farm.log().some(({ line }) => line.startsWith("POST"))).toBe(false);
  });
});
