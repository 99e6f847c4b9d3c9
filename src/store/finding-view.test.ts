import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import { lakeCard, lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import type { Card } from "../model/card.ts";
import { instantOf } from "../model/instant.ts";
import type { ModelEntry, Observation } from "../model/observation.ts";
import type { Run } from "../model/run.ts";
import { openRunWriter } from "./writer.io.ts";
import { openSnapshot } from "./snapshot.io.ts";
import type { Row } from "./snapshot.ts";

let folder = "";
let lake = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-finding-"));
  lake = join(folder, "lake");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function ask(sql: string): Promise<readonly Row[]> {
  const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1 });
  try {
    return await snapshot.query(sql);
  } finally {
    await snapshot.close();
  }
}

async function write(observations: readonly Observation[], cards: readonly Card[] = [], run?: Run): Promise<void> {
  const writer = await openRunWriter(lake, run ?? lakeRun(1));
  for (const observation of observations) writer.observation(observation);
  for (const card of cards) writer.card(card);
  if (run !== undefined) writer.run(run);
  await writer.close();
}

const DAY_MS = 86_400_000;
const onDay = (day: number): Pick<Observation, "seen_at"> => ({
  seen_at: instantOf(Date.UTC(2026, 0, 1) + day * DAY_MS),
});

function entry(change: Partial<ModelEntry>): ModelEntry {
  const [one] = lakeObservation(1, 0).models ?? [];
  if (one === undefined) throw new Error("no entry");
  return { ...one, ...change };
}

const TOOLS = entry({ capabilities: ["completion", "tools", "vision"] });
const PLAIN = entry({ name: "plain", capabilities: ["completion"] });
const EMBEDS = entry({ name: "embeds", capabilities: ["embedding"] });
const UNTOLD = entry({ name: "untold", capabilities: null });
const CLOUD = entry({ name: "x:cloud", capabilities: ["completion"], remote_host: "https://ollama.com:443" });

/** An Ollama that tells capabilities in its list. */
const open = (address: string, change: Partial<Observation> = {}): Observation =>
  lakeObservation(1, 1, { address, version: "0.30.0", models: [TOOLS], ...change });

/** What a check says of each service: `address:port` → outcome. */
async function outcomes(check: string): Promise<object> {
  const rows = await ask(
    `SELECT concat(address, ':', port) AS service, outcome FROM finding WHERE check_id = '${check}' ORDER BY address, port`,
  );
  return Object.fromEntries<unknown>(rows.map((row) => [JSON.stringify(row["service"]).slice(1, -1), row["outcome"]]));
}

