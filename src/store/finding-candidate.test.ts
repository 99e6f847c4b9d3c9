import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { JUDGEMENTS } from "../../test/support/judgements.ts";
import { lakeObservation, lakeRun } from "../../test/support/lake-lines.ts";
import { openSnapshot } from "./snapshot.io.ts";
import { openRunWriter } from "./writer.io.ts";

/** An open port in somebody's file: nothing was asked. */
const CANDIDATE = {
  answer: "other",
  confirmed: false,
  product: null,
  version: null,
  status: null,
  failure: null,
  models: null,
  running: null,
  source: "masscan",
} as const;
const AT = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z", "2026-01-03T00:00:00.000Z"] as const;

test("an open port that nobody asked after takes no finding back; an answer does", async () => {
  const folder = await mkdtemp(join(tmpdir(), "corral-candidate-"));
  try {
    const lake = join(folder, "lake");
    const writer = await openRunWriter(lake, lakeRun(1));
    const see = (address: string, day: 0 | 1 | 2, change: object): void => {
      writer.observation(lakeObservation(1, 1, { address, seen_at: AT[day], ...change }));
    };
    see("10.1.0.1", 0, {});
    see("10.1.0.1", 1, CANDIDATE);
    see("10.1.0.2", 1, CANDIDATE);
    see("10.1.0.3", 0, {});
    see("10.1.0.3", 1, CANDIDATE);
    see("10.1.0.3", 2, { ...CANDIDATE, answer: "refused", failure: "refused", source: "corral" });
    see("10.1.0.4", 0, {});
    see("10.1.0.4", 1, { ...CANDIDATE, status: 404 });
    await writer.close();
    const snapshot = await openSnapshot(lake, JUDGEMENTS, { threads: 1 });
    const rows = await snapshot.query(
      "SELECT address, concat(answer, ': ', outcome) AS told, last_seen::VARCHAR AS seen FROM finding WHERE check_id = 'no-login' ORDER BY address",
    );
    await snapshot.close();
    expect(rows.map(({ told }) => told)).toEqual([
      "open: fail",
      "other: unknown",
      "refused: unknown",
      "other: unknown",
    ]);
    expect(rows[0]?.["seen"]).toBe("2026-01-02 00:00:00");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
