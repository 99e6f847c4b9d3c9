import type { ModelRouteId } from "../../src/knowledge/ollama-routes.ts";
import { roleOf } from "./request-case.ts";

/** A role that forbids something of everything, for whose breaches decoded requests are searched. */
export const STRICT_ROLE = roleOf({
  models: ["llama3"],
  clamp: { numCtx: 4096, numPredict: 100, keepAliveSeconds: 600, numGpu: 20, images: 1, bodyBytes: 8_388_608 },
  system: "Be kind.",
  tools: { allow: ["weather"], arguments: {} },
});

type Value = Readonly<Record<string, unknown>>;

const FORCED = "Be kind.";
const NATIVE = new Set<ModelRouteId>(["generate", "chat"]);
const LIMITS: Readonly<Partial<Record<ModelRouteId, string>>> = {
  "v1-chat": "max_tokens",
  "v1-completions": "max_tokens",
  "v1-messages": "max_tokens",
  "v1-responses": "max_output_tokens",
};
const SPEAKERS = new Set(["user", "assistant", "tool", "function"]);

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isValue(inner) ? inner[key] : undefined), value);
}

function isValue(value: unknown): value is Value {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function all(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** What a request as the server decoded it asks for beyond the strict role; empty when nothing. */
export function breaches(id: ModelRouteId, value: Value): readonly string[] {
  return [...limitBreaches(id, value), ...systemBreaches(id, value), ...toolBreaches(value), ...imageBreaches(value)];
}

function isWithin(value: unknown, cap: number): boolean {
  return value === undefined || value === null || (typeof value === "number" && value >= 0 && value <= cap);
}

function limitBreaches(id: ModelRouteId, value: Value): readonly string[] {
  const found: string[] = [];
  if (!isWithin(at(value, "options", "num_ctx"), 4096)) found.push("num_ctx");
  if (!isWithin(at(value, "options", "num_gpu"), 20)) found.push("num_gpu");
  if (!isWithin(value["keep_alive"], 600)) found.push("keep_alive");
  if (typeof value["keep_alive"] === "number" && value["keep_alive"] < 1) found.push("keep_alive unloads");
  const key = LIMITS[id];
  const limit = NATIVE.has(id) ? at(value, "options", "num_predict") : key === undefined ? 0 : value[key];
  if (typeof limit !== "number" || limit < 0 || limit > 100) found.push(`limit ${JSON.stringify(limit)}`);
  return found;
}

function systemBreaches(id: ModelRouteId, value: Value): readonly string[] {
  const roles = (list: unknown): string[] => all(list).map((one) => String(at(one, "role")).toLowerCase());
  if (id === "generate") {
    const isKept = value["system"] === FORCED && !value["raw"] && !value["template"] && !value["suffix"];
    return isKept && all(value["context"]).length === 0 ? [] : ["system of generate"];
  }
  if (id === "chat" || id === "v1-chat") {
    const [first, ...others] = all(value["messages"]);
    if (first === undefined) return [];
    const isKept = at(first, "role") === "system" && at(first, "content") === FORCED;
    return isKept && roles(others).every((role) => SPEAKERS.has(role)) ? [] : ["system of messages"];
  }
  if (id === "v1-messages") {
    return value["system"] === FORCED && roles(value["messages"]).every((role) => SPEAKERS.has(role))
      ? []
      : ["system of messages"];
  }
  if (id === "v1-responses") {
    const messages = all(at(value, "input", "Items")).filter((one) => at(one, "type") === "message");
    const isKept = value["instructions"] === FORCED && roles(messages).every((role) => SPEAKERS.has(role));
    return isKept ? [] : ["system of responses"];
  }
  return id === "v1-completions" ? ["completions have no system prompt"] : [];
}

function toolBreaches(value: Value): readonly string[] {
  const offered = all(value["tools"]).map((tool) => at(tool, "function", "name") ?? at(tool, "name"));
  const called = all(value["messages"]).flatMap((message) => {
    const blocks = all(at(message, "content")).filter((block) => at(block, "type") === "tool_use");
    return [
      ...all(at(message, "tool_calls")).map((call) => at(call, "function", "name")),
      ...blocks.map((block) => at(block, "name")),
    ];
  });
  const calls = all(at(value, "input", "Items")).filter((item) => at(item, "type") === "function_call");
  // A call without a name is left for the server to refuse; one with a name is a call.
  const named = [...called, ...calls.map((item) => at(item, "name"))].filter(
    (name) => name !== undefined && name !== "",
  );
  return [...offered, ...named].filter((name) => name !== "weather").map((name) => `tool ${JSON.stringify(name)}`);
}

function imageBreaches(value: Value): readonly string[] {
  const parts = all(value["messages"]).flatMap((message) => {
    const images = all(at(message, "content")).filter((part) =>
      ["image", "image_url"].includes(String(at(part, "type"))),
    );
    return [...all(at(message, "images")), ...images];
  });
  const items = all(at(value, "input", "Items")).reduce<number>(
    (sum, item) => sum + Number(at(item, "images") ?? 0),
    0,
  );
  const count = all(value["images"]).length + parts.length + items;
  return count > 1 ? [`${count} images`] : [];
}
