/** A model's name in its four parts, lower-cased: servers match existing names without case. */
export interface ModelNameParts {
  /** Registry, with its port when one is named. */
  readonly host: string;
  readonly namespace: string;
  readonly model: string;
  readonly tag: string;
}

const LONGEST = 512; // characters
const DEFAULTS = { host: "registry.ollama.ai", namespace: "library", tag: "latest" } as const;
const SCHEME = /^https?:\/\//u;
const DIGEST = /@sha256[:-][0-9a-f]{1,64}$/u;
const PART = /^[a-z0-9_][a-z0-9_.-]{0,127}$/u;
const HOST = /^[a-z0-9_[][a-z0-9_.:[\]-]{0,349}$/u;

/** Registries with two names. */
const HOST_ALIASES: ReadonlyMap<string, string> = new Map([
  ["huggingface.co", "hf.co"],
  ["www.modelscope.cn", "modelscope.cn"],
]);

/**
 * Splits `[host/][namespace/]model[:tag]` and fills what is left out as servers do: `registry.ollama.ai/library/…:latest`.
 *
 * @returns `null` for what no server could store as a name: control characters, spaces, more than three levels, over 512 characters.
 * @see ollama/ollama@fb307608 types/model/name.go
 */
export function modelNameParts(name: string | null): ModelNameParts | null {
  if (name === null || name.length > LONGEST) return null;
  const text = name.trim().toLowerCase().replace(SCHEME, "").replace(DIGEST, "");
  const levels = text.split("/");
  const last = levels.pop() ?? "";
  const colon = last.indexOf(":");
  const model = colon === -1 ? last : last.slice(0, colon);
  const tag = colon === -1 ? DEFAULTS.tag : last.slice(colon + 1);
  const namespace = levels.pop() ?? DEFAULTS.namespace;
  const host = levels.pop() ?? DEFAULTS.host;
  if (levels.length > 0 || !HOST.test(host) || ![namespace, model, tag].every((part) => PART.test(part))) return null;
  return { host: HOST_ALIASES.get(host) ?? host, namespace, model, tag };
}
