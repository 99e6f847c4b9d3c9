import { afterAll, beforeAll, expect, test } from "vitest";
import { makeOperationsToken } from "../../../src/gateway/record/operations-token.io.ts";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { chat, post, raw, rowsOf } from "../serve/asking.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";
import { freePort } from "../../support/free-port.ts";

const ASKED = 3000;
/** One after the other, so that the worker tells of some of them without any row. */
const AFTERWARDS = 600;

let upstream: Upstream;
let gateway: TestGateway;
let operations = 0;
let token = "";
beforeAll(async () => {
  upstream = await startUpstream();
  operations = await freePort();
  const first = await startGateway(upstream.url);
  await first.stop();
  token = (await makeOperationsToken(first.state)) ?? "";
  await first.configure({
    upstream: upstream.url,
    listen: { port: 0 },
    operations: { address: "127.0.0.1", port: operations },
    roles: { user: { allow: ["A", "B"] } },
  });
  gateway = await first.again();
}, 300_000);
afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});

/** Requests that nobody was recognised for, as the metrics count them. */
async function refused(): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const page = await (await fetch(`http://127.0.0.1:${operations}/metrics`, { headers })).text();
  const counts = [...page.matchAll(/^corral_gateway_requests_total\{[^}]*decision="denied"[^}]*\} (\d+)$/gmu)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

test("who asks without a key is answered and counted, and does not fill the disk; a known key's row is always there", async () => {
  const answers = await raw(gateway, "GET /api/tags HTTP/1.1\r\nHost: x\r\n\r\n".repeat(ASKED), 3000);
  const answered = answers.split("HTTP/1.1 ").length - 1;
  expect(answered).toBe(ASKED);
  for (let number = 0; number < AFTERWARDS; number += 1) {
    const answer = await fetch(`${gateway.url}/api/tags`);
    expect(answer.status).toBe(401);
    await answer.text();
  }
  expect((await post(gateway, "/api/chat", chat("tokens=2"))).status).toBe(200);
  await expect.poll(refused, { timeout: 10_000 }).toBe(ASKED + AFTERWARDS);
  await gateway.stop();
  const rows = await rowsOf(gateway);
  const strangers = rows.filter(({ key }) => key === null).length;
  expect(strangers).toBeGreaterThanOrEqual(1000);
  expect(strangers).toBeLessThan(2500);
  expect(rows.filter(({ key }) => key !== null).map(({ status }) => status)).toEqual([200]);
});
