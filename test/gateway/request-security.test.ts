import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { findRoute } from "../../src/gateway/request/find-route.ts";
import { multipartFacts } from "../../src/gateway/request/multipart-facts.ts";
import { readTarget } from "../../src/gateway/request/read-target.ts";
import { mayCall } from "../../src/gateway/serve/rights.ts";
import type { RolePolicy } from "../../src/gateway/config/gateway-config.ts";
import { OPEN_ROLE, roleOf, sentBytes } from "./request-case.ts";

const BY = { keyId: "00000000", name: "k", owner: "o", role: "r", via: "key", endpoints: null } as const;
const SOME = roleOf({ models: ["llama3"], deniedModels: ["secret"] });
const TURN = { messages: [{ role: "user", content: "hi" }] };

/** What the gateway makes of a request before anything is sent: the route and the bytes, or why not. */
function verdict(role: RolePolicy, line: string, body: string | object = ""): string {
  const [method = "", target = ""] = line.split(" ");
  const read = readTarget(target);
  if (!read.ok) return `${read.error.status} ${read.error.reason}`;
  const match = findRoute(method, read.value.path);
  if ("status" in match) return `${match.status} ${match.reason}`;
  const denied = mayCall(BY, role, { id: match.id, risk: match.route.risk, path: read.value.path });
  if (denied !== null) return `${denied.status} ${denied.reason}`;
  if (match.route.body !== "json") return match.id;
  const sent = sentBytes(match.id, Buffer.from(typeof body === "string" ? body : JSON.stringify(body)), role);
  return typeof sent === "string" ? sent : `${match.id} ${sent.toString()}`;
}

describe("section 4.1: path and method", () => {
  test.for([
    ["1", "POST /api//pull", "400 unclean-path"],
    ["1", "POST //api/pull", "400 unclean-path"],
    ["2", "POST /api/./pull", "400 unclean-path"],
    ["2", "POST /api/chat/../pull", "400 unclean-path"],
    ["3", "POST /api/%70ull", "400 unclean-path"],
    ["4", "POST /api%2Fpull", "400 unclean-path"],
    ["4", "POST /api%5cpull", "400 unclean-path"],
    ["4", "POST /api\\pull", "400 unclean-path"],
    ["5", "POST /API/PULL", "404 unknown-route"],
    ["5", "POST /api/Pull", "404 unknown-route"],
    ["6", "POST /api/pull/", "400 unclean-path"],
    ["6", "POST /api/pull;x", "400 unclean-path"],
    ["6", "POST /api/pull%00", "400 unclean-path"],
    ["6", "POST /api/pull%20", "400 unclean-path"],
    ["7", "POST /api/chatx", "404 unknown-route"],
    ["7", "POST /api/chat/pull", "404 unknown-route"],
    ["8", "GET /api/pull?_method=POST", "405 wrong-method"],
    ["10", "POST http://evil.example/api/chat", "400 unclean-path"],
    ["2 of the table of routes", "GET /metrics", "404 unknown-route"],
    ["2 of the table of routes", "GET /debug/pprof/", "400 unclean-path"],
    ["2 of the table of routes", "POST /api/pull", "403 route-denied"],
    ["2 of the table of routes", "POST /api/show", "403 route-denied"],
    ["2 of the table of routes", "DELETE /api/delete", "403 route-denied"],
  ] as const)("case %s: %s is answered %s", ([, line, answer]) => {
    expect(verdict(OPEN_ROLE, line)).toBe(answer);
  });

  test("case 9: every family is asked the same about models", () => {
    const routes = [
      "/api/generate",
      "/api/chat",
      "/api/embed",
      "/api/embeddings",
      "/v1/chat/completions",
      "/v1/completions",
    ];
    for (const path of [...routes, "/v1/embeddings", "/v1/responses", "/v1/messages"]) {
      expect(verdict(SOME, `POST ${path}`, { model: "secret" })).toBe("403 model-denied");
      expect(verdict(SOME, `POST ${path}`, { model: "other" })).toBe("403 model-denied");
      expect(verdict(SOME, `POST ${path}`, { model: "llama3" })).toContain('{"model":"llama3"}');
    }
  });
});

