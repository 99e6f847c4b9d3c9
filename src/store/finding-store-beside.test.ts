import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import { lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import { instantOf } from "../model/instant.ts";
import type { Run } from "../model/run.ts";
import { openSnapshot } from "./snapshot.io.ts";
import { openRunWriter } from "./writer.io.ts";

/** Two addresses on five ports, one service answered: what nobody answered at leaves no row. */
const COVERAGE = {
  targets: 10,
  attempted: 10,
  finished: 10,
  open: 1,
  login: 0,
  denied: 0,
  refused: 9,
  silent: 0,
  other: 0,
  skipped: 0,
  requests: 15,
  cards: 0,
};
const WHOLE: Partial<Run> = {
  ports: [11434, 8000, 6333, 8080, 9091],
  finished_at: instantOf(Date.UTC(2026, 0, 2)),
  coverage: COVERAGE,
};

test.for<readonly [name: string, change: Partial<Run>, outcome: string]>([
  ["a whole run", {}, "pass"],
  ["a run of fewer ports", { ports: [11434, 6333] }, "unknown"],
  ["a run that did not end", { finished_at: null }, "unknown"],
  ["a shard", { shard: "1/2" }, "unknown"],
  [
    "a run that paused",
    { gaps: [{ from: "2026-01-01T00:00:00.000Z", to: "2026-01-01T00:01:00.000Z", reason: "paused" }] },
    "unknown",
  ],
  ["a run that nobody counted", { coverage: null }, "unknown"],
  ["a look again at one service", { coverage: { ...COVERAGE, targets: 1, finished: 1, refused: 0 } }, "unknown"],
  ["a list of some services", { coverage: { ...COVERAGE, targets: 9, finished: 9, refused: 8 } }, "unknown"],
  ["a run that gave some up", { coverage: { ...COVERAGE, finished: 9, refused: 8 } }, "unknown"],
  ["a run that passed some over", { coverage: { ...COVERAGE, skipped: 1 } }, "unknown"],
])("that no store stands beside is not known but of a whole run: %s", async ([, change, outcome]) => {
  const folder = await mkdtemp(join(tmpdir(), "corral-beside-"));
  try {
    const run = lakeRun(1, { ...WHOLE, ...change });
    const writer = await openRunWriter(join(folder, "lake"), run);
    const [entry] = lakeObservation(1, 0).models ?? [];
    const models = [{ ...entry!, capabilities: ["completion"] }];
    writer.observation(lakeObservation(1, 1, { address: "10.1.0.1", version: "0.30.0", models, run: run.run }));
    writer.run(run);
    await writer.close();
    const snapshot = await openSnapshot(join(folder, "lake"), JUDGEMENTS, { threads: 1 });
    const rows = await snapshot.query("SELECT outcome FROM finding WHERE check_id = 'rag-exposed'");
    await snapshot.close();
    expect(rows).toEqual([{ outcome }]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
