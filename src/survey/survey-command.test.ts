import { afterEach, describe, expect, test } from "vitest";
import { freePort } from "../../test/farm/black-hole.ts";
import { startFarm } from "../../test/farm/farm.ts";
import type { FarmSpec } from "../../test/farm/farm.ts";
import { askedTimes, endFleets, endWithTest, fleet } from "../../test/support/fleet.ts";
import { surveyCase } from "../../test/support/survey-case.ts";

const OLLAMA: FarmSpec = { kind: "ollama", version: "0.12.0" };
const DEAD: FarmSpec = { kind: "dead" };
afterEach(endFleets);

test("a mixed fleet: what each was, in a run row and in words", async () => {
  const { farm, here } = await fleet([
    OLLAMA,
    { kind: "ollama", version: "0.1.20" },
    { kind: "ollama", version: "0.5.1", models: [] },
    { kind: "login", at: "everything" },
    { kind: "denied", status: 403 },
    { kind: "emulator", product: "koboldcpp" },
    { kind: "hostile", deed: "endless-body" },
    DEAD,
    { kind: "black-hole" },
  ]);
  const { code, run, said } = await here.survey();
  expect(code).toBe(0);
  expect(run?.coverage).toMatchObject({
    targets: 9,
    attempted: 9,
    finished: 9,
    login: 1,
    denied: 1,
    refused: 1,
    silent: 1,
    skipped: 0,
  });
  expect(run?.finished_at).not.toBeNull();
  expect(said).toContain("found 3 confirmed model servers");
  for (const asked of farm.hosts.keys()) expect(farm.asked(asked).length).toBeLessThanOrEqual(6);
});

test("two shards ask every host between them, each once", async () => {
  const { farm, here } = await fleet(Array.from({ length: 24 }, () => OLLAMA));
  const first = await here.survey({ shard: "1/2" });
  const after = askedTimes(farm).filter((times) => times > 0).length;
  const second = await here.survey({ shard: "2/2" });
  const targets = [first, second].map(({ run }) => run?.coverage?.targets ?? 0);
  expect(targets[0]).toBe(after);
  expect((targets[0] ?? 0) + (targets[1] ?? 0)).toBe(24);
  expect(
    new Set(farm.hosts.map((_, index) => farm.asked(index).filter((line) => line === "GET /api/version").length)),
  ).toEqual(new Set([1]));
});

test("R7: a dry run tells the plan and the first targets, and sends nothing", async () => {
  const { farm, here } = await fleet([OLLAMA, OLLAMA]);
  const { code, out } = await here.survey({ "dry-run": true, json: false });
  expect(code).toBe(0);
  expect(out.match(/^would ask .*$/gmu)?.length).toBe(2);
  expect(farm.log()).toEqual([]);
  expect(() => here.requests()).toThrow("ENOENT"); // not even a lake
});

test("a dry run of a shard tells its share", async () => {
  const here = surveyCase({ prefixes: ["127.19.0.0/22"], ports: [1] });
  endWithTest(here);
  const shares = ["1/4", "2/4", "3/4", "4/4"].map(async (shard) => {
    const { out } = await here.survey({ "dry-run": true, shard });
    return (JSON.parse(out) as { readonly shard_targets: number }).shard_targets;
  });
  for (const share of await Promise.all(shares)) expect(Math.abs(share - 256)).toBeLessThanOrEqual(1);
  const text = await here.survey({ "dry-run": true, json: false, shard: "1/4" });
  expect(text.out).toMatch(/^shard {6}1\/4: about 25\d of 1,024 targets$/mu);
  const whole = await here.survey({ "dry-run": true, json: false });
  expect(whole.out).toMatch(/^shard {6}1\/1$/mu);
});

test("R19 and U4: two dry runs name the same targets, another seed others", async () => {
  const { here } = await fleet(Array.from({ length: 40 }, () => DEAD));
  const first = async (seed?: string) => {
    const { out } = await here.survey({ "dry-run": true, ...(seed === undefined ? {} : { seed }) });
    return (JSON.parse(out) as { readonly first: readonly { readonly address: string }[] }).first;
  };
  expect(await first()).toEqual(await first());
  expect(await first("1")).not.toEqual(await first("2"));
  expect((await first()).length).toBe(5);
});

test("IPv6 is asked as IPv4 is", async () => {
  const port = await freePort("::1");
  const farm = await startFarm([{ ...OLLAMA, address: "::1", port }]);
  endWithTest({ end: () => farm.close() });
  const here = surveyCase({ prefixes: ["::1/128"], ports: [port], ownSpecial: ["::1/128"] });
  endWithTest(here);
  const { run } = await here.survey();
  expect(run?.coverage).toMatchObject({ targets: 1, open: 1 });
  expect(here.requests()[0]?.address).toBe("::1");
});

