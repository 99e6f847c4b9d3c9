import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditPublicKeyPath, readAuditPublicKey } from "../../../src/gateway/record/audit-key.io.ts";
import { verifyTrail } from "../../../src/gateway/record/verify-command.io.ts";
import { openUsageStore } from "../../../src/gateway/record/usage-store.io.ts";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { chat, post, rowsOf } from "../serve/asking.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";

const STREAMS = 12;

let upstream: Upstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream();
  gateway = await startGateway(upstream.url, { workers: 2, capacity: { concurrent: 8, queue: 64, queueSeconds: 300 } });
}, 300_000);
afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});

/** Process ids of a gateway's workers. */
function workers(): readonly number[] {
  const { pid = 0 } = gateway.process;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").map(Number);
}

/** Reads a stream to its end, whichever it is; calls back at its first piece. */
async function read(answer: Response, begun: () => void): Promise<boolean> {
  try {
    for await (const piece of answer.body ?? []) if (Buffer.from(piece).length > 0) begun();
    return true;
  } catch {
    return false;
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

test("every request of a worker that is killed has its row, those at work and those that wait, and the trail holds", async () => {
  let begun = 0;
  const asked = Array.from({ length: STREAMS }, async () => {
    let isFirst = true;
    const answer = await post(gateway, "/api/chat", chat("tokens=400 delay=20 prompt=30")).catch(() => null);
    const first = (): void => {
      if (isFirst) begun += 1;
      isFirst = false;
    };
    return answer === null ? false : read(answer, first);
  });
  while (begun < 8) await pause(20);
  // Those that wait for a place are announced within two batches; those at work are told again every second.
  await pause(1500);
  for (const pid of workers()) process.kill(pid, "SIGKILL");
  expect(await Promise.all(asked)).toEqual(Array.from({ length: STREAMS }, () => false));
  await gateway.until(/requests ended with their worker/u);
  while (workers().length < 2) await pause(20);
  let after: Response | null = null;
  while (after === null) after = await post(gateway, "/api/chat", chat("tokens=3 prompt=4")).catch(() => null);
  await after.text();
  expect(await gateway.stop()).toBe(0);

  const rows = await rowsOf(gateway);
  const died = rows.filter(({ ended }) => ended === "worker-died");
  expect(rows).toHaveLength(STREAMS + 1);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(STREAMS + 1);
  expect(died).toHaveLength(STREAMS);
  const sent = died.filter(({ decision }) => decision === "failed");
  expect(sent).toHaveLength(8);
  for (const row of sent) {
    expect(row).toMatchObject({ reason: "worker-died", status: 200, counted: "estimate", route: "chat" });
    expect(Number(row["answerTokens"])).toBeGreaterThan(0);
    expect(Number(row["durationMs"])).toBeGreaterThan(1500);
  }
  const waited = died.filter(({ decision }) => decision === "denied");
  expect(waited.map(({ reason, counted, promptTokens }) => [reason, counted, promptTokens])).toEqual(
    Array.from({ length: STREAMS - 8 }, () => ["worker-died", "none", null]),
  );

  const verdict = await verifyTrail(gateway.state, await readAuditPublicKey(auditPublicKeyPath(gateway.state)), []);
  expect(verdict.findings).toEqual([]);
  const usage = openUsageStore(gateway.state);
  const [used] = usage.read({ from: "0000-01-01", until: "9999-12-31", key: null }).filter(({ model }) => model !== "");
  usage.close();
  const answered = sent.reduce((sum, row) => sum + Number(row["answerTokens"]), 0);
  expect(used).toMatchObject({ requests: 9, answerTokens: answered + 3 });
});

test("requests that end at once are never announced, and none that has ended is told as dead", async () => {
  const again = await gateway.again();
  gateway = again;
  const before = (await rowsOf(again)).length;
  for (let number = 0; number < 5; number += 1) {
    await (await post(again, "/api/chat", chat(`tokens=${number * 20} delay=4`))).text();
  }
  await pause(100);
  for (const pid of workers()) process.kill(pid, "SIGKILL");
  await again.until(/a worker ended/u);
  expect(await again.stop()).toBe(0);
  const rows = (await rowsOf(again)).slice(before);
  expect(rows.map(({ ended }) => ended)).toEqual(Array.from({ length: 5 }, () => "complete"));
});