describe("the view finding", () => {
  test("has one row per check and service, none left out", async () => {
    await write([
      open("10.1.0.1"),
      open("10.1.0.2", { answer: "silent", confirmed: false, product: null, models: null }),
    ]);
    expect(
      await ask("SELECT address, count(*) AS n, count(DISTINCT check_id) AS ids FROM finding GROUP BY 1 ORDER BY 1"),
    ).toEqual([
      { address: "10.1.0.1", n: 31, ids: 31 },
      { address: "10.1.0.2", n: 31, ids: 31 },
    ]);
  });

  test("tools are told by the whole of the last list", async () => {
    await write([
      open("10.1.0.1", { models: [PLAIN, TOOLS] }),
      open("10.1.0.2", { models: [PLAIN, EMBEDS] }),
      open("10.1.0.3", { models: [PLAIN, UNTOLD] }),
      open("10.1.0.4", { models: [] }),
      open("10.1.0.5", { models: [TOOLS], ...onDay(1) }),
      open("10.1.0.5", { models: [PLAIN], ...onDay(2) }),
      open("10.1.0.6", { models: [TOOLS], ...onDay(1) }),
      open("10.1.0.6", { answer: "silent", confirmed: false, product: null, models: null, ...onDay(2) }),
      open("10.1.0.7", { answer: "login", confirmed: false, product: null, models: null }),
    ]);
    expect(await outcomes("tools-without-login")).toEqual({
      "10.1.0.1:11434": "fail",
      "10.1.0.2:11434": "pass",
      "10.1.0.3:11434": "unknown",
      "10.1.0.4:11434": "pass",
      "10.1.0.5:11434": "pass",
      "10.1.0.6:11434": "unknown",
      "10.1.0.7:11434": "pass",
    });
  });

  test("a list of which entries were left out says yes, never no", async () => {
    const odd = { signs: ["odd-entries"] } as const;
    await write([
      open("10.1.0.1", { models: [], ...odd }),
      open("10.1.0.2", { models: [PLAIN, TOOLS], ...odd }),
      open("10.1.0.3", { models: [CLOUD], ...odd, ...onDay(1) }),
      open("10.1.0.4", { models: [CLOUD], ...odd, ...onDay(1) }),
      open("10.1.0.4", { models: [PLAIN], ...onDay(2) }),
    ]);
    const told = async (check: string): Promise<string> => Object.values(await outcomes(check)).join(" ");
    expect(await told("tools-without-login")).toBe("unknown fail unknown pass");
    expect(await told("cloud-models-open")).toBe("unknown unknown fail pass");
    expect(await told("guard-off-prompt")).toBe("unknown unknown unknown unknown");
  });

  test("the triple needs the tier of the network; without it nothing passes", async () => {
    await write([
      open("10.1.0.1", { labels: ["mobile"] }),
      open("10.1.0.2", { labels: ["hosting"] }),
      open("10.1.0.3"),
      open("10.1.0.4", { labels: ["mobile"], models: [PLAIN] }),
    ]);
    expect(await outcomes("laundering-triple")).toEqual({
      "10.1.0.1:11434": "fail",
      "10.1.0.2:11434": "pass",
      "10.1.0.3:11434": "unknown",
      "10.1.0.4:11434": "pass",
    });
    const [row] = await ask("SELECT evidence FROM finding WHERE check_id = 'laundering-triple' AND outcome = 'fail'");
    expect(row).toEqual({
      evidence:
        "It answers without credentials; a model of its list can call tools; a model reads images; its network is of the tier telecom-residential.",
    });
  });

  test("retrieval: a pair in one list, or an open store at the same address", async () => {
    const store = { port: 6333, product: "qdrant", confirmed: false, models: null, running: null } as const;
    await write([
      open("10.1.0.1", { models: [PLAIN, EMBEDS] }),
      open("10.1.0.2", { models: [PLAIN] }),
      open("10.1.0.3", { models: [PLAIN] }),
      open("10.1.0.3", store),
      open("10.1.0.4", { models: [PLAIN] }),
      open("10.1.0.4", { ...store, answer: "login" }),
    ]);
    expect(await outcomes("rag-exposed")).toEqual({
      "10.1.0.1:11434": "fail",
      "10.1.0.2:11434": "unknown",
      "10.1.0.3:11434": "fail",
      "10.1.0.3:6333": "fail",
      "10.1.0.4:11434": "unknown",
      "10.1.0.4:6333": "pass",
    });
  });

  test("cloud models, days and what stands in front", async () => {
    const week = Array.from({ length: 7 }, (_, day) => open("10.1.0.3", onDay(day)));
    await write([
      open("10.1.0.1", { models: [PLAIN, CLOUD] }),
      open("10.1.0.2", { models: [PLAIN], signs: ["root-server-header"] }),
      ...week,
      open("10.1.0.4", onDay(1)),
    ]);
    expect(await outcomes("cloud-models-open")).toMatchObject({ "10.1.0.1:11434": "fail", "10.1.0.2:11434": "pass" });
    expect(await outcomes("management-reachable")).toMatchObject({
      "10.1.0.1:11434": "fail",
      "10.1.0.2:11434": "unknown",
    });
    expect(await outcomes("persistent-and-capable")).toMatchObject({
      "10.1.0.2:11434": "pass",
      "10.1.0.3:11434": "fail",
      "10.1.0.4:11434": "unknown",
    });
  });

  test("signs of the last look only", async () => {
    const webui = {
      port: 3000,
      product: "open-webui",
      fingerprint: "open-webui.config",
      confirmed: false,
      models: null,
      running: null,
      answer: "login",
    } as const;
    await write([
      open("10.1.0.1", { ...webui, signs: ["open-signup", "no-admin"], ...onDay(1) }),
      open("10.1.0.2", { ...webui, signs: ["open-signup", "no-admin"], ...onDay(1) }),
      open("10.1.0.2", { ...webui, signs: [], ...onDay(2) }),
      open("10.1.0.3", { ...webui, answer: "open", signs: ["auth-disabled"] }),
    ]);
    expect(await outcomes("open-signup")).toEqual({
      "10.1.0.1:3000": "fail",
      "10.1.0.2:3000": "pass",
      "10.1.0.3:3000": "unknown",
    });
    expect(await outcomes("no-admin")).toMatchObject({ "10.1.0.1:3000": "fail", "10.1.0.2:3000": "pass" });
    expect(await outcomes("auth-disabled")).toMatchObject({ "10.1.0.1:3000": "pass", "10.1.0.3:3000": "fail" });
    expect(await outcomes("no-login")).toMatchObject({ "10.1.0.1:3000": "pass", "10.1.0.3:3000": "fail" });
  });

  test("prompts: one card that takes the guard away fails, and only a list that is read whole passes", async () => {
    const digest = "ef".repeat(32);
    const one = entry({ name: "m", digest });
    const other = entry({ name: "other", digest: "ab".repeat(32) });
    const card = (address: string, change: Partial<Card>): Card => ({
      ...lakeCard(address, false),
      template_class: "none",
      system_class: "none",
      signs_version: 1,
      ...change,
    });
    await write(
      [
        open("10.1.0.1", { models: [one, other] }),
        open("10.1.0.2", { models: [one] }),
        open("10.1.0.3", { models: [one, other] }),
        open("10.1.0.4", { models: [one] }),
        open("10.1.0.5", { models: [one] }),
        open("10.1.0.6", { models: [one] }),
        open("10.1.0.7", { models: [one] }),
      ],
      [
        card("10.1.0.1", { system_class: "guard-off" }),
        card("10.1.0.2", {}),
        card("10.1.0.3", {}),
        card("10.1.0.4", { template_class: "unread" }),
        card("10.1.0.5", { system_class: "hacking" }),
        card("10.1.0.6", { system_class: "benign", system: { sha256: "ab".repeat(32), length: 16_384 } }),
        card("10.1.0.7", { system_class: "benign", system: { sha256: "ab".repeat(32), length: 16_385 } }),
      ],
    );
    expect(await outcomes("guard-off-prompt")).toEqual({
      "10.1.0.1:11434": "fail",
      "10.1.0.2:11434": "pass",
      "10.1.0.3:11434": "unknown",
      "10.1.0.4:11434": "unknown",
      "10.1.0.5:11434": "unknown",
      "10.1.0.6:11434": "pass",
      "10.1.0.7:11434": "unknown",
    });
  });

  test("an answer on loopback is no exposure, but its version still tells", async () => {
    await write([open("127.0.0.1", { version: "0.17.0" })]);
    expect(await ask("SELECT DISTINCT outcome FROM finding WHERE check_id NOT LIKE 'cve-%'")).toEqual([
      { outcome: "not-applicable" },
    ]);
    expect(await outcomes("cve-2026-7482")).toEqual({ "127.0.0.1:11434": "fail" });
  });

  test("an open port in somebody's file may be anything: no weakness and no missing administrator is ruled out", async () => {
    const lone = {
      answer: "other",
      confirmed: false,
      product: null,
      fingerprint: null,
      version: null,
      status: null,
      models: null,
    } as const;
    await write([open("10.1.0.1", { ...lone, failure: null }), open("10.1.0.2", { ...lone, product: "vllm" })]);
    for (const check of ["cve-2026-7482", "no-admin"]) {
      expect(await outcomes(check)).toEqual({ "10.1.0.1:11434": "unknown", "10.1.0.2:11434": "not-applicable" });
    }
  });

  test("the evidence quotes each version as it was told, and nothing else of it", async () => {
    await write(
      ["0.17.0", "v0.16.9-x{version}", "0.16.8+b\u001b[2J", "no version {tools}", null].map((version, n) =>
        open(`10.1.0.${n}`, { version }),
      ),
    );
    const rows = await ask("SELECT outcome, evidence FROM finding WHERE check_id = 'cve-2026-7482' ORDER BY address");
    const range = "affected before 0.17.1, fixed in 0.17.1";
    const unknown = {
      outcome: "unknown",
      evidence: `It is not known to be an Ollama of a version that can be compared; ${range}.`,
    };
    expect(rows).toEqual([
      {
        outcome: "fail",
        evidence: `It says it is version 0.17.0; ${range}. A version can be spoofed or be a proxy's.`,
      },
      unknown,
      unknown,
      unknown,
      unknown,
    ]);
  });
});
