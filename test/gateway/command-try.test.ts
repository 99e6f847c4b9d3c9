import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runKeyAdd, runKeyRevoke } from "../../src/gateway/command/key-command.io.ts";
import { runGatewayTry } from "../../src/gateway/command/try-command.io.ts";
import { testTerminal } from "../support/test-terminal.ts";

const CONFIG = `
upstream: http://127.0.0.1:9
roles:
  user: { models: [llama3], clamp: { numCtx: 4096, bodyBytes: 2000 } }
  admin: { allow: [A, B, C, D] }
  reader: { allow: [A], routes: { allow: [show], deny: [ps] } }
`;

let folder = "";
const ids: Record<string, string> = {};

async function keyOf(name: string, wish: object): Promise<void> {
  const terminal = testTerminal(folder);
  await runKeyAdd([], { name, json: true, ...wish }, terminal);
  ids[name] = (JSON.parse(terminal.written.out) as { id: string }).id;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "corral-try-"));
  writeFileSync(join(folder, "gateway.yaml"), CONFIG);
  await keyOf("good", { role: "user" });
  await keyOf("near", { role: "user", address: ["192.0.2.0/24"] });
  await keyOf("gone", { role: "user" });
  await runKeyRevoke([ids["gone"] ?? ""], {}, testTerminal(folder));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Tried {
  readonly exit: number;
  readonly said: Record<string, unknown>;
}

async function tried(words: readonly string[], options: Record<string, string>, body?: string): Promise<Tried> {
  const terminal = testTerminal(folder);
  const input = async function* (): AsyncGenerator<Uint8Array, void> {
    yield await Promise.resolve(Buffer.from(body ?? ""));
  };
  const exit = await runGatewayTry(
    words,
    { json: true, ...options, ...(body === undefined ? {} : { body: "-" }) },
    { ...terminal, input },
  );
  return { exit, said: JSON.parse(terminal.written.out) as Record<string, unknown> };
}

describe("by role", () => {
  const chat = (model: string): string => JSON.stringify({ model, messages: [] });
  test.for<[string, readonly string[], string | undefined, string, number | null, string]>([
    ["user", ["GET", "/api/tags"], undefined, "allowed", null, "ok"],
    ["user", ["POST", "/api/pull"], `{"model":"llama3"}`, "denied", 403, "route-denied"],
    ["admin", ["POST", "/api/pull"], `{"model":"llama3"}`, "allowed", null, "ok"],
    ["user", ["POST", "/api/chat"], chat("registry.ollama.ai/library/LLAMA3:latest"), "allowed", null, "ok"],
    ["user", ["POST", "/v1/chat/completions"], chat("llama3"), "allowed", null, "ok"],
    ["user", ["POST", "/api/chat"], chat("other"), "denied", 403, "model-denied"],
    ["user", ["POST", "/api/chat"], `{"model":"llama3","Model":"other"}`, "denied", 400, "folded-key"],
    ["user", ["POST", "/api/chat"], `{"model":"llama3","x":"${"y".repeat(2000)}"}`, "denied", 413, "body-too-large"],
    ["user", ["GET", "/api//tags"], undefined, "denied", 400, "unclean-path"],
    ["user", ["GET", "/nowhere"], undefined, "denied", 404, "unknown-route"],
    ["reader", ["GET", "/api/ps"], undefined, "denied", 403, "route-denied"],
    ["reader", ["POST", "/api/show"], `{"model":"llama3"}`, "allowed", null, "ok"],
    ["reader", ["POST", "/api/chat"], chat("llama3"), "denied", 403, "route-denied"],
  ])("%s %j %s", async ([role, words, body, decision, status, reason]) => {
    const { exit, said } = await tried(words, { role }, body);
    expect(said).toMatchObject({ decision, status, reason, role, key: null });
    expect(exit).toBe(decision === "allowed" ? 0 : 1);
  });
});

test("shows the body as it would be sent on, and nothing when it goes as it is", async () => {
  const body = (numCtx: number): string =>
    JSON.stringify({ model: "llama3", options: { num_ctx: numCtx }, messages: [] });
  expect((await tried(["POST", "/api/chat"], { role: "user" }, body(4096))).said).toMatchObject({
    model: "registry.ollama.ai/library/llama3:latest",
    sends: null,
    answerTokens: 1024,
  });
  expect((await tried(["POST", "/api/chat"], { role: "user" }, body(9999))).said).toMatchObject({ sends: body(4096) });
});

describe("by key, as it stands now", () => {
  test.for<[string, Record<string, string>, string, string]>([
    ["good", {}, "allowed", "ok"],
    ["near", {}, "denied", "address-not-allowed"],
    ["near", { address: "192.0.2.9" }, "allowed", "ok"],
    ["gone", {}, "denied", "revoked-key"],
    ["ffffffff", {}, "denied", "unknown-key"],
  ])("%s %j", async ([name, options, decision, reason]) => {
    const { said } = await tried(["GET", "/api/tags"], { "key-id": ids[name] ?? name, ...options });
    expect(said).toMatchObject({ decision, reason });
    if (decision === "denied")
      expect(said).toMatchObject({ status: 401, message: expect.stringContaining("a valid key") as string });
  });
});

test("what cannot be tried is told", async () => {
  await expect(tried(["GET", "/"], {})).rejects.toThrow("give either --key-id or --role");
  await expect(tried(["GET", "/"], { role: "nobody" })).rejects.toThrow(
    "--role: is none of the configuration: user, admin, reader",
  );
  await expect(tried(["GET", "/"], { "key-id": ids["near"] ?? "", address: "here" })).rejects.toThrow(
    "--address: is no IP address",
  );
  await expect(tried(["POST", "/api/chat"], { role: "user", body: "missing.json" })).rejects.toThrow("no such file");
});

test("in words", async () => {
  const terminal = testTerminal(folder);
  await runGatewayTry(["post", "/api/pull"], { role: "user" }, terminal);
  expect(terminal.written.out).toBe(
    [
      "would be:       denied: 403 route-denied",
      "client is told: this key may not use this route",
      "role:           user",
      "route:          pull, class D: changes models or disk, or calls outside",
      "",
    ].join("\n"),
  );
});
