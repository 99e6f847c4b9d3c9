import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JUDGEMENTS } from "../../../test/support/judgements.ts";
import { lakeObservation, lakeRun } from "../../../test/support/lake-lines.ts";
import type { Observation } from "../../model/observation.ts";
import { openSnapshot } from "../../store/snapshot.io.ts";
import type { Snapshot } from "../../store/snapshot.ts";
import { openRunWriter } from "../../store/writer.io.ts";
import { chooseEnds } from "./diff-ends.ts";
import { diffFacts } from "./diff-facts.ts";
import { readDiff } from "./read-diff.ts";
import type { ServiceDiff } from "./read-diff.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-diff-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const SILENT: Partial<Observation> = {
  answer: "silent",
  confirmed: false,
  product: null,
  version: null,
  status: null,
  failure: "silent",
  models: null,
  running: null,
};
const [MODEL] = lakeObservation(1, 0).models ?? [];
const list = (...names: readonly string[]): Partial<Observation> => ({
  models: names.map((name) => ({ ...MODEL!, name })),
});

/** Days of January, each with what a survey of its own saw of a host (its last number). */
async function surveys(
  ...days: readonly (readonly (readonly [host: number, changes: Partial<Observation>])[])[]
): Promise<void> {
  for (const [at, looks] of days.entries()) {
    const day = `2026-01-0${at + 1}`;
    const row = lakeRun(at + 1, { started_at: `${day}T00:00:00.000Z`, finished_at: `${day}T09:00:00.000Z` });
    const writer = await openRunWriter(join(folder, "lake"), row);
    for (const [host, changes] of looks) {
      writer.observation(
        lakeObservation(1, 1, {
          address: `192.0.2.${host}`,
          run: row.run,
          seen_at: `${day}T01:00:00.000Z`,
          ...changes,
        }),
      );
    }
    await writer.close();
  }
}

/** What is told of each host: kinds of change, `-` for not asked. */
async function told(
  from: string | null = null,
  to: string | null = null,
  wrap = (lake: Snapshot): Pick<Snapshot, "query"> => lake,
): Promise<{ readonly hosts: Readonly<Record<string, readonly string[]>>; readonly services: readonly ServiceDiff[] }> {
  const lake = await openSnapshot(join(folder, "lake"), JUDGEMENTS, { threads: 1 });
  try {
    const facts = await diffFacts(lake);
    const { services } = await readDiff(wrap(lake), chooseEnds({ from, to }, facts.runs, facts.newest));
    const hosts = services.map(
      ({ place, changes }) =>
        [
          place.address.slice("192.0.2.".length),
          changes.length === 0 ? ["-"] : changes.map(({ kind }) => kind),
        ] as const,
    );
    return { hosts: Object.fromEntries(hosts), services };
  } finally {
    await lake.close();
  }
}

describe("the same place", () => {
  test("is one service whichever scheme it spoke: what was https and is silent now was asked", async () => {
    await surveys([[1, { scheme: "https" }]], [[1, { scheme: "http", ...SILENT }]]);
    expect((await told()).hosts).toEqual({ 1: ["closed"] });
  });

  test("with another name or path is another service", async () => {
    await surveys([[1, {}]], [[1, { host_name: "a.example" }]]);
    expect((await told()).services.map(({ place, changes }) => [place.hostName, changes.length])).toEqual([
      ["a.example", 1],
      [null, 0],
    ]);
  });

  test("that is too busy to answer did not close", async () => {
    const other = { ...SILENT, answer: "other", failure: null } as const;
    await surveys(
      [
        [1, {}],
        [2, {}],
      ],
      [
        [1, { ...other, status: 503 }],
        [2, { ...other, status: 404 }],
      ],
    );
    expect((await told()).hosts).toEqual({ 1: ["unclear"], 2: ["closed"] });
  });

  test("silent to a survey from elsewhere was not asked", async () => {
    await surveys([[1, {}]], [[1, { ...SILENT, vantage: "outside" }]]);
    expect((await told()).hosts).toEqual({ 1: ["-"] });
  });
});

test("between times the last look on each side counts", async () => {
  await surveys(
    [
      [1, {}],
      [2, SILENT],
      [3, {}],
    ],
    [
      [1, SILENT],
      [2, {}],
    ],
    [
      [1, {}],
      [2, SILENT],
    ],
  );
  expect((await told("2026-01-01T12:00:00Z", "2026-01-02T12:00:00Z")).hosts).toEqual({
    1: ["closed"],
    2: ["newly-open"],
    3: ["-"],
  });
  expect((await told("2026-01-01T12:00:00Z")).hosts).toEqual({ 3: ["-"] });
  expect((await told("2026-01-02T12:00:00Z")).hosts).toEqual({ 1: ["newly-open"], 2: ["closed"], 3: ["-"] });
});

describe("lists of models", () => {
  test("are compared by name; an empty list is known, one that was not seen is not", async () => {
    await surveys(
      [
        [1, list("a", "b")],
        [2, list("a")],
        [3, list("a")],
      ],
      [
        [1, list("b", "c")],
        [2, { models: [] }],
        [3, { models: null }],
      ],
    );
    const { hosts, services } = await told();
    expect(hosts).toEqual({ 1: ["models-added", "models-gone"], 2: ["models-gone"] });
    expect(services[0]?.changes).toEqual([
      { kind: "models-added", names: ["c"] },
      { kind: "models-gone", names: ["a"] },
    ]);
  });

  test("of which entries were left out tell no model gone", async () => {
    await surveys(
      [
        [1, list("a", "b")],
        [2, { ...list("a"), signs: ["odd-entries"] }],
      ],
      [
        [1, { ...list("a", "c"), signs: ["odd-entries"] }],
        [2, list("b")],
      ],
    );
    expect((await told()).hosts).toEqual({ 1: ["models-added"], 2: ["models-gone"] });
  });

  test("of which the lake has lost a part are not compared", async () => {
    await surveys([[1, list("a", "b")]], [[1, list("a", "b", "c")]]);
    const { hosts } = await told(null, null, (lake) => ({
      query: async (sql) => (await lake.query(sql)).filter((row) => row["name"] !== "b"),
    }));
    expect(hosts).toEqual({});
    expect((await told()).hosts).toEqual({ 1: ["models-added"] });
  });
});

test("a likely decoy is marked, and told like any other", async () => {
  await surveys(
    [],
    [
      [1, { signs: ["control-answered", "control-same-body"] }],
      [2, {}],
    ],
  );
  expect((await told()).services.map(({ likelyDecoy, changes }) => [likelyDecoy, changes.length])).toEqual([
    [true, 1],
    [false, 1],
  ]);
});
