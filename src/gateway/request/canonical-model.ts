import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { Refusal } from "../refusal.ts";

/** A model's name as the server resolves it. */
export interface CanonicalModel {
  /**
   * `registry.ollama.ai/library/llama3:latest`, lower case, nothing left out. One that runs elsewhere has the tag under which it is
   * listed: `…/gpt-oss:120b-cloud`, `…/gpt-oss:cloud`.
   */
  readonly key: string;
  readonly host: string;
  /** Whether the name itself says that the model runs elsewhere. */
  readonly cloud: boolean;
  /** `http`, `https` or another before `://`; `null` = none. It plays no part in which model is meant, only in how one is fetched. */
  readonly scheme: string | null;
}

/** Registry that names without one belong to. */
export const DEFAULT_HOST = "registry.ollama.ai";

const LONGEST = 512; // characters
const NAMES: Readonly<Record<"host" | "namespace" | "other", RegExp>> = {
  host: /^[a-z0-9_][a-z0-9_.:-]{0,349}$/u,
  namespace: /^[a-z0-9_][a-z0-9_-]{0,79}$/u,
  other: /^[a-z0-9_][a-z0-9_.-]{0,79}$/u,
};

const UNCLEAR: Result<never, Refusal> = fail({
  status: 400,
  reason: "unclean-model",
  message: "this is no name of a model",
});

interface Source {
  readonly base: string;
  readonly source: "cloud" | "local" | null;
}

/** Cuts off the suffix by which a name says where its model runs: `:cloud`, `:local`, or a tag that ends in `-cloud`. */
function cutSource(name: string): Source {
  const colon = name.lastIndexOf(":");
  if (colon === -1) return { base: name, source: null };
  const suffix = name.slice(colon + 1);
  if (suffix === "cloud" || suffix === "local") return { base: name.slice(0, colon), source: suffix };
  if (!suffix.endsWith("-cloud") || suffix.includes("/")) return { base: name, source: null };
  return { base: name.slice(0, -"-cloud".length), source: "cloud" };
}

/**
 * Resolves a model's name as the server will: white space around it, case, scheme, registry, namespace, tag and source suffix.
 *
 * @see ollama/ollama@fb307608 types/model/name.go, internal/modelref/modelref.go
 */
export function canonicalModel(name: string): Result<CanonicalModel, Refusal> {
  if (name.length > LONGEST) return UNCLEAR;
  const before = recent.get(name);
  if (before !== undefined) return before;
  const resolved = canonical(name);
  if (recent.size >= MOST_RECENT) recent.clear();
  recent.set(name, resolved);
  return resolved;
}

/** Names as they were asked, resolved: requests ask for few models, each in the same words. */
const recent = new Map<string, Result<CanonicalModel, Refusal>>();
const MOST_RECENT = 256;

function canonical(name: string): Result<CanonicalModel, Refusal> {
  const plain = plainName(name);
  if (plain === null) return UNCLEAR;
  const { base, source } = cutSource(plain);
  if (base === "" || (source !== null && cutSource(base).source !== null)) return UNCLEAR;
  return resolve(base, source === "cloud");
}

/** Lower case without the white space around it; `null` for letters beyond ASCII, which lower-casing could make ASCII of. */
function plainName(text: string): string | null {
  let from = 0;
  let to = text.length;
  while (from < to && isSpace(text.charCodeAt(from))) from += 1;
  while (to > from && isSpace(text.charCodeAt(to - 1))) to -= 1;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 33 || code > 126) return null;
  }
  return text.slice(from, to).toLowerCase();
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function resolve(base: string, cloud: boolean): Result<CanonicalModel, Refusal> {
  const lastSlash = base.lastIndexOf("/");
  const colon = base.lastIndexOf(":");
  const isTagged = colon > lastSlash;
  const tag = isTagged ? base.slice(colon + 1) : "latest";
  const model = base.slice(lastSlash + 1, isTagged ? colon : base.length);
  const above = lastSlash === -1 ? null : base.slice(0, lastSlash);
  const nextSlash = above?.lastIndexOf("/") ?? -1;
  const namespace = above === null ? "library" : above.slice(nextSlash + 1);
  const place = above === null || nextSlash === -1 ? null : above.slice(0, nextSlash);
  const mark = place?.indexOf("://") ?? -1;
  const scheme = place === null || mark === -1 ? null : place.slice(0, mark);
  const host = place === null ? DEFAULT_HOST : mark === -1 ? place : place.slice(mark + 3);
  if (!NAMES.host.test(host) || !NAMES.namespace.test(namespace)) return UNCLEAR;
  if (!NAMES.other.test(model) || !NAMES.other.test(tag)) return UNCLEAR;
  const listed = cloud ? (tag === "latest" ? "cloud" : `${tag}-cloud`) : tag;
  return ok({ key: `${host}/${namespace}/${model}:${listed}`, host, cloud, scheme });
}
