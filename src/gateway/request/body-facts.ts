import type { Buffer } from "node:buffer";
import type { ModelRouteId } from "../../knowledge/ollama-routes.ts";
import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { Refusal } from "../refusal.ts";
import { canonicalModel } from "./canonical-model.ts";
import type { CanonicalModel } from "./canonical-model.ts";
import { goDurationSeconds } from "./go-duration.ts";
import { imagesIn } from "./image-facts.ts";
import { member, numberOf, textOf } from "./json-node.ts";
import type { JsonNode } from "./json-node.ts";
import type { JsonScan } from "./json-scan.ts";
import { toolsIn } from "./tool-facts.ts";

/** What a request asks for, as far as any policy looks at it; nothing here is a guess: the server reads the same. */
export interface BodyFacts {
  /** The scanned body, for edits; `null` for a request whose body is not JSON. */
  readonly body: { readonly bytes: Buffer; readonly root: JsonNode } | null;
  /** The model that is asked; `null` on routes without one. */
  readonly model: CanonicalModel | null;
  /** Models that are named besides: the source of a copy, the base of a new model. */
  readonly others: readonly CanonicalModel[];
  /** Whether a new model is made of something that no name tells: files, a remote host. */
  readonly hasUnnamedSource: boolean;
  readonly stream: boolean;
  /** Tokens of the answer at most, of all choices together; `null` = the request sets no bound. */
  readonly answerTokens: number | null;
  /** Answers asked for (`n`, `best_of`). */
  readonly choices: number;
  /** Seconds that the model shall stay loaded, infinite for ever; `null` = not said. */
  readonly keepAliveSeconds: number | null;
  readonly images: number;
  /** Whether it names media by their addresses, for the server to fetch. */
  readonly hasRemoteMedia: boolean;
  /** Whether it brings a template of the prompt, or what is put into one beyond the switch of thinking. */
  readonly hasTemplate: boolean;
  /** Names of tools that are offered, and of those that the history calls. */
  readonly tools: readonly string[];
  readonly calledTools: readonly string[];
  /** Whether it makes the server search the web with its owner's account. */
  readonly hasWebSearch: boolean;
  /** Whether it asks for the rendered prompt instead of an answer. */
  readonly isDebug: boolean;
  /** Bytes of the request that become prompt: all but images. */
  readonly promptBytes: number;
}

/** Facts of a request that says nothing. */
export const NO_FACTS: BodyFacts = {
  body: null,
  model: null,
  others: [],
  hasUnnamedSource: false,
  stream: false,
  answerTokens: 0,
  choices: 1,
  keepAliveSeconds: null,
  images: 0,
  hasRemoteMedia: false,
  hasTemplate: false,
  tools: [],
  calledTools: [],
  hasWebSearch: false,
  isDebug: false,
  promptBytes: 0,
};

const NO_MODEL: Refusal = { status: 400, reason: "model-missing", message: "model is required" };
const TWO_MODELS: Refusal = { status: 400, reason: "ambiguous-model", message: "model and name must not differ" };
const BAD_DURATION: Refusal = { status: 400, reason: "bad-duration", message: "keep_alive is no duration" };

/** Keys that name a model, by route where it is not `model` or its old form `name`. */
const NAME_KEYS: Readonly<Partial<Record<ModelRouteId, readonly string[]>>> = { copy: ["source", "destination"] };
/** Keys that name another model besides. */
const OTHER_KEYS: Readonly<Partial<Record<ModelRouteId, readonly string[]>>> = { create: ["from", "draft"] };
/** Keys of a new model whose content no name tells. */
const UNNAMED_SOURCES = ["files", "adapters", "remote_host", "modelfile", "path"] as const;
/** Keys that bound an answer, of every family; the server reads one of them, the largest is the bound. */
const LIMIT_KEYS = ["max_tokens", "max_completion_tokens", "max_output_tokens"] as const;
const NATIVE_LIMITED: ReadonlySet<ModelRouteId> = new Set(["generate", "chat"]);
const SILENT: ReadonlySet<ModelRouteId> = new Set(["embed", "embeddings", "v1-embeddings"]);

