import { headerAt, modelNamed, objectAt, statusAt, textAt, valueAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, said } from "./example-reply.ts";

const SERVER = {
  server: "llama.cpp",
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "content-type",
};
const SETTINGS = {
  n_ctx: 512,
  model: "models/example-relu-7b.powerinfer.gguf",
  seed: 4_294_967_295,
  temp: 0.8,
  top_k: 40,
  top_p: 0.95,
  mirostat: 0,
  n_predict: -1,
  n_keep: 0,
  stream: true,
  grammar: "",
};
const NOT_FOUND = {
  status: 404,
  headers: { "content-type": "text/plain", ...SERVER },
  body: "File Not Found",
} as const;

/**
 * PowerInfer's server is a copy of llama.cpp's of late 2023: it says that it is llama.cpp, shows its settings at `/model.json`, and
 * knows no `/v1/models`. A llama.cpp of that autumn itself looks the same.
 */
export const POWERINFER = {
  id: "powerinfer",
  name: "PowerInfer",
  kind: "inference",
  ports: [8080],
  routes: ["powerinfer-model"],
  tells: [
    {
      id: "model-json",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "powerinfer-model");
        if (headerAt(evidence, "powerinfer-model", "server") !== "llama.cpp") return false;
        if (evidence.owners !== null || statusAt(evidence, "v1-models") === 200) return false;
        const hasSettings = ["seed", "n_predict", "top_k"].every((key) => typeof valueAt(told, key) === "number");
        return hasSettings && wordAt(told, "model") !== null;
      },
      source: "SJTU-IPADS/PowerInfer examples/server/server.cpp, /model.json; julius probes/powerinfer.yaml",
      matches: [said("powerinfer-model", SETTINGS, { headers: SERVER })],
      rejects: [
        said("powerinfer-model", SETTINGS),
        said("powerinfer-model", { model: "example" }, { headers: SERVER }),
        { owners: ["llamacpp"], ...said("powerinfer-model", SETTINGS, { headers: SERVER }) },
      ],
    },
    {
      id: "old-refusal",
      certain: false,
      holds: (evidence) =>
        textAt(evidence, "v1-models", 404) === "File Not Found" &&
        headerAt(evidence, "v1-models", "server") === "llama.cpp",
      source: "SJTU-IPADS/PowerInfer examples/server/server.cpp, error handler",
      matches: [said("v1-models", "File Not Found", { status: 404, headers: SERVER })],
      rejects: [
        said("v1-models", "File Not Found", { status: 404 }),
        said("v1-models", { error: { message: "File Not Found" } }, { status: 404, headers: SERVER }),
      ],
    },
  ],
  facts: (evidence: Evidence) => {
    const model = wordAt(objectAt(evidence, "powerinfer-model"), "model");
    // A path of the machine stands there unless it was given another name.
    const name = model?.split(/[/\\]/u).at(-1) ?? null;
    return { models: name === null || name === "" ? null : [modelNamed(name)], access: model === null ? null : "open" };
  },
  examples: [
    {
      name: "open",
      replies: {
        root: {
          status: 200,
          headers: { "content-type": "text/html", ...SERVER },
          body: "<html><head><title>llama.cpp - chat</title></head></html>",
        },
        "powerinfer-model": json(SETTINGS, SERVER),
      },
      otherwise: NOT_FOUND,
      told: { version: null, models: ["example-relu-7b.powerinfer.gguf"], answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "llama.cpp of early 2024, which has both",
      replies: {
        "powerinfer-model": json(SETTINGS, SERVER),
        "v1-models": json(
          { object: "list", data: [{ id: "example-chat", object: "model", created: 1, owned_by: "llamacpp" }] },
          SERVER,
        ),
      },
      otherwise: NOT_FOUND,
      told: { version: null, models: ["example-chat"], answer: "open" },
    },
  ],
} as const satisfies Product;
