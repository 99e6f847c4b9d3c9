import { expect, test } from "vitest";
import { modelNameParts } from "./model-name.ts";

test.each([
  ["llama3.2", "registry.ollama.ai", "library", "llama3.2", "latest"],
  ["llama3.2:3b", "registry.ollama.ai", "library", "llama3.2", "3b"],
  ["Llama3.2:3B-Instruct-q4_K_M", "registry.ollama.ai", "library", "llama3.2", "3b-instruct-q4_k_m"],
  ["registry.ollama.ai/library/x:latest", "registry.ollama.ai", "library", "x", "latest"],
  ["someone/deepseek-r1:7b", "registry.ollama.ai", "someone", "deepseek-r1", "7b"],
  ["hf.co/user/Model-GGUF:Q4_K_M", "hf.co", "user", "model-gguf", "q4_k_m"],
  ["huggingface.co/user/Model-GGUF", "hf.co", "user", "model-gguf", "latest"],
  ["https://registry.example/team/x:1", "registry.example", "team", "x", "1"],
  ["192.0.2.10:5000/team/x:1", "192.0.2.10:5000", "team", "x", "1"],
  ["[2001:db8::1]:5000/team/x", "[2001:db8::1]:5000", "team", "x", "latest"],
  ["x:latest@sha256:" + "0a".repeat(32), "registry.ollama.ai", "library", "x", "latest"],
  [" gpt-oss:120b-cloud ", "registry.ollama.ai", "library", "gpt-oss", "120b-cloud"],
])("%j", (name, host, namespace, model, tag) => {
  expect(modelNameParts(name)).toEqual({ host, namespace, model, tag });
});

test.each([
  [null],
  [""],
  [":latest"],
  ["x:"],
  ["x:a:b"],
  ["a/b/c/d"],
  ["../../etc/passwd"],
  ["/x"],
  ["x/"],
  ["two words"],
  ["x\u0000"],
  ["x\u202ey"],
  ["\ud800"],
  ["-x"],
  ["x".repeat(129)],
  ["a/".repeat(5_000)],
])("%j is no name", (name) => {
  expect(modelNameParts(name)).toBeNull();
});
