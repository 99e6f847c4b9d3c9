import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { auditPublicKeyPath, readAuditPublicKey } from "../../../src/gateway/record/audit-key.io.ts";
import { openUsageStore } from "../../../src/gateway/record/usage-store.io.ts";
import { verifyTrail } from "../../../src/gateway/record/verify-command.io.ts";
import { startWriter } from "./writer-process.ts";
import type { Writer } from "./writer-process.ts";

/** Kills of this test; the long run of a release sets `CORRAL_RECORD_KILLS=200`. */
const KILLS = Number(process.env["CORRAL_RECORD_KILLS"] ?? 8);

let state = "";
let writer: Writer | null = null;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "corral-record-kill-"));
});

afterEach(async () => {
  await writer?.kill();
  await rm(state, { recursive: true, force: true });
});

test(
  `${KILLS} kills -9: no row that was said to be durable is lost, the chain holds, and usage counts each row once`,
  async () => {
    let durable = 0;
    for (let kills = 0; kills < KILLS; kills += 1) {
      writer = startWriter(state);
      await writer.until(({ story }) => story !== undefined);
      writer.send("run");
      await writer.until((words) => (words.durable ?? 0) >= 20);
      await wait(((kills * 37) % 11) * 20);
      await writer.kill();
      expect(writer.complaints()).toBe("");
      durable += Math.max(...writer.told.map((words) => words.durable ?? 0));
    }
    writer = startWriter(state);
    await writer.until(({ story }) => story !== undefined);
    expect(await writer.ask("close")).toMatchObject({ whole: true });
    const verdict = await verifyTrail(state, await readAuditPublicKey(auditPublicKeyPath(state)), []);
    expect(verdict.findings).toEqual([]);
    expect(verdict.unsigned).toBe(0);
    expect(verdict.rows).toBeGreaterThanOrEqual(durable);
    expect((await readdir(join(state, "audit"))).length).toBeGreaterThan(1);
    const usage = openUsageStore(state);
    const [row, ...others] = usage.read({ from: "2026-01-10", until: "2026-01-10", key: null });
    usage.close();
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      requests: verdict.rows,
      promptTokens: 26 * verdict.rows,
      answerTokens: 298 * verdict.rows,
      modelSeconds: (4235 * verdict.rows) / 1000,
    });
  },
  30_000 + KILLS * 3000,
);
