import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import { lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import { instantOf } from "../model/instant.ts";
import type { ModelEntry, Observation } from "../model/observation.ts";
import { openRunWriter } from "./writer.io.ts";
import { openSnapshot } from "./snapshot.io.ts";
import type { Row, Value } from "./snapshot.ts";

let folder = "";
let lake = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-decoy-"));
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

async function write(observations: readonly Observation[]): Promise<void> {
  const writer = await openRunWriter(lake, lakeRun(1));
  for (const observation of observations) writer.observation(observation);
  await writer.close();
}

function entry(change: Partial<ModelEntry>): ModelEntry {
  const [one] = lakeObservation(1, 0).models ?? [];
  if (one === undefined) throw new Error("no entry");
  return { ...one, name: "own", ...change };
}

const stamp = (n: number): string => `2026-01-10T03:04:05.12345678${n}Z`;
const look = (address: string, change: Partial<Observation> = {}): Observation =>
  lakeObservation(1, 1, { address, models: [entry({})], ...change });
const at = (hour: number): Pick<Observation, "seen_at"> => ({ seen_at: instantOf(Date.UTC(2026, 0, 12, hour)) });

/** Signs of each service: `address:port` → ids, sorted. */
async function signs(): Promise<object> {
  const rows = await ask("SELECT concat(address, ':', port) AS service, evidence FROM decoy");
  return Object.fromEntries(
    rows.map((row) => {
      const evidence = JSON.parse(text(row["evidence"])) as readonly { readonly sign: string }[];
      return [text(row["service"]), evidence.map(({ sign }) => sign)];
    }),
  );
}

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "no text";
}

describe("the view decoy", () => {
  test("of a lake without observations is empty", async () => {
    await write([]);
    expect(await ask("SELECT * FROM decoy")).toEqual([]);
  });

  test("has every service once, whatever it answered, and a JSON list of evidence", async () => {
    await write([
      look("10.1.0.1"),
      look("10.1.0.1", { host_name: "a.example" }),
      look("10.1.0.1", { base_path: "/x" }),
      look("10.1.0.2", { answer: "silent", confirmed: false, product: null, models: null, running: null }),
    ]);
    const rows = await ask(
      "SELECT address, host_name, base_path, decoy_class, score, evidence FROM decoy ORDER BY ALL",
    );
    expect(
      rows.map((row) => [row["address"], row["host_name"], row["base_path"], row["decoy_class"], row["score"]]),
    ).toEqual([
      ["10.1.0.1", "a.example", "/", "likely-real", 0],
      ["10.1.0.1", null, "/", "likely-real", 0],
      ["10.1.0.1", null, "/x", "likely-real", 0],
      ["10.1.0.2", null, "/", "uncertain", 0],
    ]);
    expect(rows.map((row) => row["evidence"])).toEqual([
      "[]",
      "[]",
      "[]",
      '[{"sign":"little-seen","weight":"note","text":"Too little was seen to call it real: nothing that a decoy would have had to invent."}]',
    ]);
  });

  test("exact times are compared over the lake, day by day: who moves house shares them with nobody", async () => {
    const shared = { models: [entry({ modified_at: stamp(1) })] };
    const moved = { models: [entry({ modified_at: stamp(2) })] };
    const coarse = { models: [entry({ modified_at: "2026-01-10T03:04:05Z" })] };
    await write([
      ...["10.2.0.1", "10.2.0.2", "10.2.0.3", "10.2.0.4"].map((address) => look(address, { ...shared, ...at(1) })),
      ...["10.3.0.1", "10.3.0.2", "10.3.0.3", "10.3.0.4"].map((address, day) =>
        look(address, { ...moved, ...at(24 * day) }),
      ),
      look("10.4.0.1", coarse),
      look("10.4.0.2", coarse),
    ]);
    expect(await signs()).toEqual({
      "10.2.0.1:11434": ["stamps-shared-widely"],
      "10.2.0.2:11434": ["stamps-shared-widely"],
      "10.2.0.3:11434": ["stamps-shared-widely"],
      "10.2.0.4:11434": ["stamps-shared-widely"],
      "10.3.0.1:11434": [],
      "10.3.0.2:11434": [],
      "10.3.0.3:11434": [],
      "10.3.0.4:11434": [],
      "10.4.0.1:11434": [],
      "10.4.0.2:11434": [],
    });
  });

  test("order is by whole seconds in any zone, and equal seconds are in order", async () => {
    const times = (...stamps: readonly string[]): Partial<Observation> => ({
      models: stamps.map((modified_at, n) => entry({ name: `own-${n}`, modified_at })),
    });
    await write([
      look("10.1.0.1", times("2026-01-10T03:00:00.5+02:00", "2026-01-10T01:00:00.9Z", "2026-01-09T23:00:00.1Z")),
      look("10.1.0.2", times("2026-01-10T03:00:00.5+02:00", "2026-01-10T01:00:01.1Z")),
      look("10.1.0.3", times("no time", "2026-01-10T01:00:01.1Z")),
    ]);
    expect(await signs()).toEqual({
      "10.1.0.1:11434": [],
      "10.1.0.2:11434": ["out-of-order"],
      "10.1.0.3:11434": [],
    });
  });

  test("what was loaded is compared by digest, not by the time of unloading", async () => {
    const running = (digest: string, expires: string): Partial<Observation> => ({
      running: [{ name: "own", digest, size: 1, size_vram: 1, context_length: null, expires_at: expires }],
    });
    const other = { models: [entry({ modified_at: stamp(3) })] };
    await write([
      look("10.1.0.1", { ...running("aa", "2026-01-12T01:05:00Z"), ...at(1) }),
      look("10.1.0.1", { ...running("aa", "2026-01-12T02:05:00Z"), ...at(2) }),
      look("10.1.0.2", { ...other, ...running("aa", "2026-01-12T01:05:00Z"), ...at(1) }),
      look("10.1.0.2", { ...other, running: [], ...at(2) }),
    ]);
    expect(await signs()).toMatchObject({ "10.1.0.1:11434": [], "10.1.0.2:11434": ["running-changes"] });
  });

  test("hostile names and times change nothing but their own row", async () => {
    const hostile = ["'; DROP TABLE run; --", "\u001b[2J", "a\u0000b", '"\\', "\u{10ffff}", "[1,2]", "x".repeat(4000)];
    await write([
      ...hostile.map((word, n) =>
        look(`10.5.0.${n}`, {
          server: word,
          models: [entry({ name: word, digest: word, modified_at: word, size: -1 })],
        }),
      ),
      look("10.6.0.1"),
    ]);
    const rows = await ask("SELECT address, decoy_class FROM decoy ORDER BY address");
    expect(rows.length).toBe(hostile.length + 1);
    expect(rows.at(-1)).toEqual({ address: "10.6.0.1", decoy_class: "likely-real" });
    expect(rows.slice(0, -1).every((row) => row["decoy_class"] === "likely-decoy")).toBe(true);
  });
});
