import { describe, expect, test } from "vitest";
import type { Card } from "../model/card.ts";
import { ANSWERS, type Observation } from "../model/observation.ts";
import type { Run } from "../model/run.ts";
import { serviceKey } from "../model/service.ts";
import { sampleCampaign } from "./sample-campaign.ts";
import { versionNumber } from "./releases.ts";

const PLAN = { hosts: 400, days: 8, from: "2026-06-10", targets: 1_024 };
const lines = [...sampleCampaign("test", PLAN)];
const observations = lines.filter((line): line is Observation => line.kind === "observation");
const cards = lines.filter((line): line is Card => line.kind === "card");
const runs = lines.filter((line): line is Run => line.kind === "run");
const opened = observations.filter((one) => one.product === "ollama" && one.version !== "0.0.0");
const listings = opened.flatMap((one) =>
  (one.models ?? []).map((model) => ({ sends: versionNumber(one.version ?? ""), model })),
);

test("the same seed gives the same lines, another seed others", () => {
  expect([...sampleCampaign("test", PLAN)]).toEqual(lines);
  expect([...sampleCampaign("other", PLAN)]).not.toEqual(lines);
});

test("no address, AS number or run could be taken for a real one", () => {
  expect(observations.length).toBeGreaterThan(500);
  for (const one of observations) {
    expect(one.address).toMatch(/^(?:10\.\d+\.\d+\.\d+|240\.\d+\.\d+\.\d+|2001:db8:[0-9a-f:]+)$/u);
    expect(one.asn).toBeGreaterThanOrEqual(4_200_000_000);
    expect(one.asn).toBeLessThanOrEqual(4_294_967_294);
  }
  expect(runs.every((run) => run.synthetic)).toBe(true);
});

test("one look per service and run; a silent service was seen before", () => {
  const keys = observations.map((one) => `${one.run} ${serviceKey(one)}`);
  expect(new Set(keys).size).toBe(keys.length);
  const absent = (one: Observation): boolean => one.answer === "silent" || one.answer === "refused";
  const firstLooks = observations.filter(
    (one, index) => observations.findIndex((other) => serviceKey(other) === serviceKey(one)) === index,
  );
  expect(firstLooks.length).toBeGreaterThan(200);
  expect(firstLooks.filter(absent)).toEqual([]);
});

test("every kind of answer, an empty list, a version without a number and an emulator occur", () => {
  for (const answer of ANSWERS) expect(observations.map((one) => one.answer)).toContain(answer);
  expect(observations.some((one) => one.models?.length === 0)).toBe(true);
  expect(observations.some((one) => one.version === "0.0.0")).toBe(true);
  expect(observations.some((one) => one.product === "koboldcpp" && one.confirmed)).toBe(true);
});

test("a run's answers and what is unfinished add up to what it attempted; a day is missing and another is half", () => {
  for (const { coverage } of runs) {
    const answers = ANSWERS.map((answer) => coverage?.[answer] ?? 0).reduce((sum, one) => sum + one, 0);
    expect(answers).toBe(coverage?.attempted);
  }
  expect(runs).toHaveLength(PLAN.days - 1);
  expect(runs.filter((run) => run.gaps.length > 0)).toHaveLength(1);
});

describe("an answer holds what its version sends (ollama-api field-introduction dates)", () => {
  test.each([
    ["details", "0.1.15", (one: (typeof listings)[0]) => one.model.details !== null],
    ["model", "0.1.21", (one: (typeof listings)[0]) => one.model.model !== null],
    ["parent_model", "0.1.21", (one: (typeof listings)[0]) => (one.model.details?.parent_model ?? null) !== null],
    ["capabilities", "0.30.0", (one: (typeof listings)[0]) => one.model.capabilities !== null],
    ["context_length", "0.30.0", (one: (typeof listings)[0]) => (one.model.details?.context_length ?? null) !== null],
  ])("%s from %s on", (_, since, has) => {
    const local = listings.filter((one) => one.model.remote_host === null);
    const before = local.filter((one) => one.sends < versionNumber(since));
    const after = local.filter((one) => one.sends >= versionNumber(since));
    expect(before.length).toBeGreaterThan(0);
    expect(after.length).toBeGreaterThan(0);
    expect(before.filter(has)).toEqual([]);
    expect(after.every(has)).toBe(true);
  });

  test("loaded models from 0.1.38 on, cloud stubs from 0.12.0 on", () => {
    for (const one of opened) {
      expect(one.running === null).toBe(versionNumber(one.version ?? "") < versionNumber("0.1.38"));
    }
    const stubs = listings.filter((one) => one.model.remote_host !== null);
    expect(stubs.length).toBeGreaterThan(0);
    expect(stubs.filter((one) => one.sends < versionNumber("0.12.0"))).toEqual([]);
  });

  test("cards tell capabilities from 0.6.4 on, thinking from 0.9.0 on", () => {
    const told = cards.filter((card) => card.server_version !== "0.0.0");
    const sends = (card: Card): number => versionNumber(card.server_version);
    expect(told.some((card) => card.capabilities?.includes("thinking"))).toBe(true);
    for (const card of told) expect(card.capabilities === null).toBe(sends(card) < versionNumber("0.6.4"));
    const early = told.filter((card) => sends(card) < versionNumber("0.9.0"));
    expect(early.length).toBeGreaterThan(0);
    expect(early.filter((card) => card.capabilities?.includes("thinking"))).toEqual([]);
  });
});
