import { Buffer } from "node:buffer";
import { describe, expect, test } from "vitest";
import { OPEN_ROLE, clampedRole, roleOf, sentBody, sentBytes } from "../../../test/gateway/request-case.ts";
import type { ModelRouteId } from "../../knowledge/ollama-routes.ts";
import { applyPolicy } from "./apply-policy.ts";
import { multipartFacts } from "./multipart-facts.ts";
import { pathFacts } from "./path-facts.ts";

const USER = { role: "user", content: "hi" };
const GENERATING = [
  ["generate", { prompt: "hi" }],
  ["chat", { messages: [USER] }],
  ["embed", { input: "hi" }],
  ["embeddings", { prompt: "hi" }],
  ["v1-chat", { messages: [USER] }],
  ["v1-completions", { prompt: "hi" }],
  ["v1-embeddings", { input: "hi" }],
  ["v1-responses", { input: "hi" }],
  ["v1-messages", { messages: [USER], max_tokens: 9 }],
] as const satisfies readonly (readonly [ModelRouteId, object])[];

describe("the same question about a model gets the same answer on every route (case 9)", () => {
  const only = roleOf({ models: ["llama3", "qwen3:8b"], deniedModels: ["qwen3:8b"] });

  test.for([...GENERATING, ["show", {}] as const])("%s", ([id, rest]) => {
    for (const name of ["llama3", "LLAMA3:latest", " library/llama3 ", "https://registry.ollama.ai/library/llama3"]) {
      expect(sentBody(id, { model: name, ...rest }, only)).toEqual({ model: name, ...rest });
      expect(sentBody(id, { name, ...rest }, only)).toEqual({ name, ...rest });
    }
    const others = [
      "llama3:8b",
      "evil.example/ns/llama3",
      "http://evil.example/library/llama3",
      "qwen3:8b",
      "QWEN3:8B",
      "llama3:cloud",
    ];
    for (const name of others) {
      expect(sentBody(id, { model: name, ...rest }, only)).toBe("403 model-denied");
      expect(sentBody(id, { name, ...rest }, only)).toBe("403 model-denied");
    }
    expect(sentBody(id, { model: "llama3", name: "qwen3:8b", ...rest }, only)).toBe("400 ambiguous-model");
    expect(sentBody(id, { model: "qwen3:8b", name: "llama3", ...rest }, only)).toBe("400 ambiguous-model");
    expect(sentBody(id, rest, only)).toBe("400 model-missing");
    expect(sentBody(id, { model: "", name: null, ...rest }, only)).toBe("400 model-missing");
    expect(sentBody(id, { model: "a b", ...rest }, only)).toBe("400 unclean-model");
    expect(sentBody(id, `{"model":"llama3\\n\u001f"}`, only)).toBe("400 unclean-model");
    expect(sentBody(id, `{"model":"llama3","Model":"qwen3:8b"}`, only)).toBe("400 folded-key");
    expect(sentBody(id, `{"model":"llama3","model":"qwen3:8b"}`, only)).toBe("400 duplicate-key");
    expect(sentBody(id, `{"model":"llama3"}{"model":"qwen3:8b"}`, only)).toBe("400 trailing-bytes");
  });

  test("in a path and in a form", () => {
    const denied = pathFacts("QWEN3:8b");
    expect(denied.ok && applyPolicy("v1-model", denied.value, only)).toMatchObject({
      ok: false,
      error: { reason: "model-denied" },
    });
    const bytes = Buffer.from('--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nqwen3:8b\r\n--b--\r\n');
    const form = multipartFacts("multipart/form-data; boundary=b", "", bytes);
    expect(form.ok && applyPolicy("v1-audio", form.value, only)).toMatchObject({
      ok: false,
      error: { reason: "model-denied" },
    });
  });
});

test("models that run elsewhere need a role that may use them", () => {
  for (const model of ["gpt-oss:cloud", "gpt-oss:120b-cloud", "GPT-OSS:120B:CLOUD"]) {
    expect(sentBody("chat", { model, messages: [USER] }, OPEN_ROLE)).toBe("403 model-denied");
    expect(sentBody("chat", { model, messages: [USER] }, roleOf({ cloud: true }))).toMatchObject({ model });
  }
  expect(sentBody("chat", { model: "llama3:cloud" }, roleOf({ cloud: true, deniedModels: ["llama3"] }))).toBe(
    "403 model-denied",
  );
});

describe("routes that change models", () => {
  const some = roleOf({ allow: ["D"], models: ["llama3", "mine"], deniedModels: ["secret"] });
  const all = roleOf({ allow: ["D"] });

  test("an alias of a denied model is not made (case 25)", () => {
    expect(sentBody("copy", { source: "secret", destination: "mine" }, some)).toBe("403 model-denied");
    expect(sentBody("copy", { source: "mine", destination: "secret" }, some)).toBe("403 model-denied");
    expect(sentBody("copy", { source: "mine" }, some)).toBe("400 model-missing");
    expect(sentBody("copy", { source: "llama3", destination: "mine" }, some)).toMatchObject({ destination: "mine" });
    expect(sentBody("create", { model: "mine", from: "Secret:latest" }, some)).toBe("403 model-denied");
    expect(sentBody("create", { model: "mine", from: "llama3" }, some)).toMatchObject({ from: "llama3" });
  });

  test.for([
    { files: { "a.gguf": "sha256:0" } },
    { adapters: { a: "sha256:0" } },
    { modelfile: "FROM secret" },
    { path: "/x" },
    { remote_host: "https://x" },
  ])("nor one of what no name tells: %j", (source) => {
    expect(sentBody("create", { model: "mine", ...source }, some)).toBe("403 model-denied");
    expect(sentBody("create", { model: "mine", ...source }, all)).toBe("403 model-denied");
    expect(sentBody("create", { model: "mine", ...source }, roleOf({ allow: ["D"], cloud: true }))).toMatchObject({
      model: "mine",
    });
  });

  test("being open to every model reaches no registry that is not named (case 48)", () => {
    for (const model of [
      "169.254.169.254/ns/m",
      "127.0.0.1:5000/ns/m",
      "hf.co/acme/tiny",
      "http://registry.ollama.ai/library/llama3",
    ]) {
      expect(sentBody("pull", { model }, all)).toBe("403 model-denied");
      expect(sentBody("push", { name: model }, all)).toBe("403 model-denied");
    }
    expect(sentBody("pull", { model: "qwen3" }, all)).toEqual({ model: "qwen3" });
    expect(sentBody("pull", { model: "hf.co/acme/tiny" }, roleOf({ models: ["*", "hf.co/acme/tiny"] }))).toMatchObject(
      {},
    );
    expect(sentBody("chat", { model: "hf.co/acme/tiny" }, OPEN_ROLE)).toEqual({ model: "hf.co/acme/tiny" });
  });
});

test("every byte that no rule changes is sent on as it came", () => {
  const text = '{ "options" : {"num_ctx":99999 ,"seed":1e0}, "model":"m","prompt":"\\u00e9 \u00e9" , "x":[1, 2] }\n';
  const bytes = Buffer.from(text);
  expect(sentBytes("generate", bytes, clampedRole({ numCtx: 512 })).toString()).toBe(text.replace("99999", "512"));
  expect(sentBytes("generate", bytes, OPEN_ROLE)).toBe(bytes);
});
