import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { JUDGEMENTS } from "../../src/classify/judgements.ts";
import { openSnapshot } from "../../src/store/snapshot.io.ts";
import { freePort } from "../farm/black-hole.ts";
import { startFarm } from "../farm/farm.ts";
import type { Farm } from "../farm/farm.ts";
import { surveyCase } from "../support/survey-case.ts";
import type { SurveyCase } from "../support/survey-case.ts";

/** Kills of this run; CI keeps it short, `CORRAL_KILLS=200` is the long one. */
const KILLS = Number(process.env["CORRAL_KILLS"] ?? 25);
const HOSTS = 300;
const RATE = 60;
/** Each answer takes this long, so that kills meet looks under way. */
const DELAY_MS = 15;
/** A kill loses at most the last second; the rest is for a busy machine and for the look itself. */
const LOST_MS = 1000 + 2000;

/** One process: when it lived, and whether it was killed. */
interface Part {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly wasKilled: boolean;
}

const tally = { kills: 0, campaigns: 0, looks: 0, askedAgain: 0, oldestAgainMs: 0 };
afterAll(() => {
  process.stderr.write(`kills of a survey: ${JSON.stringify(tally)}\n`);
});

/** Runs one survey to its end, killing it at random moments, at most `most` times. */
async function killedSurvey(here: SurveyCase, most: number): Promise<readonly Part[]> {
  const parts: Part[] = [];
  let resumes = false;
  for (;;) {
    const startedMs = Date.now();
    const survey = here.start(resumes ? ["--json", "--resume"] : ["--json"]);
    const mayKill = parts.filter((part) => part.wasKilled).length < most;
    if (mayKill) void wait(200 + Math.random() * 3000).then(() => survey.child.kill("SIGKILL"));
    const { code, signal, said } = await survey.ended;
    parts.push({ startedMs, endedMs: Date.now(), wasKilled: signal === "SIGKILL" });
    if (signal === "SIGKILL") continue;
    // A kill may have come before or after there was something to go on with, or when all was kept and nothing told yet.
    if (code === 0 || said.includes("is finished")) return parts;
    const [begun, notBegun] = [said.includes("is unfinished"), said.includes("holds no run")];
    if (!begun && !notBegun) throw new Error(`ended with ${code}: ${said}`);
    resumes = begun;
  }
}

/** The moments at which each host's look began, as the farm saw it. */
function looksOf(farm: Farm): number[][] {
  const byHost = Map.groupBy(farm.log(), ({ address }) => address);
  return farm.hosts.map(({ address }) =>
    (byHost.get(address) ?? []).filter(({ line }) => line === "GET /api/version").map(({ atMs }) => atMs),
  );
}

function partAt(parts: readonly Part[], atMs: number): Part | undefined {
  return parts.find((part) => atMs >= part.startedMs && atMs <= part.endedMs);
}

/** Every look but a host's last was repeated: each in another process, and only what the kill before it may have lost. */
function checkLooks(farm: Farm, parts: readonly Part[]): void {
  for (const times of looksOf(farm)) {
    expect(times.length).toBeGreaterThanOrEqual(1);
    expect(new Set(times.map((atMs) => partAt(parts, atMs))).size).toBe(times.length);
    for (const atMs of times.slice(0, -1)) {
      const part = partAt(parts, atMs);
      const beforeKillMs = (part?.endedMs ?? Infinity) - atMs;
      expect(part?.wasKilled).toBe(true);
      expect(beforeKillMs).toBeLessThan(LOST_MS);
      tally.askedAgain += 1;
      tally.oldestAgainMs = Math.max(tally.oldestAgainMs, beforeKillMs);
    }
    tally.looks += times.length;
  }
}

async function checkLake(here: SurveyCase): Promise<void> {
  const lake = await openSnapshot(join(here.folder, "lake"), JUDGEMENTS);
  try {
    const [hosts] = await lake.query("SELECT count(DISTINCT address) AS hosts FROM observation WHERE confirmed");
    expect(Number(hosts?.["hosts"])).toBe(HOSTS);
    const twice = await lake.query("SELECT address, seen_at FROM observation GROUP BY ALL HAVING count(*) > 1");
    expect(twice).toEqual([]);
    const runs = await lake.query(
      "SELECT finished_at IS NOT NULL AS ended, targets, attempted, finished, open FROM run",
    );
    expect(runs).toEqual([{ ended: true, targets: HOSTS, attempted: HOSTS, finished: HOSTS, open: HOSTS }]);
    expect(lake.damaged).toEqual([]);
  } finally {
    await lake.close();
  }
}

test(
  `${KILLS} kills at random moments: nothing finished is lost or asked again, what was under way at most once a resume`,
  async () => {
    while (tally.kills < KILLS) {
      const port = await freePort("127.0.0.1");
      const farm = await startFarm(
        Array.from({ length: HOSTS }, () => ({ kind: "ollama", version: "0.12.0", port, delayMs: DELAY_MS })),
      );
      const prefixes = farm.hosts.map(({ address }) => `${address}/32`);
      const here = surveyCase({ prefixes, ports: [port], limits: { rate: RATE } });
      try {
        const parts = await killedSurvey(here, KILLS - tally.kills);
        tally.kills += parts.filter((part) => part.wasKilled).length;
        tally.campaigns += 1;
        checkLooks(farm, parts);
        await checkLake(here);
      } finally {
        here.end();
        await farm.close();
      }
    }
    expect(tally.kills).toBeGreaterThanOrEqual(KILLS);
  },
  60_000 + KILLS * 20_000,
);