test("R7: a pilot stops at its limit; --resume asks the rest", async () => {
  const { farm, here } = await fleet(
    Array.from({ length: 8 }, () => OLLAMA),
    { limits: { pilot: 3 } },
  );
  const pilot = await here.survey({ pilot: true });
  expect(pilot).toMatchObject({
    code: 0,
    run: { finished_at: null, coverage: { finished: 3 }, gaps: [{ reason: "pilot limit" }] },
  });
  expect(pilot.said).toContain("--resume");
  const refused = await here.survey();
  expect(refused.code).toBe(2);
  expect(refused.said).toContain("unfinished");
  const rest = await here.survey({ resume: true });
  expect(rest).toMatchObject({
    code: 0,
    run: { run: pilot.run?.run, coverage: { finished: 8 }, gaps: [{ reason: "pilot limit" }] },
  });
  expect(farm.hosts.map((_, index) => farm.asked(index).filter((line) => line === "GET /api/version").length)).toEqual(
    Array(8).fill(1),
  );
});

describe("R4 and U3: what must not be asked", () => {
  test("an opted-out host and an excluded one hear nothing", async () => {
    const { farm } = await fleet([OLLAMA, OLLAMA, OLLAMA]);
    const [optedOut, excluded, open] = farm.hosts;
    const prefixes = farm.hosts.map(({ address }) => `${address}/32`);
    const here = surveyCase({
      prefixes,
      ports: [open?.port ?? 0],
      optOut: [optedOut?.address ?? ""],
      exclude: [excluded?.address ?? ""],
    });
    endWithTest(here);
    const { run } = await here.survey();
    expect(askedTimes(farm).map((times) => times > 0)).toEqual([false, false, true]);
    expect(run?.coverage).toMatchObject({ open: 1, skipped: 1 });
    expect(here.requests().every(({ address }) => address === open?.address)).toBe(true);
  });

  test.each([
    ["everything is excluded", { exclude: ["127.19.7.0/24"] }, "nothing is left to ask after the exclusions"],
    ["everybody opted out", { optOut: ["127.19.7.3"] }, "nothing is left to ask after exclusions and opt-outs"],
    [
      "a prefix is too wide to walk",
      { prefixes: ["fd00:10::/64"], ownSpecial: ["fd00:10::/64"] },
      "names no target to walk",
    ],
  ])("a scope in which %s runs nothing", async (_, says, message) => {
    const here = surveyCase({ prefixes: ["127.19.7.3"], ports: [1], ...says });
    endWithTest(here);
    const { code, said } = await here.survey();
    expect([code, said]).toEqual([2, expect.stringContaining(message)]);
    expect(() => here.requests()).toThrow("ENOENT"); // not even a lake
  });

  test("an excluded name keeps out its address too", async () => {
    const port = await freePort("127.0.0.1");
    const farm = await startFarm(["127.0.0.1", "127.19.7.2"].map((address) => ({ ...OLLAMA, address, port })));
    endWithTest({ end: () => farm.close() });
    const here = surveyCase({ prefixes: ["127.0.0.1", "127.19.7.2"], ports: [port], exclude: ["localhost"] });
    endWithTest(here);
    const { run } = await here.survey();
    expect(askedTimes(farm).map((times) => times > 0)).toEqual([false, true]);
    expect(run?.coverage).toMatchObject({ open: 1, skipped: 1 });
  });

  test("a list of targets does not get past the scope", async () => {
    const { farm, here } = await fleet([OLLAMA, OLLAMA]);
    const [first, second] = farm.hosts;
    const lines = [`${first?.address}:${first?.port}`, `${second?.address}:1`, "192.0.2.1:11434", "nonsense line"];
    const { run, said } = await here.survey({ targets: "-" }, lines.join("\n"));
    expect(askedTimes(farm).map((times) => times > 0)).toEqual([true, false]);
    expect(run?.coverage).toMatchObject({ targets: 1, open: 1 });
    expect(said).toContain(
      "list: 1 target in scope; refused: 1 on a port that the scope does not name, 1 in special-purpose ranges, 1 cannot be read",
    );
  });

  test("a list without any target in scope runs nothing", async () => {
    const { farm, here } = await fleet([OLLAMA]);
    here.write("list.txt", "192.0.2.1\n");
    const { code, said } = await here.survey({ targets: "list.txt" });
    expect(code).toBe(2);
    expect(said).toContain("no target in it may be asked");
    expect(farm.log()).toEqual([]);
  });
});

