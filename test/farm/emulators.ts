import { createHash } from "node:crypto";
import type { FarmReply } from "./farm-reply.ts";
import { JSON_BARE, jsonReply, NOT_FOUND, textReply } from "./farm-reply.ts";

/** Products that answer Ollama's paths and are not Ollama. */
export type Emulator = "koboldcpp" | "localai" | "localai-empty" | "open-webui" | "sglang" | "llama-cpp";

type Paths = Readonly<Record<string, FarmReply>>;

const HTML = "text/html; charset=utf-8";
const page = (title: string): FarmReply =>
  textReply(`<!doctype html><html><head><title>${title}</title></head><body>${"x".repeat(6_000)}</body></html>`, HTML);
const JSON_404: FarmReply = { status: 404, contentType: JSON_BARE, body: '{"detail":"Not Found"}' };

const KOBOLD_LIST: FarmReply = jsonReply(
  {
    models: [
      {
        name: "koboldcpp",
        model: "koboldcpp/example:latest",
        modified_at: "2024-07-19T15:26:55.6122841+08:00",
        expires_at: "2055-06-04T19:06:25.5433636+08:00",
        size: 394_998_579,
        size_vram: 394_998_579,
        digest: "b5dc5e784f2a3ee1582373093acf69a2f4e2ac1710b253a001712b86a61f88bb",
        details: {
          parent_model: "",
          format: "gguf",
          family: "koboldcpp",
          families: ["koboldcpp"],
          parameter_size: "128M",
          quantization_level: "Q4_0",
        },
      },
    ],
  },
  JSON_BARE,
);

const LOCALAI: Paths = {
  "/": page("LocalAI - API"),
  "/api/version": jsonReply({ version: "0.9.0" }, JSON_BARE),
  "/api/tags": jsonReply(
    {
      models: [
        {
          name: "example-chat:latest",
          model: "example-chat:latest",
          modified_at: "2026-01-10T03:04:05.1Z",
          digest: `sha256:${createHash("sha256").update("example-chat").digest("hex")}`,
          details: { format: "gguf", family: "llama-cpp", families: ["llama-cpp"] },
          capabilities: ["completion"],
        },
      ],
    },
    JSON_BARE,
  ),
  "/api/ps": jsonReply({ models: null }, JSON_BARE),
  "/.well-known/localai.json": jsonReply({ version: "v3.1.0", endpoints: {} }, JSON_BARE),
  "/v1/models": jsonReply({ object: "list", data: [{ id: "example-chat", object: "model" }] }, JSON_BARE),
};

const PAGES: Readonly<Record<Emulator, Paths>> = {
  koboldcpp: {
    "/": page("KoboldAI Lite"),
    "/api/version": jsonReply({ version: "0.7.0" }, JSON_BARE),
    "/api/tags": KOBOLD_LIST,
    "/api/ps": KOBOLD_LIST,
    "/api/extra/version": jsonReply({ result: "KoboldCpp", version: "1.96", protected: false }, JSON_BARE),
    "/v1/models": jsonReply({ object: "list", data: [{ id: "koboldcpp/example", owned_by: "koboldcpp" }] }, JSON_BARE),
  },
  localai: LOCALAI,
  "localai-empty": { ...LOCALAI, "/api/tags": jsonReply({ models: null }, JSON_BARE) },
  "open-webui": {
    "/": page("Open WebUI"),
    "/api/version": jsonReply({ version: "0.6.5" }, JSON_BARE),
    "/api/config": jsonReply(
      { status: true, name: "Team chat", version: "0.6.5", features: { auth: true } },
      JSON_BARE,
    ),
  },
  sglang: {
    "/": textReply("Ollama is running"),
    "/api/tags": jsonReply(
      {
        models: [
          {
            name: "example/model",
            model: "example/model",
            modified_at: "2026-01-10T03:04:05Z",
            size: 0,
            digest: "",
            details: { format: "sglang", family: "qwen2", parameter_size: "7B" },
          },
        ],
      },
      JSON_BARE,
    ),
    "/v1/models": jsonReply(
      { object: "list", data: [{ id: "example/model", object: "model", created: 1_768_014_245, owned_by: "sglang" }] },
      JSON_BARE,
    ),
  },
  "llama-cpp": {
    "/": page("llama.cpp - chat"),
    "/api/tags": jsonReply(
      { models: [{ name: "example.gguf", model: "example.gguf", modified_at: "", size: "", digest: "" }] },
      JSON_BARE,
    ),
    "/v1/models": jsonReply(
      { object: "list", data: [{ id: "example.gguf", object: "model", created: 1_768_014_245, owned_by: "llamacpp" }] },
      JSON_BARE,
    ),
  },
};

/** What the emulator answers. */
export function emulatorReply(product: Emulator, method: string, path: string): FarmReply {
  const paths = PAGES[product];
  const reply = method === "GET" && Object.hasOwn(paths, path) ? paths[path] : undefined;
  return reply ?? (product.startsWith("localai") ? NOT_FOUND : JSON_404);
}