/** Reads what policies need from a scanned body; a body whose scan was refused, or that names no model, is refused. */
export function bodyFacts(id: ModelRouteId, bytes: Buffer, scan: JsonScan): Result<BodyFacts, Refusal> {
  if (scan.refusal !== null) return fail(scan.refusal);
  const { root } = scan;
  const names = namesIn(id, bytes, root);
  if (!names.ok) return names;
  const keepAliveSeconds = keepAliveOf(bytes, root);
  if (Number.isNaN(keepAliveSeconds)) return fail(BAD_DURATION);
  const images = imagesIn(bytes, root);
  const choices = Math.max(1, atLeast(bytes, root, "n"), atLeast(bytes, root, "best_of"));
  return ok({
    body: { bytes, root },
    ...names.value,
    hasUnnamedSource: id === "create" && UNNAMED_SOURCES.some((key) => isFilled(member(root, key))),
    stream: streamOf(id, root),
    answerTokens: answerTokensOf(id, bytes, root, choices),
    choices,
    keepAliveSeconds,
    images: images.count,
    hasRemoteMedia: images.isRemote,
    hasTemplate: isFilled(member(root, "chat_template")) || hasMore(member(root, "chat_template_kwargs")),
    ...toolsIn(id, bytes, root),
    isDebug: member(root, "_debug_render_only")?.kind === "true",
    promptBytes: bytes.length - images.bytes,
  });
}

/** Not null, not empty. */
export function isFilled(node: JsonNode | null): boolean {
  if (node === null) return false;
  return node.kind === "string"
    ? node.end - node.start > 2
    : node.size > 0 || node.kind === "true" || node.kind === "number";
}

/** Whether an object holds more than its form names. */
function hasMore(node: JsonNode | null): boolean {
  let named = 0;
  for (let one = node?.lastMember ?? null; one !== null; one = one.previous) named += 1;
  return node !== null && node.size > named;
}

type Names = Pick<BodyFacts, "model" | "others">;

function namesIn(id: ModelRouteId, bytes: Buffer, root: JsonNode): Result<Names, Refusal> {
  if (MODEL_ROUTES[id].model === "none") return ok({ model: null, others: [] });
  const own = NAME_KEYS[id];
  const asked = canonicals(bytes, root, own ?? ["model", "name"]);
  if (!asked.ok) return asked;
  const [model, second] = asked.value;
  if (model === undefined || (own !== undefined && second === undefined)) return fail(NO_MODEL);
  if (own === undefined && second !== undefined && second.key !== model.key) return fail(TWO_MODELS);
  const more = canonicals(bytes, root, OTHER_KEYS[id] ?? []);
  if (!more.ok) return more;
  return ok({ model, others: own === undefined || second === undefined ? more.value : [second] });
}

/** Names under keys, in order; empty ones are as good as absent. */
function canonicals(bytes: Buffer, root: JsonNode, keys: readonly string[]): Result<CanonicalModel[], Refusal> {
  const found: CanonicalModel[] = [];
  for (const key of keys) {
    const node = member(root, key);
    if (node === null || !isFilled(node)) continue;
    const name = canonicalModel(textOf(bytes, node));
    if (!name.ok) return name;
    found.push(name.value);
  }
  return ok(found);
}

function streamOf(id: ModelRouteId, root: JsonNode): boolean {
  if (MODEL_ROUTES[id].stream === "none") return false;
  const said = member(root, "stream");
  return said === null ? MODEL_ROUTES[id].streamDefault : said.kind === "true";
}

function atLeast(bytes: Buffer, root: JsonNode, key: string): number {
  const node = member(root, key);
  return node === null ? 1 : numberOf(bytes, node);
}

function answerTokensOf(id: ModelRouteId, bytes: Buffer, root: JsonNode, choices: number): number | null {
  if (SILENT.has(id) || !MODEL_ROUTES[id].generates) return 0;
  const keys = NATIVE_LIMITED.has(id) ? ["num_predict"] : LIMIT_KEYS;
  const place = NATIVE_LIMITED.has(id) ? member(root, "options") : root;
  let bound: number | null = null;
  for (const key of keys) {
    const node = member(place, key);
    if (node === null) continue;
    const tokens = numberOf(bytes, node);
    if (tokens < 0) return null;
    bound = Math.max(bound ?? 0, tokens);
  }
  return bound === null ? null : bound * choices;
}

/** NaN for what is no duration; infinite for a negative one, which the server takes for ever. */
function keepAliveOf(bytes: Buffer, root: JsonNode): number | null {
  const node = member(root, "keep_alive");
  if (node === null) return null;
  const seconds =
    node.kind === "number" ? numberOf(bytes, node) : (goDurationSeconds(textOf(bytes, node)) ?? Number.NaN);
  return seconds < 0 ? Number.POSITIVE_INFINITY : seconds;
}
