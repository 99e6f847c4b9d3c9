import Anthropic from "@anthropic-ai/sdk";
import { Ollama } from "ollama";
import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { forwarded } from "./asking.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";

let upstream: Upstream;
let gateway: TestGateway;
let key = "";
beforeAll(async () => {
  upstream = await startUpstream();
  gateway = await startGateway(upstream.url);
  key = gateway.keys["user"]?.secret ?? "";
}, 300_000);
afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});
beforeEach(() => upstream.reset());

const ollama = (): Ollama => new Ollama({ host: gateway.url, headers: { authorization: `Bearer ${key}` } });
const openai = (): OpenAI => new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: key, maxRetries: 0 });
const anthropic = (): Anthropic => new Anthropic({ baseURL: gateway.url, apiKey: key, maxRetries: 0 });
const ASKED = [{ role: "user" as const, content: "tokens=5 delay=1 say=moo" }];

test("the client of Ollama: lists, chats, streams, embeds, generates", async () => {
  const client = ollama();
  const names = (await client.list()).models.map(({ name }) => name);
  expect(names).toContain("llama3:latest");
  expect(names).not.toContain("gpt-oss:120b-cloud");
  const whole = await client.chat({ model: "llama3", messages: ASKED });
  expect(whole.message.content).toContain("moo");
  expect(whole.eval_count).toBe(5);
  const parts: string[] = [];
  let last = 0;
  for await (const part of await client.chat({ model: "llama3", messages: ASKED, stream: true })) {
    parts.push(part.message.content);
    last = part.eval_count;
  }
  expect(parts.join("")).toBe(whole.message.content);
  expect(last).toBe(5);
  expect((await client.generate({ model: "llama3", prompt: "tokens=2" })).eval_count).toBe(2);
  expect((await client.embed({ model: "embed-small", input: ["a", "b"] })).embeddings.length).toBeGreaterThan(0);
  expect((await client.ps()).models.map(({ name }) => name)).toContain("llama3:latest");
});

test("the client of Ollama is told in its own words what it may not do", async () => {
  const client = ollama();
  await expect(client.delete({ model: "llama3" })).rejects.toThrow("this key may not use this route");
  await expect(client.show({ model: "llama3" })).rejects.toThrow("this key may not use this route");
  await expect(client.pull({ model: "evil.example/x/y", stream: false })).rejects.toThrow(
    "this key may not use this route",
  );
  const stranger = new Ollama({ host: gateway.url, headers: { authorization: "Bearer nobody" } });
  await expect(stranger.list()).rejects.toThrow("a valid key is required");
  expect(await forwarded(upstream)).toEqual([]);
});

test("the client of OpenAI: models, chat, stream with usage, embeddings, errors", async () => {
  const client = openai();
  const names: string[] = [];
  for await (const { id } of client.models.list()) names.push(id);
  expect(names).toContain("llama3:latest");
  expect(names.some((name) => name.includes("cloud"))).toBe(false);
  const whole = await client.chat.completions.create({ model: "llama3", messages: ASKED });
  expect(whole.choices[0]?.message.content).toContain("moo");
  expect(whole.usage?.completion_tokens).toBe(5);
  let text = "";
  let usage = 0;
  const asked = { model: "llama3", messages: ASKED, stream: true, stream_options: { include_usage: true } } as const;
  for await (const part of await client.chat.completions.create(asked)) {
    text += part.choices[0]?.delta.content ?? "";
    usage = part.usage?.completion_tokens ?? usage;
  }
  expect(text).toBe(whole.choices[0]?.message.content);
  expect(usage).toBe(5);
  const vectors = await client.embeddings.create({ model: "embed-small", input: "a" });
  expect(vectors.data).toHaveLength(1);
  const refused = client.chat.completions.create({ model: "gpt-oss:120b-cloud", messages: ASKED });
  await expect(refused).rejects.toMatchObject({ status: 403, code: "model_denied" });
  await expect(
    new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "x", maxRetries: 0 }).models.list(),
  ).rejects.toMatchObject({
    status: 401,
    type: "authentication_error",
  });
});

test("the client of Anthropic: messages, stream, errors", async () => {
  const client = anthropic();
  const asked = { model: "llama3", max_tokens: 50, messages: ASKED };
  const whole = await client.messages.create(asked);
  expect(whole.content[0]).toMatchObject({ type: "text" });
  expect(whole.usage.output_tokens).toBe(5);
  const streamed = await client.messages.stream(asked).finalMessage();
  expect(streamed.content).toEqual(whole.content);
  await expect(client.messages.create({ ...asked, model: "nobody/has/this@" })).rejects.toMatchObject({ status: 400 });
  const stranger = new Anthropic({ baseURL: gateway.url, apiKey: "x", maxRetries: 0 });
  await expect(stranger.messages.create(asked)).rejects.toMatchObject({
    status: 401,
    error: { type: "error", error: { type: "authentication_error" } },
  });
});

test("a client that leaves ends its work upstream", async () => {
  const client = ollama();
  const stream = await client.chat({
    model: "llama3",
    messages: [{ role: "user", content: "tokens=500 delay=5" }],
    stream: true,
  });
  let parts = 0;
  await expect(
    (async () => {
      for await (const part of stream) if (!part.done && ++parts === 3) client.abort();
    })(),
  ).rejects.toThrow(/abort/iu);
  await expect.poll(async () => (await upstream.seen()).cancelled, { timeout: 20_000 }).toBe(1);
  expect((await upstream.seen()).inFlight).toBe(0);
});
