import { expect, test } from "vitest";
import type { HostNetwork } from "../model/host-network.ts";
import { type FoundService, foundWords } from "./start-words.ts";

const NETWORK: HostNetwork = {
  sockets: [
    { address: "127.0.0.1", port: 11_434 },
    { address: "0.0.0.0", port: 8_080 },
  ],
  interfaces: [
    { name: "lo", address: "127.0.0.1", prefixLength: 8 },
    { name: "eth0", address: "192.168.7.20", prefixLength: 24 },
  ],
};
const OLLAMA: FoundService = {
  scheme: "http",
  address: "127.0.0.1",
  port: 11_434,
  answer: "open",
  confirmed: true,
  product: "ollama",
  version: "0.12.3",
  modelCount: 1,
};

test("nothing found is said in plain words, and whether it could look everywhere", () => {
  expect(foundWords([], NETWORK)).toEqual([
    "Nothing found: no model server answered on this machine (asked: every listening port).",
  ]);
  expect(foundWords([], { ...NETWORK, sockets: null })[0]).toContain("could not be read");
});

test("one sentence for each service: what it is, and who else could reach it", () => {
  const [loopback, wide] = foundWords([OLLAMA, { ...OLLAMA, port: 8_080, answer: "login", confirmed: false }], NETWORK);
  expect(loopback).toBe(
    "Ollama (version 0.12.3, 1 model, no login) at http://127.0.0.1:11434 listens on loopback only (127.0.0.1): nobody beyond this " +
      "machine, unless a proxy or tunnel here passes requests on.",
  );
  expect(wide).toMatch(/^Ollama \(behind a login\) at http:\/\/127\.0\.0\.1:8080 .* anyone in 192\.168\.7\.0\/24/u);
  expect(wide).toMatch(/reach from the internet is unknown from here\.$/u);
});

test.for<readonly [Partial<FoundService>, string]>([
  [{ product: "vllm", version: "0.11.0", modelCount: 2 }, "vLLM (version 0.11.0, 2 models, no login)"],
  [{ product: "qdrant", version: "1.15.4", modelCount: null }, "Qdrant (version 1.15.4, no login)"],
  [{ product: "lm-studio", version: null, modelCount: 1 }, "LM Studio (1 model, no login)"],
  [{ product: "comfyui", version: null, modelCount: null }, "ComfyUI (no login)"],
  [{ product: "llama-cpp", version: null, modelCount: 1 }, "llama.cpp (1 model, its list open to anyone)"],
  [{ product: "open-webui", version: "0.6.5", answer: "login" }, "Open WebUI (behind a login)"],
  [{ product: "open-webui", version: "0.6.5", answer: "denied" }, "Open WebUI"],
  [{ product: "acme\u202e", version: null, modelCount: null }, "acme⟨U+202E⟩ (no login)"],
])("%j is named %s", ([change, name]) => {
  const [words] = foundWords([{ ...OLLAMA, confirmed: false, ...change }], NETWORK);
  expect(words?.slice(0, words.indexOf(" at http"))).toBe(name);
});

test("what a server calls itself is shown harmlessly", () => {
  const [words] = foundWords([{ ...OLLAMA, version: "0.1\u001b[2J\u202e" }], NETWORK);
  expect(words).toContain("version 0.1⟨U+001B⟩[2J⟨U+202E⟩,");
});
