import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { freePort } from "../../test/farm/black-hole.ts";
import { startFarm } from "../../test/farm/farm.ts";
import type { Farm } from "../../test/farm/farm.ts";
import { surveyCase } from "../../test/support/survey-case.ts";
import type { ScopeSays, SurveyCase } from "../../test/support/survey-case.ts";
import type { Run } from "../model/run.ts";

const opened: { end(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.end();
});

async function hosts(
  number: number,
  delayMs: number,
  limits: ScopeSays["limits"],
): Promise<{ farm: Farm; here: SurveyCase }> {
  const port = await freePort("127.0.0.1");
  const farm = await startFarm(
    Array.from({ length: number }, () => ({ kind: "ollama", version: "0.12.0", port, delayMs })),
  );
  const here = surveyCase({
    prefixes: farm.hosts.map(({ address }) => `${address}/32`),
    ports: [port],
    ...(limits === undefined ? {} : { limits }),
  });
  opened.push({ end: () => farm.close() }, here);
  return { farm, here };
}

function looks(farm: Farm): number[] {
  return farm.hosts.map((_, index) => farm.asked(index).filter((line) => line === "GET /api/version").length);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await wait(10);
}

test("SIGINT: what is under way ends, the state is kept, --resume asks the rest and nothing twice", async () => {
  const { farm, here } = await hosts(60, 20, { rate: 30 });
  const first = here.start();
  await until(() => farm.log().length > 20);
  first.child.kill("SIGINT");
  const stopped = await first.ended;
  expect(stopped.code).toBe(130);
  expect(stopped.said).toContain("hint: --resume goes on where it stopped");
  const before = looks(farm).filter((times) => times > 0).length;
  expect(before).toBeLessThan(60);
  const rest = await here.start(["--resume", "--json"]).ended;
  expect(rest.code).toBe(0);
  expect(looks(farm)).toEqual(Array(60).fill(1));
  const run = JSON.parse(rest.out) as Run;
  expect(run.coverage).toMatchObject({ targets: 60, finished: 60, open: 60 });
  expect(run.gaps).toMatchObject([{ reason: "interrupted" }]);
});

test("a second survey of a scope that is being surveyed asks nothing, not even with --resume", async () => {
  const { farm, here } = await hosts(120, 20, { rate: 15 });
  const first = here.start();
  await until(() => farm.log().length > 10);
  for (const option of ["--resume", "--fresh"]) {
    const second = await here.start([option]).ended;
    expect(second.code).toBe(2);
    expect(second.said).toContain("a survey of this scope and shard is running now");
  }
  expect((await first.ended).code).toBe(0);
  expect(looks(farm)).toEqual(Array(120).fill(1));
});

test("R15: no live host is lost while the event loop is blocked for longer than a connection may take", async () => {
  const { farm, here } = await hosts(32, 20, { rate: 1000 });
  const { code, out } = await here.start(["--json"], { BLOCK_MS: "1800" }).ended;
  const run = JSON.parse(out) as Run;
  expect(run.coverage).toMatchObject({ finished: 32, open: 32, silent: 0 });
  expect(code).toBe(0);
  expect(looks(farm).every((times) => times >= 1)).toBe(true);
});

test("a disk that takes no more ends it in words, and --resume goes on once there is room", async () => {
  const port = await freePort("127.0.0.1");
  const here = surveyCase({ prefixes: ["127.17.0.0/22"], ports: [port] });
  opened.push(here);
  const full = await here.start([], { FILE_BLOCKS: "256" }).ended;
  expect(full.code).toBe(3);
  expect(full.said).toMatch(
    /error: .*lake: the lake cannot be written: EFBIG[^\n]*\nhint: make room, then go on with --resume/u,
  );
  const rest = await here.start(["--resume", "--json"]).ended;
  expect(rest).toMatchObject({ code: 0, said: expect.not.stringContaining("error:") as string });
  expect(JSON.parse(rest.out)).toMatchObject({ coverage: { targets: 1024, finished: 1024, refused: 1024 } });
});
