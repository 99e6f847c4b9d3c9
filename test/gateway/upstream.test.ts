import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startUpstream } from "./upstream.ts";
import type { Upstream } from "./upstream.ts";

let upstream: Upstream;

beforeAll(async () => {
  upstream = await startUpstream();
}, 300_000);

beforeEach(async () => {
  await upstream.reset();
});

afterAll(async () => {
  await upstream.stop();
});

async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(upstream.url + path, { method: "POST", body: JSON.stringify(body), headers });
}

describe("the stand-in for Ollama", () => {
  test("streams lines and tells what it saw, the header lines as they came", async () => {
    const answer = await post("/api/chat", { model: "LLAMA3", messages: [{ role: "user", content: "tokens=3" }] });
    const lines = (await answer.text()).trim().split("\n");
    expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
    expect(lines).toHaveLength(4);
    expect(JSON.parse(lines[3] ?? "")).toMatchObject({ done: true, done_reason: "stop", eval_count: 3 });
    const seen = await upstream.seen();
    expect(seen).toMatchObject({ total: 1, inFlight: 0, cancelled: 0 });
    expect(seen.requests[0]).toMatchObject({
      route: "chat",
      pattern: "/api/chat",
      model: "LLAMA3",
      sent: 3,
      status: 200,
    });
    expect(seen.requests[0]?.head[0]).toBe("POST /api/chat HTTP/1.1");
  });

  test("speaks events to clients of OpenAI and of Anthropic", async () => {
    const openai = await post("/v1/chat/completions", {
      model: "llama3",
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: "user", content: "tokens=2 tool=weather split=3" }],
    });
    const events = (await openai.text()).trim().split("\n\n");
    expect(events.at(-1)).toBe("data: [DONE]");
    expect(events).toHaveLength(2 + 3 + 1 + 1 + 1);
    const anthropic = await post("/v1/messages", {
      model: "llama3",
      stream: true,
      max_tokens: 9,
      messages: [{ role: "user", content: "tokens=2 think=1" }],
    });
    const names = (await anthropic.text()).match(/^event: .*$/gmu) ?? [];
    expect(names[0]).toBe("event: message_start");
    expect(names.at(-1)).toBe("event: message_stop");
  });

  test("notices that a client leaves", async () => {
    const leave = new AbortController();
    const answer = await fetch(`${upstream.url}/api/generate`, {
      method: "POST",
      body: JSON.stringify({ model: "llama3", prompt: "tokens=1000 delay=20" }),
      signal: leave.signal,
    });
    await answer.body?.getReader().read();
    leave.abort();
    await expect.poll(async () => (await upstream.seen()).cancelled, { timeout: 20_000 }).toBe(1);
  });

  test("refuses a foreign host or origin with an empty 403, as a server bound to loopback does", async () => {
    const answer = await fetch(`${upstream.url}/api/tags`, { headers: { origin: "https://example.org" } });
    expect([answer.status, await answer.text()]).toEqual([403, ""]);
    expect((await upstream.seen()).total).toBe(0);
  });
});
