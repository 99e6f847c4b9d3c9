import { expect, test } from "vitest";
import { canonicalModel } from "./canonical-model.ts";

const LIBRARY = "registry.ollama.ai/library";

test.for([
  "llama3",
  "Llama3",
  "LLAMA3:LATEST",
  " llama3\n",
  "library/llama3",
  "registry.ollama.ai/library/llama3:latest",
  "Registry.Ollama.AI/Library/Llama3",
  "https://registry.ollama.ai/library/llama3",
  "llama3:local",
  "llama3:latest:local",
])("%j is the same model as llama3", (name) => {
  expect(canonicalModel(name)).toMatchObject({ ok: true, value: { key: `${LIBRARY}/llama3:latest`, cloud: false } });
});

test.for([
  ["llama3:8b", `${LIBRARY}/llama3:8b`],
  ["library2/llama3", "registry.ollama.ai/library2/llama3:latest"],
  ["example.net/ns/llama3", "example.net/ns/llama3:latest"],
  ["http://example.net:5000/ns/llama3", "example.net:5000/ns/llama3:latest"],
  ["hf.co/acme/tiny:Q4_K_M", "hf.co/acme/tiny:q4_k_m"],
  ["llama3-cloud", `${LIBRARY}/llama3-cloud:latest`],
] as const)("%s is another", ([name, key]) => {
  expect(canonicalModel(name)).toMatchObject({ ok: true, value: { key, cloud: false } });
});

test.for([
  ["gpt-oss:cloud", `${LIBRARY}/gpt-oss:cloud`],
  ["gpt-oss:latest-cloud", `${LIBRARY}/gpt-oss:cloud`],
  ["gpt-oss:latest:cloud", `${LIBRARY}/gpt-oss:cloud`],
  ["gpt-oss:120b-cloud", `${LIBRARY}/gpt-oss:120b-cloud`],
  ["GPT-OSS:120B:Cloud", `${LIBRARY}/gpt-oss:120b-cloud`],
] as const)("%s runs elsewhere", ([name, key]) => {
  expect(canonicalModel(name)).toMatchObject({ ok: true, value: { key, cloud: true } });
});

test.for([
  "",
  " ",
  ":latest",
  "llama3:",
  "/llama3",
  "a/b/c/d",
  "ns/",
  "llama 3",
  "llama3:cloud:local",
  "llama3:x-cloud:cloud",
  "llama\u212a",
  "\u00a0llama3",
  "llama3\u0000",
  "../../etc/passwd",
  "ns.dot/llama3",
  "llama3@sha256:00",
  "-llama3",
  "a".repeat(81),
])("%j is no name", (name) => {
  expect(canonicalModel(name)).toMatchObject({ ok: false, error: { status: 400, reason: "unclean-model" } });
});