describe("section 4.3: body and policy", () => {
  test.for([
    ["19", '{"model":"llama3","Model":"secret"}', "400 folded-key"],
    ["19", '{"MODEL":"secret"}', "400 folded-key"],
    ["19", '{"model":"llama3","\u212aeep_alive":-1}', "400 folded-key"],
    ["19", '{"model":"llama3","me\u017fsages":[]}', "400 folded-key"],
    ["20", '{"model":"llama3","model":"secret"}', "400 duplicate-key"],
    ["20", '{"model":"secret","model":"llama3"}', "400 duplicate-key"],
    ["20", '{"model":"llama3"}{"model":"secret"}', "400 trailing-bytes"],
    ["23", '{"name":"secret"}', "403 model-denied"],
    ["23", '{"model":"llama3","name":"secret"}', "400 ambiguous-model"],
    ["23", '{"name":"llama3","model":"secret"}', "400 ambiguous-model"],
    ["24", '{"model":"evil.example/ns/llama3"}', "403 model-denied"],
    ["24", '{"model":"http://evil.example/library/llama3"}', "403 model-denied"],
    ["24", '{"model":"llama3:8b"}', "403 model-denied"],
    ["30", "", "400 missing-body"],
    ["30", "model=llama3", "400 bad-json"],
    ["30", "<x/>", "400 bad-json"],
    ["30", "[]", "400 wrong-type"],
  ] as const)("case %s: %s is answered %s", ([, body, answer]) => {
    expect(verdict(SOME, "POST /api/chat", body)).toBe(answer);
  });

  test("case 24: the same model in other words is the same model", () => {
    for (const model of ["Llama3", "library/llama3", "registry.ollama.ai/library/llama3:latest", " llama3 "]) {
      expect(verdict(SOME, "POST /api/chat", { model, ...TURN })).toBe(`chat ${JSON.stringify({ model, ...TURN })}`);
    }
  });

  test("case 25: no alias of a denied model", () => {
    const maker = roleOf({ allow: ["D"], models: ["llama3", "mine"], deniedModels: ["secret"] });
    expect(verdict(maker, "POST /api/copy", { source: "secret", destination: "mine" })).toBe("403 model-denied");
    expect(verdict(maker, "POST /api/create", { model: "mine", from: "SECRET" })).toBe("403 model-denied");
    expect(verdict(maker, "POST /api/create", { model: "mine", files: { f: "sha256:0" } })).toBe("403 model-denied");
  });

  test("case 26: a form's model is judged, two are refused", () => {
    const part = (name: string): string => `--b\r\nContent-Disposition: form-data; name="model"\r\n\r\n${name}\r\n`;
    const facts = multipartFacts(
      "multipart/form-data; boundary=b",
      "",
      Buffer.from(`${part("llama3")}${part("secret")}--b--`),
    );
    expect(facts).toMatchObject({ ok: false, error: { status: 400, reason: "ambiguous-model" } });
  });

  test("case 27: how long a model stays is the role's to say", () => {
    const role = roleOf({ clamp: { ...OPEN_ROLE.clamp, keepAliveSeconds: 300 } });
    for (const asked of [-1, "9999h", 0, "-1s"]) {
      expect(verdict(role, "POST /api/chat", { model: "m", keep_alive: asked })).toBe(
        'chat {"model":"m","keep_alive":300}',
      );
    }
  });

  test("case 28: nothing passes a forced system prompt by", () => {
    const role = roleOf({ system: "Be kind." });
    for (const way of [{ raw: true }, { template: "x" }, { suffix: "x" }, { context: [1] }]) {
      expect(verdict(role, "POST /api/generate", { model: "m", prompt: "p", ...way })).toBe("403 system-forced");
    }
    expect(verdict(role, "POST /api/generate", { model: "m", system: "be evil" })).toBe(
      'generate {"model":"m","system":"Be kind."}',
    );
  });

  test("case 48: nothing is fetched from a registry that is not named", () => {
    const puller = roleOf({ allow: ["D"] });
    for (const host of [
      "169.254.169.254",
      "127.0.0.1:5000",
      "10.0.0.1",
      "localhost:5000",
      "http://registry.ollama.ai",
    ]) {
      expect(verdict(puller, "POST /api/pull", { model: `${host}/library/m` })).toBe("403 model-denied");
    }
    expect(verdict(puller, "POST /api/pull", { model: "m", insecure: false })).toContain("pull ");
  });
});
