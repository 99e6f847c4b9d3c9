import { afterAll, beforeAll, expect, test } from "vitest";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { forwarded, raw, rowsOf } from "../serve/asking.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";

let upstream: Upstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream();
  gateway = await startGateway(upstream.url);
}, 300_000);
afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});

test("what is no request has a row, many of them only some, and none of their bytes is kept", async () => {
  const secret = "hunter2-in-a-broken-head";
  expect(await raw(gateway, `GET /api/tags HTTP/1.1\r\nHost : x\r\nX: ${secret}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /u);
  expect(await raw(gateway, `GET / HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(20_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /u,
  );
  expect(await raw(gateway, "\x16\x03\x01\x02\x00\x01\x00")).toMatch(/^HTTP\/1\.1 400 /u);
  for (let number = 0; number < 60; number += 1) await raw(gateway, "NONSENSE\r\n\r\n");
  await gateway.stop();
  const rows = await rowsOf(gateway);
  expect(rows.slice(0, 3).map(({ reason, status, address }) => [reason, status, address])).toEqual([
    ["malformed", 400, "127.0.0.1"],
    ["head-too-long", 431, "127.0.0.1"],
    ["malformed", 400, "127.0.0.1"],
  ]);
  expect(rows.length).toBeGreaterThanOrEqual(10);
  expect(rows.length).toBeLessThan(60);
  expect(rows[0]).toMatchObject({ decision: "denied", ended: "refused", key: null, method: "", path: "" });
  expect(JSON.stringify(rows)).not.toContain(secret);
  expect(await forwarded(upstream)).toEqual([]);
});
