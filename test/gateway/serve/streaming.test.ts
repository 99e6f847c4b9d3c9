import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";
import { chat, eventsOf, forwarded, linesOf, post, raw } from "./asking.ts";

let upstream: Upstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream();
  const few = { allow: ["A", "B"], reserveTokens: 16, limits: { perKey: { tokens: [{ count: 150, per: "month" }] } } };
  const tools = { allow: ["weather"], arguments: { weather: { properties: { city: { enum: ["Bern"] } } } } };
  gateway = await startGateway(
    upstream.url,
    { roles: { user: { allow: ["A", "B"] }, few, tools: { allow: ["A", "B"], tools } } },
    { user: {}, tools: { role: "tools" }, ...Object.fromEntries(FORMS.map(([path]) => [path, { role: "few" }])) },
  );
}, 300_000);
afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});
beforeEach(() => upstream.reset());

const FORMS = [
  ["/api/chat", chat("tokens=2000 delay=1")],
  ["/api/generate", { model: "llama3", prompt: "tokens=2000 delay=1" }],
  ["/v1/chat/completions", chat("tokens=2000 delay=1", { stream: true })],
  ["/v1/completions", { model: "llama3", prompt: "tokens=2000 delay=1", stream: true }],
  ["/v1/messages", chat("tokens=2000 delay=1", { stream: true, max_tokens: 4000 })],
] as const;

/** How an answer says that it has ended because of its length. */
const LENGTHS: Readonly<Record<string, RegExp>> = {
  "/api/chat": /"done":true,"done_reason":"length","prompt_eval_count":\d+,"eval_count":\d+\}\n$/u,
  "/api/generate": /"response":"","done":true,"done_reason":"length"/u,
  "/v1/chat/completions": /"finish_reason":"length"\}\]\}\n\ndata: \[DONE\]\n\n$/u,
  "/v1/completions": /"finish_reason":"length"\}\]\}\n\ndata: \[DONE\]\n\n$/u,
  "/v1/messages": /"stop_reason":"max_tokens".*event: message_stop\ndata: \{"type":"message_stop"\}\n\n$/su,
};

test.for(FORMS.filter(([path]) => path !== "/v1/messages"))(
  "%s: a stream ends with a whole last line when its quota ends, its work upstream too, and the next is refused",
  async ([path, body]) => {
    const text = await (await post(gateway, path, body, { key: path })).text();
    expect(text).toMatch(LENGTHS[path] ?? /never/u);
    const parts = path.startsWith("/api/") ? linesOf(text) : eventsOf(text);
    expect(parts.length).toBeGreaterThan(50);
    expect(parts.length).toBeLessThan(160);
    await expect.poll(async () => (await upstream.seen()).cancelled, { timeout: 20_000 }).toBe(1);
    const next = await post(gateway, path, body, { key: path });
    expect(next.status).toBe(429);
    expect(Number(next.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(JSON.stringify(await next.json())).toContain("quota");
    expect(await forwarded(upstream)).toHaveLength(1);
  },
);

test("an answer that is bounded beyond the quota is refused before it begins", async () => {
  const refused = await post(gateway, "/v1/messages", FORMS[4][1], { key: "/v1/messages" });
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ type: "error", error: { type: "rate_limit_error" } });
  expect(await forwarded(upstream)).toEqual([]);
});

test("every chunk arrives as it was sent, none merged or split", async () => {
  const body = JSON.stringify(chat("tokens=100 delay=3"));
  const head = `POST /api/chat HTTP/1.1\r\nhost: HOST\r\nauthorization: Bearer ${gateway.keys["user"]?.secret ?? ""}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const direct = chunksOf(await raw(upstream, head.replace("HOST", new URL(upstream.url).host), 2000));
  expect(direct).toHaveLength(101);
  expect(chunksOf(await raw(gateway, head, 2000))).toEqual(direct);
});

/** The chunks of an answer, as they were framed. */
function chunksOf(answer: string): string[] {
  const chunks: string[] = [];
  let at = answer.indexOf("\r\n\r\n") + 4;
  for (;;) {
    const end = answer.indexOf("\r\n", at);
    const size = Number.parseInt(answer.slice(at, end), 16);
    if (end === -1 || !(size > 0)) return chunks;
    chunks.push(answer.slice(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

test("an upstream that dies in the middle: an error line, an error event, a broken connection, in whatever the answer is", async () => {
  const native = linesOf(await (await post(gateway, "/api/chat", chat("tokens=20 delay=2 die=5"))).text());
  expect(native.at(-1)).toEqual({ error: "the model server broke the connection" });
  expect(native.length).toBeGreaterThan(1);
  const openai = eventsOf(
    await (await post(gateway, "/v1/chat/completions", chat("tokens=20 delay=2 die=5", { stream: true }))).text(),
  );
  expect(openai.at(-1)).toMatchObject({ error: { code: "upstream_broken" } });
  const messages = chat("tokens=20 delay=2 die=5", { stream: true, max_tokens: 50 });
  expect(await (await post(gateway, "/v1/messages", messages)).text()).toMatch(
    /event: error\ndata: \{"type":"error",.*\n\n$/u,
  );
});

test.for([
  ['tool=weather args={"city":"Bern"}', true],
  ['tool=weather args={"city":"Rome"}', false],
  ["tool=delete args={}", false],
] as const)("%s is let through: %s, in streams and in whole answers of every family", async ([order, isAllowed]) => {
  const told = async (path: string, body: object): Promise<string> => {
    const answer = await post(gateway, path, body, { key: "tools" });
    return `${answer.status} ${await answer.text()}`;
  };
  const answers = await Promise.all([
    told("/api/chat", chat(`tokens=3 ${order}`)),
    told("/v1/chat/completions", chat(`tokens=3 split=4 ${order}`, { stream: true })),
    told("/v1/messages", chat(`tokens=3 split=4 ${order}`, { stream: true, max_tokens: 99 })),
    told("/api/chat", chat(`tokens=3 ${order}`, { stream: false })),
    told("/v1/chat/completions", chat(`tokens=3 ${order}`)),
    told("/v1/messages", chat(`tokens=3 ${order}`, { max_tokens: 99 })),
  ]);
  const name = /tool=(\w+)/u.exec(order)?.[1] ?? "";
  for (const answer of answers) {
    if (isAllowed) expect(answer).toContain(`"${name}"`);
    else expect(answer).not.toMatch(new RegExp(String.raw`"name":\s*"${name}"`, "u"));
    expect(answer.includes("the model called a tool")).toBe(!isAllowed);
  }
});
