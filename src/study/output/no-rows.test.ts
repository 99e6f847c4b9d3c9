import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { JUDGEMENTS } from "../../../test/support/judgements.ts";
import { lakeRun } from "../../../test/support/lake-lines.ts";
import type { Snapshot } from "../../store/snapshot.ts";
import { openSnapshot } from "../../store/snapshot.io.ts";
import { openRunWriter } from "../../store/writer.io.ts";
import { REPORT_SECTIONS } from "../report-sections.ts";
import { COVERAGE } from "./coverage.ts";
import { SCALE } from "./scale.ts";

let folder = "";
let lake: Snapshot;

/** A lake of one import that found nothing: it counts no targets and holds no observation. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-no-rows-"));
  const writer = await openRunWriter(join(folder, "lake"), lakeRun(1, { coverage: null }));
  await writer.close();
  lake = await openSnapshot(join(folder, "lake"), JUDGEMENTS, { threads: 1 });
});

afterAll(async () => {
  await lake.close();
  await rm(folder, { recursive: true, force: true });
});

test("of nothing seen every count is 0, and only its first and last moment are unknown", async () => {
  expect(await lake.query(SCALE.sql)).toEqual([
    {
      observations: 0,
      confirmed_observations: 0,
      days: 0,
      first_seen: null,
      last_seen: null,
      hosts: 0,
      countries: 0,
      asns: 0,
      hosts_without_country: 0,
      hosts_without_asn: 0,
      services: 0,
      runs: 1,
    },
  ]);
});

test("targets that no run counted stay unknown: they are not 0", async () => {
  expect(await lake.query(COVERAGE.sql)).toMatchObject([
    { counting_runs: 0, other_runs: 1, targets: null, attempted: null, finished: null, requests: null, gaps: 0 },
  ]);
});

const SHARES = REPORT_SECTIONS.flatMap(({ outputs }) => outputs).filter((output) => output.kind === "shares");

test.for(SHARES.map(({ id, sql }) => [id, sql] as const))("%s: no share of nothing lacks a number", async ([, sql]) => {
  const numbers = (await lake.query(sql)).flatMap((row) => [row["counted"], row["of_units"], row["unknown_units"]]);
  expect(numbers.filter((one) => one !== 0)).toEqual([]);
});
