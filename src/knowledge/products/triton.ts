import { headerAt, listIn, modelNamed, objectAt, statusAt, textAt, wordAt } from "../evidence.ts";
import type { Evidence, Product } from "../product.ts";
import { json, said } from "./example-reply.ts";

const SERVER = {
  name: "triton",
  version: "2.58.0",
  extensions: [
    "classification",
    "sequence",
    "model_repository",
    "model_repository(unload_dependents)",
    "schedule_policy",
    "model_configuration",
    "system_shared_memory",
    "binary_tensor_data",
    "parameters",
    "statistics",
    "trace",
    "logging",
  ],
};
const STATS = {
  model_stats: [
    { name: "example-resnet", version: "1", last_inference: 0, inference_count: 0, execution_count: 0 },
    { name: "example-bert", version: "1", last_inference: 0, inference_count: 0, execution_count: 0 },
    { name: "example-bert", version: "2", last_inference: 0, inference_count: 0, execution_count: 0 },
  ],
};
const NOT_FOUND = {
  status: 404,
  headers: { "content-type": "application/json" },
  body: { error: "Not Found" },
} as const;

/** Triton speaks the KServe form, as others do; its name tells it. It knows no login, but single routes can be closed (403). */
export const TRITON = {
  id: "triton",
  name: "Triton Inference Server",
  kind: "platform",
  ports: [8000],
  routes: ["triton-server", "triton-models"],
  tells: [
    {
      id: "name",
      certain: true,
      holds: (evidence) => {
        const told = objectAt(evidence, "triton-server");
        return wordAt(told, "name") === "triton" && listIn(told, "extensions") !== null;
      },
      source: "triton-inference-server/server docs/protocol; KServe v2 protocol, server metadata",
      matches: [said("triton-server", SERVER)],
      rejects: [
        said("triton-server", { name: "mlserver", version: "1.6.1", extensions: [] }),
        said("triton-server", { name: "triton" }),
      ],
    },
    {
      id: "bare-refusal",
      certain: false,
      holds: (evidence) => {
        if (headerAt(evidence, "root", "server") !== "") return false;
        if (statusAt(evidence, "root") === 404) return textAt(evidence, "root", 404) === '{"error":"Not Found"}';
        return statusAt(evidence, "root") === 400 && textAt(evidence, "root", 400) === "";
      },
      source: "triton-inference-server/server src/http_server.cc: the answer to a path it does not know",
      matches: [said("root", { error: "Not Found" }, { status: 404 }), said("root", "", { status: 400 })],
      rejects: [
        said("root", { error: "Not Found" }, { status: 404, headers: { server: "nginx" } }),
        said("root", "404 page not found", { status: 404 }),
      ],
    },
  ],
  facts,
  examples: [
    {
      name: "open",
      replies: { "triton-server": json(SERVER), "triton-models": json(STATS) },
      otherwise: NOT_FOUND,
      told: { version: "2.58.0", models: ["example-resnet", "example-bert"], answer: "open" },
    },
    {
      name: "without its statistics",
      replies: { "triton-server": json(SERVER) },
      otherwise: { status: 400, body: "" },
      told: { version: "2.58.0", models: null, answer: "open" },
    },
  ],
  lookAlikes: [
    {
      name: "MLServer, which speaks the same form",
      replies: { "triton-server": json({ name: "mlserver", version: "1.6.1", extensions: [] }, { server: "uvicorn" }) },
      otherwise: { status: 404, headers: { server: "uvicorn" }, body: { detail: "Not Found" } },
      told: { version: null, models: null, answer: "other" },
    },
  ],
} as const satisfies Product;

function facts(evidence: Evidence): ReturnType<Product["facts"]> {
  const told = objectAt(evidence, "triton-server");
  const stats = listIn(objectAt(evidence, "triton-models"), "model_stats");
  const names = new Set(stats?.flatMap((entry) => wordAt(entry, "name") ?? []));
  return {
    version: wordAt(told, "version"),
    models: stats === null ? null : [...names].map((name) => modelNamed(name)),
    access: told === null ? null : "open",
  };
}
