import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startGateway } from "../gateway.ts";
import type { TestGateway } from "../gateway.ts";
import { startUpstream } from "../upstream.ts";
import type { Upstream } from "../upstream.ts";
import { chat, post } from "./asking.ts";

const MAIN = join(import.meta.dirname, "../../../src/cli/main.ts");
const SECRET_PROMPT = "the-words-that-nobody-keeps";

let upstream: Upstream;
let gateway: TestGateway;
beforeAll(async () => {
  upstream = await startUpstream();
  gateway = await startGateway(upstream.url, {}, { user: {}, other: {} });
}, 300_000);
afterAll(async () => {
  await gateway.remove();
  await upstream.stop();
});

function corral(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [MAIN, ...args], {
    cwd: gateway.folder,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: gateway.folder },
  });
}

async function allFiles(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = entries
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name), "latin1"));
  return (await Promise.all(texts)).join("\n");
}

test("every request leaves a row; the trail verifies; usage is what the server counted; no key and no prompt is kept anywhere", async () => {
  await (await post(gateway, "/api/chat", chat(`tokens=7 prompt=11 ${SECRET_PROMPT}`))).text();
  await (await post(gateway, "/v1/chat/completions", chat("tokens=5 prompt=3", { stream: true }))).text();
  await (
    await post(
      gateway,
      "/api/generate",
      { model: "llama3", prompt: "tokens=4 prompt=2", stream: false },
      { key: "other" },
    )
  ).text();
  await (await post(gateway, "/api/chat", chat("tokens=9 error=2"))).text();
  await (await post(gateway, "/api/pull", { model: "llama3" })).text();
  await (
    await fetch(`${gateway.url}/api/chat`, {
      method: "POST",
      headers: { authorization: "Bearer wrong-key-of-somebody" },
      body: "{}",
    })
  ).text();
  expect(await gateway.stop()).toBe(0);
  const verified = corral("gateway", "audit", "verify", "--state", "gateway-state");
  expect([verified.status, verified.stderr]).toEqual([0, expect.any(String)]);
  const kept = await allFiles(gateway.folder);
  for (const secret of [
    SECRET_PROMPT,
    "wrong-key-of-somebody",
    ...Object.values(gateway.keys).map((key) => key.secret),
  ]) {
    expect(kept.includes(secret)).toBe(false);
    expect(gateway.said.includes(secret)).toBe(false);
  }
  const rows = kept
    .split("\n")
    .filter((line) => line.includes('"decision"'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const told = rows.map(({ route, decision, reason, promptTokens, answerTokens, counted, status }) => [
    route,
    decision,
    reason,
    promptTokens,
    answerTokens,
    counted,
    status,
  ]);
  expect(told).toEqual([
    ["chat", "allowed", "ok", 11, 7, "server", 200],
    ["v1-chat", "allowed", "ok", 3, 5, "server", 200],
    ["generate", "allowed", "ok", 2, 4, "server", 200],
    ["chat", "failed", "upstream-error", expect.any(Number), 2, "estimate", 200],
    ["pull", "denied", "route-denied", null, null, "none", 403],
    [null, "denied", "unknown-key", null, null, "none", 401],
  ]);
  expect(rows[0]).toMatchObject({
    key: gateway.keys["user"]?.id,
    model: "registry.ollama.ai/library/llama3:latest",
    address: "127.0.0.1",
  });
  expect(gateway.said).toMatch(/authentication failed from 127\.0\.0\.1 \(unknown-key\)/u);
  const usage = JSON.parse(corral("gateway", "usage", "--json").stdout) as unknown;
  expect(JSON.stringify(usage)).toContain(gateway.keys["other"]?.id);
});

test("a client that leaves one token early is charged within a tenth of one that stays", async () => {
  const again = await gateway.again();
  const order = "tokens=100 delay=5 prompt=60 late=2000";
  await (await post(again, "/api/chat", chat(order))).text();
  const leaving = new AbortController();
  const stream = await post(again, "/api/chat", chat(order), { key: "other", signal: leaving.signal });
  let lines = 0;
  await (async () => {
    for await (const piece of stream.body ?? []) {
      lines += Buffer.from(piece).toString().split("\n").length - 1;
      if (lines >= 99) leaving.abort();
    }
  })().catch(() => undefined);
  expect(await again.stop()).toBe(0);
  const rows = (await allFiles(join(gateway.state, "audit")))
    .split("\n")
    .filter((line) => line.includes('"decision"'))
    .map((line) => JSON.parse(line) as { ended: string; counted: string; promptTokens: number; answerTokens: number });
  const [stayed, left] = rows.slice(-2);
  expect([stayed?.ended, left?.ended, left?.counted]).toEqual(["complete", "client-left", "estimate"]);
  const charged = (row: typeof left): number => (row?.promptTokens ?? 0) + (row?.answerTokens ?? 0);
  expect(Math.abs(charged(left) / charged(stayed) - 1)).toBeLessThan(0.1);
  await again.remove();
});
