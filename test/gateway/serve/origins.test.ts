import { afterAll, beforeAll, expect, test } from "vitest";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";
import { bearer, chat, forwarded, post, rowsOf } from "./asking.ts";

const PAGE = "https://chat.example.org";
const OTHER = "https://elsewhere.example";

let upstream: Upstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream();
  gateway = await startGateway(upstream.url, { origins: [PAGE] });
}, 300_000);
afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});

/** What a browser asks before it lets a page ask. */
function preflight(origin: string, path = "/api/chat"): Promise<Response> {
  return fetch(gateway.url + path, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type,x-stainless-lang",
    },
  });
}

test("a browser may ask without a key for a page that is named, and for no other; the model server sees neither", async () => {
  await upstream.reset();
  const granted = await preflight(PAGE);
  expect([granted.status, await granted.text()]).toEqual([204, ""]);
  expect(Object.fromEntries(granted.headers)).toMatchObject({
    "access-control-allow-origin": PAGE,
    "access-control-allow-methods": "GET, HEAD, POST, DELETE",
    "access-control-allow-headers": "authorization,content-type,x-stainless-lang",
    vary: expect.stringContaining("Origin") as unknown,
  });
  expect(granted.headers.get("access-control-allow-credentials")).toBeNull();
  const unknown = await preflight(PAGE, "/no/such/route");
  expect([unknown.status, unknown.headers.get("access-control-allow-methods")]).toEqual([
    204,
    "GET, HEAD, POST, DELETE",
  ]);
  const denied = await preflight(OTHER);
  expect([denied.status, denied.headers.get("access-control-allow-origin")]).toEqual([403, null]);
  expect(await forwarded(upstream)).toEqual([]);
});

test("a page that is named reads answers and refusals alike; its origin stays here", async () => {
  await upstream.reset();
  const streamed = await post(gateway, "/api/chat", chat("tokens=3"), { headers: { origin: PAGE } });
  const whole = await post(gateway, "/api/chat", chat("tokens=3", { stream: false }), { headers: { origin: PAGE } });
  const listed = await fetch(`${gateway.url}/api/tags`, { headers: { ...bearer(gateway), origin: PAGE } });
  const refused = await post(gateway, "/api/pull", { model: "llama3" }, { headers: { origin: PAGE } });
  const nobody = await fetch(`${gateway.url}/api/tags`, { headers: { origin: PAGE } });
  const answers = [streamed, whole, listed, refused, nobody];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 403, 401]);
  for (const answer of answers) {
    expect(answer.headers.get("access-control-allow-origin")).toBe(PAGE);
    expect(answer.headers.get("vary")).toBe("Origin");
    expect(answer.headers.get("access-control-expose-headers")).toBe("retry-after");
    expect((await answer.text()).length).toBeGreaterThan(0);
  }
  const seen = await forwarded(upstream);
  expect(seen).toHaveLength(3);
  for (const { head } of seen) expect(head.join("\n").toLowerCase()).not.toContain("origin");
});

test("another page gets 403, with a key too, and the model server sees nothing", async () => {
  await upstream.reset();
  const answer = await post(gateway, "/v1/chat/completions", chat("tokens=3"), { headers: { origin: OTHER } });
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([403, null]);
  expect(await answer.json()).toMatchObject({ error: { code: "origin_denied" } });
  expect(await forwarded(upstream)).toEqual([]);
  const program = await post(gateway, "/api/chat", chat("tokens=1"));
  expect([program.status, program.headers.get("access-control-allow-origin"), program.headers.get("vary")]).toEqual([
    200,
    null,
    null,
  ]);
  await program.text();
});

test("the record has each: what a browser asked, and what was refused", async () => {
  await gateway.stop();
  const told = (await rowsOf(gateway)).map(({ method, decision, reason, status, key }) => [
    method,
    decision,
    reason,
    status,
    key === null,
  ]);
  expect(told.slice(0, 3)).toEqual([
    ["OPTIONS", "allowed", "ok", 204, true],
    ["OPTIONS", "allowed", "ok", 204, true],
    ["OPTIONS", "denied", "origin-denied", 403, true],
  ]);
  expect(told.at(-2)).toEqual(["POST", "denied", "origin-denied", 403, true]);
});
