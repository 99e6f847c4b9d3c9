import type { Buffer } from "node:buffer";
import type { ModelRouteId } from "../../knowledge/ollama-routes.ts";
import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { Refusal } from "../refusal.ts";
import { isFilled } from "./body-facts.ts";
import type { BodyFacts } from "./body-facts.ts";
import { putMember } from "./edit.ts";
import type { Edit } from "./edit.ts";
import { member, textOf } from "./json-node.ts";
import type { JsonNode } from "./json-node.ts";

type Body = NonNullable<BodyFacts["body"]>;
type Edits = Result<readonly Edit[], Refusal>;

const FORCED = "the system prompt of this key is set by the operator";
const ESCAPES: Refusal = { status: 403, reason: "system-forced", message: `${FORCED}: this request would pass it by` };
const ROLE: Refusal = {
  status: 403,
  reason: "role-denied",
  message: `${FORCED}: a message has a role that is not taken`,
};

/** Roles that carry on a conversation; those of `SYSTEM_ROLES` are taken out, any other is refused. */
const SPEAKERS: ReadonlySet<string> = new Set(["user", "assistant", "tool", "function"]);
const SYSTEM_ROLES: ReadonlySet<string> = new Set(["system", "developer"]);

/** Keys that leave the system prompt out, by route. */
const ESCAPE_KEYS: Readonly<Partial<Record<ModelRouteId, readonly string[]>>> = {
  generate: ["raw", "template", "suffix", "context"],
  "v1-responses": ["conversation", "previous_response_id", "prompt"],
};

/** How each family is given a system prompt; a route that generates and is not here has no way to. */
const PUT: Readonly<Partial<Record<ModelRouteId, (body: Body, json: string) => Edits>>> = {
  generate: ({ root }, json) => ok([putMember(root, "system", json)]),
  chat: (body, json) => messages(body, "messages", `{"role":"system","content":${json}}`),
  "v1-chat": (body, json) => messages(body, "messages", `{"role":"system","content":${json}}`),
  "v1-responses": (body, json) => withMember(body, "instructions", json, "input"),
  "v1-messages": (body, json) => withMember(body, "system", json, "messages"),
};
const WITHOUT_PROMPT: ReadonlySet<ModelRouteId> = new Set(["embed", "embeddings", "v1-embeddings"]);

/** Makes a request carry the operator's system prompt and none of its own; what could pass it by is refused. */
export function forceSystemPrompt(id: ModelRouteId, facts: BodyFacts, system: string): Edits {
  if (WITHOUT_PROMPT.has(id)) return ok([]);
  const put = PUT[id];
  const { body } = facts;
  if (put === undefined || body === null) return fail(ESCAPES);
  const escapes = (ESCAPE_KEYS[id] ?? []).some((key) => isSet(body.root, key));
  return escapes ? fail(ESCAPES) : put(body, JSON.stringify(system));
}

function isSet(root: JsonNode, key: string): boolean {
  const node = member(root, key);
  return node?.kind === "object" || isFilled(node);
}

function withMember(body: Body, key: string, json: string, listKey: string): Edits {
  const rest = messages(body, listKey, null);
  return rest.ok ? ok([putMember(body.root, key, json), ...rest.value]) : rest;
}

/** Takes system messages out of a list and puts one before the others; a list without any stays empty: it asks for no answer. */
function messages({ bytes, root }: Body, listKey: string, first: string | null): Edits {
  const list = member(root, listKey);
  const items = list?.items ?? null;
  if (list === null || items === null) return ok([]);
  const kept: JsonNode[] = [];
  for (const item of items) {
    const role = roleOf(bytes, item);
    if (role === null || SPEAKERS.has(role)) kept.push(item);
    else if (!SYSTEM_ROLES.has(role)) return fail(ROLE);
  }
  return ok(relist(list, items, kept, first));
}

/** Of items of the Responses form those that are no messages have no role. */
function roleOf(bytes: Buffer, item: JsonNode): string | null {
  const role = member(item, "role");
  if (role !== null) return textOf(bytes, role).toLowerCase();
  const type = member(item, "type");
  return type !== null && textOf(bytes, type) !== "message" ? null : "";
}

/** Edits that leave of a list only the kept items, after a new first one; what lies between two that stay is left as it is. */
function relist(
  list: JsonNode,
  items: readonly JsonNode[],
  kept: readonly JsonNode[],
  first: string | null,
): readonly Edit[] {
  const edits: Edit[] = [];
  let text = first === null || kept.length === 0 ? (first ?? "") : `${first},`;
  let at = list.start + 1;
  let isChanged = first !== null;
  let next = 0;
  for (const item of items) {
    if (kept[next] !== item) {
      isChanged = true;
      continue;
    }
    if (isChanged) edits.push({ start: at, end: item.start, text });
    isChanged = false;
    text = ",";
    at = item.end;
    next += 1;
  }
  if (isChanged) edits.push({ start: at, end: list.end - 1, text: kept.length === 0 ? text : "" });
  return edits;
}