test.each([
  [
    "zmap with header",
    (address: string, port: number) => `saddr,sport,success,repeat\n${address},${port},1,0\n${address},${port},1,1\n`,
  ],
  [
    "masscan JSON, unclosed",
    (address: string, port: number) =>
      `[\n{"ip":"${address}","ports":[{"port":${port},"proto":"tcp","status":"open"}]},\n`,
  ],
  ["masscan list", (address: string, port: number) => `#masscan\nopen tcp ${port} ${address} 1768014245\n# end\n`],
  ["a URL", (address: string, port: number) => `http://${address}:${port}/\n`],
])("targets of %s", async (_, textOf) => {
  const { farm, here } = await fleet([OLLAMA, OLLAMA]);
  const [host] = farm.hosts;
  here.write("list", textOf(host?.address ?? "", host?.port ?? 0));
  const { run } = await here.survey({ targets: "list" });
  expect(run?.coverage).toMatchObject({ targets: 1, open: 1 });
  expect(askedTimes(farm).map((times) => times > 0)).toEqual([true, false]);
});

test("a list's base path is asked, and only below it", async () => {
  const { farm, here } = await fleet([{ kind: "ollama", version: "0.12.0", basePath: "/llm" }]);
  const [host] = farm.hosts;
  const { run } = await here.survey({ targets: "-" }, `http://${host?.address}:${host?.port}/llm/`);
  expect(run?.coverage).toMatchObject({ open: 1 });
  expect(farm.asked(0).every((line) => line.startsWith("GET /llm/"))).toBe(true);
});

describe("R2: how much and how fast", () => {
  test("one host never gets more requests than its rate allows, whatever the number of its ports", async () => {
    const address = "127.19.7.1";
    const ports = await Promise.all(Array.from({ length: 6 }, () => freePort("127.0.0.1")));
    const farm = await startFarm(ports.map((port) => ({ ...OLLAMA, address, port })));
    endWithTest({ end: () => farm.close() });
    const here = surveyCase({ prefixes: [`${address}/32`], ports, limits: { perHost: 10 } });
    endWithTest(here);
    const { run } = await here.survey();
    expect(run?.coverage?.open).toBe(6);
    const times = farm.log().map(({ atMs }) => atMs);
    expect(times.length).toBeGreaterThanOrEqual(18);
    const lastMs = times.at(-1) ?? 0;
    // A second's worth at once, then ten a second; what a busy machine delays may come together.
    for (const [index, atMs] of times.entries()) {
      const until = times.slice(index).filter((time) => time <= atMs + 1000).length;
      expect(until).toBeLessThanOrEqual(10 + 10 + 5);
    }
    expect(times.length).toBeLessThanOrEqual(10 + (10 * (lastMs - (times[0] ?? 0))) / 1000 + 1);
  });

  test("--rate only slows down", async () => {
    const { farm, here } = await fleet([OLLAMA]);
    const { code, said } = await here.survey({ rate: "100000" });
    expect(code).toBe(2);
    expect(said).toContain("above the 1000 connections a second");
    expect(farm.log()).toEqual([]);
  });

  test.each(["0x10", "1e2", " 5", "", "0", "-1", "Infinity"])("--rate %j is no rate", async (rate) => {
    const here = surveyCase({ prefixes: ["127.19.7.3"], ports: [1] });
    endWithTest(here);
    const { code, said } = await here.survey({ rate, "dry-run": true });
    expect([code, said]).toEqual([2, expect.stringContaining("is no number of connections a second")]);
  });

  test.each(["5", "0.25"])("--rate %s is one", async (rate) => {
    const here = surveyCase({ prefixes: ["127.19.7.3"], ports: [1] });
    endWithTest(here);
    const { code, out } = await here.survey({ rate, "dry-run": true });
    expect([code, out]).toEqual([0, expect.stringContaining(`"rate": ${rate},`)]);
  });

  test("the re-scan interval holds for the same targets", async () => {
    const { farm, here } = await fleet([OLLAMA, DEAD], { limits: { rescanHours: 24 } });
    expect((await here.survey()).code).toBe(0);
    const before = farm.log().length;
    const again = await here.survey();
    expect(again.code).toBe(2);
    expect(again.said).toMatch(/limits\.rescanHours: these targets were asked until .*\nwait/u);
    expect((await here.survey({ resume: true })).said).toContain("is finished");
    expect(farm.log().length).toBe(before);
  });
});

test("R12: a login is met once and left alone", async () => {
  const { farm, here } = await fleet([{ kind: "login", at: "everything" }]);
  const { run } = await here.survey();
  expect(run?.coverage).toMatchObject({ login: 1 });
  expect(farm.asked(0)).toEqual(["GET /api/version"]);
});

test("every mistake in the options is told at once", async () => {
  const { here } = await fleet([]).catch(() => ({ here: surveyCase({ prefixes: ["127.0.0.1/32"], ports: [1] }) }));
  endWithTest(here);
  const { code, said } = await here.survey({ shard: "3/2", rate: "fast", seed: "x", resume: true, fresh: true });
  expect(code).toBe(2);
  for (const place of ["--shard", "--rate", "--seed", "--fresh"]) expect(said).toContain(place);
});
