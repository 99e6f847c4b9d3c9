import type { ModelRouteId } from "../../knowledge/ollama-routes.ts";
import type { Clamp } from "../config/gateway-config.ts";
import type { BodyFacts } from "./body-facts.ts";
import { putMember, putWithin } from "./edit.ts";
import type { Edit } from "./edit.ts";
import { member, numberOf } from "./json-node.ts";
import type { JsonNode } from "./json-node.ts";

type Body = NonNullable<BodyFacts["body"]>;

/** Keys that bound an answer, by route; the first is put where none is there. */
const LIMIT_KEYS: Readonly<Partial<Record<ModelRouteId, readonly [string, ...string[]]>>> = {
  "v1-chat": ["max_tokens", "max_completion_tokens"],
  "v1-completions": ["max_tokens", "max_completion_tokens"],
  "v1-messages": ["max_tokens"],
  "v1-responses": ["max_output_tokens"],
};
const NATIVE_LIMITED: ReadonlySet<ModelRouteId> = new Set(["generate", "chat"]);

/** Lowers what a request asks for to what a role may; an answer without a bound gets one. */
export function clampEdits(id: ModelRouteId, { body, keepAliveSeconds }: BodyFacts, clamp: Clamp): readonly Edit[] {
  if (body === null) return [];
  const edits: Edit[] = [];
  const options = member(body.root, "options");
  lower(edits, body, member(options, "num_ctx"), clamp.numCtx);
  lower(edits, body, member(options, "num_gpu"), clamp.numGpu);
  if (clamp.numPredict !== null) limitAnswer(edits, id, body, clamp.numPredict);
  if (clamp.keepAliveSeconds !== null && keepAliveSeconds !== null) {
    const isFine =
      keepAliveSeconds >= Math.min(1, clamp.keepAliveSeconds) && keepAliveSeconds <= clamp.keepAliveSeconds;
    if (!isFine) edits.push(putMember(body.root, "keep_alive", String(clamp.keepAliveSeconds)));
  }
  return edits;
}

function limitAnswer(edits: Edit[], id: ModelRouteId, body: Body, cap: number): void {
  const inOptions = member(member(body.root, "options"), "num_predict");
  lower(edits, body, inOptions, cap);
  if (NATIVE_LIMITED.has(id)) {
    if (inOptions === null) edits.push(putWithin(body.root, "options", "num_predict", String(cap)));
    return;
  }
  const keys = LIMIT_KEYS[id];
  if (keys === undefined) return;
  const said = keys.map((key) => member(body.root, key));
  for (const node of said) lower(edits, body, node, cap);
  if (said.every((node) => node === null)) edits.push(putMember(body.root, keys[0], String(cap)));
}

/** A number below zero means "as much as there is"; one with a fraction is cut off, rounded or refused, as servers like. */
function lower(edits: Edit[], { bytes }: Body, node: JsonNode | null, cap: number | null): void {
  if (node === null || cap === null) return;
  const value = numberOf(bytes, node);
  const isFine = value >= 0 && value <= cap && Number.isInteger(value);
  if (!isFine) edits.push({ start: node.start, end: node.end, text: String(cap) });
}
