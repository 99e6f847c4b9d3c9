import type { FarmReply } from "./farm-reply.ts";
import { JSON_BARE, JSON_UTF8, jsonReply, NOT_FOUND, PLAIN, textReply } from "./farm-reply.ts";
import type { FarmRequest } from "./farm-server.ts";

/** A model as a farm server keeps it; each version sends of it what it could send. */
export interface FarmModel {
  readonly name: string;
  readonly digest: string;
  readonly size: number;
  readonly modifiedAt: string;
  readonly family: string;
  readonly families: readonly string[] | null;
  readonly parameterSize: string;
  readonly parameterCount: number;
  readonly quantization: string;
  readonly capabilities: readonly string[];
  readonly template: string;
  readonly system: string | null;
  readonly remote: { readonly model: string; readonly host: string } | null;
  /** Loaded now: bytes in GPU memory. */
  readonly loaded: { readonly vram: number; readonly expiresAt: string } | null;
}

type Fields = Record<string, unknown>;

/** What an Ollama of that version answers (ollama/ollama@fb307608 and the release tags before it). */
export function ollamaReply(version: string, models: readonly FarmModel[], request: FarmRequest): FarmReply {
  const { method, path } = request;
  if (method === "GET" && path === "/") return textReply("Ollama is running");
  const route = ROUTES.find((row) => row.path === path && since(version, row.since));
  if (route === undefined) return NOT_FOUND;
  if (route.method !== method) return wrongMethod(version, route.method);
  return route.reply(version, models, request);
}

interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly since: string;
  reply(version: string, models: readonly FarmModel[], request: FarmRequest): FarmReply;
}

const ROUTES: readonly Route[] = [
  { method: "GET", path: "/api/version", since: "0.1.14", reply: (version) => jsonReply({ version }) },
  { method: "GET", path: "/api/tags", since: "0.0.6", reply: tagsReply },
  { method: "GET", path: "/api/ps", since: "0.1.38", reply: psReply },
  { method: "POST", path: "/api/show", since: "0.0.18", reply: showReply },
  { method: "GET", path: "/v1/models", since: "0.2.0", reply: openAiReply },
  { method: "POST", path: "/api/generate", since: "0.0.1", reply: () => NOT_FOUND },
];

/** Whether a version is at least another: release numbers compared, suffixes ignored. */
export function since(version: string, least: string): boolean {
  const [left, right] = [version, least].map((text) => text.split(/[.-]/u).map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function wrongMethod(version: string, allowed: string): FarmReply {
  if (!since(version, "0.7.0")) return NOT_FOUND;
  return { status: 405, contentType: PLAIN, body: "405 method not allowed", headers: [`Allow: ${allowed}`] };
}

function tagsReply(version: string, models: readonly FarmModel[]): FarmReply {
  if (models.length === 0) return jsonReply({ models: since(version, "0.1.38") ? [] : null });
  const newestFirst = models.toSorted((a, b) => Date.parse(b.modifiedAt) - Date.parse(a.modifiedAt));
  return jsonReply({ models: newestFirst.map((model) => tagsEntry(version, model)) });
}

function tagsEntry(version: string, model: FarmModel): Fields {
  const remote = model.remote !== null && since(version, "0.12.0") ? model.remote : null;
  return {
    name: model.name,
    ...(since(version, "0.1.21") ? { model: model.name } : {}),
    ...(remote === null ? {} : { remote_model: remote.model, remote_host: remote.host }),
    modified_at: model.modifiedAt,
    size: model.size,
    digest: model.digest,
    ...(since(version, "0.1.15") ? { details: detailsOf(version, model, true) } : {}),
    ...(since(version, "0.30.0") && remote === null ? { capabilities: model.capabilities } : {}),
  };
}

function detailsOf(version: string, model: FarmModel, inTags: boolean): Fields {
  const withLengths = inTags && since(version, "0.30.0") && model.remote === null;
  return {
    ...(since(version, "0.1.21") ? { parent_model: "" } : {}),
    format: model.remote === null ? "gguf" : "",
    family: model.family,
    families: model.families,
    parameter_size: model.parameterSize,
    quantization_level: model.quantization,
    ...(withLengths ? { context_length: 131_072, embedding_length: 3_584 } : {}),
  };
}

function psReply(version: string, models: readonly FarmModel[]): FarmReply {
  const running = models.flatMap((model) => {
    if (model.loaded === null) return [];
    return [
      {
        name: model.name,
        model: model.name,
        size: model.size,
        digest: model.digest,
        details: detailsOf(version, model, false),
        expires_at: model.loaded.expiresAt,
        size_vram: model.loaded.vram,
        ...(since(version, "0.10.0") ? { context_length: 4_096 } : {}),
      },
    ];
  });
  return jsonReply({ models: running });
}

function openAiReply(_version: string, models: readonly FarmModel[]): FarmReply {
  const data = models.map((model) => ({
    id: model.name,
    object: "model",
    created: Math.floor(Date.parse(model.modifiedAt) / 1_000),
    owned_by: "library",
  }));
  return jsonReply({ object: "list", data: data.length === 0 ? null : data }, JSON_BARE);
}

function showReply(version: string, models: readonly FarmModel[], request: FarmRequest): FarmReply {
  const asked = JSON.parse(request.body) as { readonly model?: string; readonly name?: string };
  const name = (since(version, "0.1.18") ? asked.model : undefined) ?? asked.name ?? "";
  const model = models.find((one) => one.name === name);
  if (model === undefined) {
    return { status: 404, contentType: JSON_UTF8, body: JSON.stringify({ error: `model '${name}' not found` }) };
  }
  return jsonReply({
    license: "Example licence, not to be kept.",
    modelfile: `# Modelfile generated by "ollama show"\nFROM /Users/somebody/.ollama/models/blobs/sha256-${model.digest}\n`,
    parameters: 'stop                           "<|im_end|>"',
    template: model.template,
    ...(model.system === null ? {} : { system: model.system }),
    ...(since(version, "0.1.15") ? { details: detailsOf(version, model, false) } : {}),
    ...(since(version, "0.1.45") ? { model_info: modelInfo(model) } : {}),
    ...(since(version, "0.6.1")
      ? { tensors: [{ name: "token_embd.weight", type: "Q4_K", shape: [3_584, 152_064] }] }
      : {}),
    ...(since(version, "0.6.4") ? { capabilities: model.capabilities.filter((word) => wordSince(version, word)) } : {}),
    ...(since(version, "0.1.45") ? { modified_at: model.modifiedAt } : {}),
    ...(since(version, "0.14.0") ? { requires: "0.14.0" } : {}),
  });
}

function modelInfo(model: FarmModel): Fields {
  return {
    "general.architecture": model.family,
    "general.file_type": 15,
    "general.parameter_count": model.parameterCount,
    [`${model.family}.block_count`]: 28,
    [`${model.family}.context_length`]: 131_072,
    [`${model.family}.embedding_length`]: 3_584,
  };
}

function wordSince(version: string, word: string): boolean {
  return word !== "thinking" || since(version, "0.9.0");
}
