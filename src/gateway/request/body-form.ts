import type { ModelRouteId } from "../../knowledge/ollama-routes.ts";
import type { JsonKind } from "./json-node.ts";

/** A key that a form names. */
export interface FormField {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly form: BodyForm;
}

/** What of a value is looked into: members by name, elements. */
export interface BodyForm {
  /** What it may be; else the request is refused. */
  readonly kinds: ReadonlySet<JsonKind>;
  /** By hash of the key's bytes; empty = members are not looked at. */
  readonly fields: ReadonlyMap<number, FormField>;
  readonly names: ReadonlySet<string>;
  /** Whether the server decodes into a structure, where letter case of keys plays no part. */
  readonly folds: boolean;
  /** Form of elements; `null` = elements are not looked at. */
  readonly items: BodyForm | null;
}

/** FNV-1a, by which keys are looked up without making strings of them. */
export const FNV_START = 0x811c9dc5;
export const FNV_PRIME = 0x01000193;

function keyHash(bytes: Uint8Array): number {
  let hash = FNV_START;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, FNV_PRIME);
  return hash;
}

type Members = Readonly<Record<string, BodyForm>>;

function kinds(...names: JsonKind[]): ReadonlySet<JsonKind> {
  return new Set(names);
}

const NO_FIELDS = {
  fields: new Map<number, FormField>(),
  names: new Set<string>(),
  folds: false,
  items: null,
} as const;
const ANY: BodyForm = { ...NO_FIELDS, kinds: kinds("object", "array", "string", "number", "true", "false", "null") };
const TEXT: BodyForm = { ...NO_FIELDS, kinds: kinds("string", "null") };
const NUMBER: BodyForm = { ...NO_FIELDS, kinds: kinds("number", "null") };
const FLAG: BodyForm = { ...NO_FIELDS, kinds: kinds("true", "false", "null") };
const ARRAY: BodyForm = { ...NO_FIELDS, kinds: kinds("array", "null") };
const DURATION: BodyForm = { ...NO_FIELDS, kinds: kinds("number", "string", "null") };

function fieldsOf(members: Members): Map<number, FormField> {
  const fields = new Map<number, FormField>();
  for (const [name, form] of Object.entries(members)) {
    const bytes = new TextEncoder().encode(name);
    const hash = keyHash(bytes);
    if (fields.has(hash)) throw new TypeError(`the keys ${name} and ${fields.get(hash)?.name ?? ""} have one hash`);
    fields.set(hash, { name, bytes, form });
  }
  return fields;
}

function named(words: string, form: BodyForm): Members {
  return Object.fromEntries(words.split(" ").map((name) => [name, form]));
}

/** A structure of the server: these are all of its keys. Those of `others` may hold anything. */
function struct(others: string, looked: Members = {}): BodyForm {
  const members = { ...(others === "" ? {} : named(others, ANY)), ...looked };
  return {
    kinds: kinds("object", "null"),
    fields: fieldsOf(members),
    names: new Set(Object.keys(members)),
    folds: true,
    items: null,
  };
}

/** A map of the server: keys are exact, only these are looked at. */
function map(looked: Members): BodyForm {
  return { ...struct("", looked), folds: false };
}

function list(items: BodyForm, isString: "string" | null = null): BodyForm {
  const of = { ...items, kinds: new Set([...items.kinds].filter((kind) => kind !== "null")) };
  return { ...NO_FIELDS, kinds: kinds("array", "null", ...(isString === null ? [] : [isString])), items: of };
}

function orText(form: BodyForm): BodyForm {
  return { ...form, kinds: new Set([...form.kinds, "string" as const]) };
}

const IMAGES = list(TEXT);
const OPTIONS = map(named("num_ctx num_predict num_gpu", NUMBER));
const FUNCTION = struct("description parameters strict", { name: TEXT });
const TOOLS = list(struct("items description parameters strict", { type: TEXT, name: TEXT, function: FUNCTION }));
const CALLS = list(struct("id index type", { function: struct("index arguments", { name: TEXT }) }));
const CHOICE = orText(map({ name: TEXT, function: map({ name: TEXT }) }));
/** What stands for a picture, sound, video or file: its address, or a structure that holds it. */
const MEDIUM = { ...map({ url: TEXT }), kinds: ANY.kinds };
const MEDIA = named("image_url video_url audio_url file_url source", MEDIUM);
const PART = map({ ...MEDIA, ...named("type name", TEXT) });
const BLOCK = map({ ...MEDIA, ...named("type name", TEXT), content: list(PART, "string") });

const MESSAGES = list(
  struct("tool_call_id name", { ...named("role content thinking tool_name", TEXT), images: IMAGES, tool_calls: CALLS }),
);
const OPENAI_MESSAGES = list(
  struct("reasoning reasoning_content tool_call_id", {
    ...named("role name", TEXT),
    content: list(PART, "string"),
    images: IMAGES,
    tool_calls: CALLS,
    function_call: map({ name: TEXT }),
  }),
);
const ANTHROPIC_MESSAGES = list(struct("", { role: TEXT, content: list(BLOCK, "string") }));
const ANTHROPIC_TOOLS = list(
  struct("description input_schema max_uses", { type: TEXT, name: TEXT, function: FUNCTION }),
);
const RESPONSE_PART = struct("text detail file_id annotations", { type: TEXT, ...MEDIA });
const RESPONSE_ITEMS = list(
  struct("id call_id arguments summary encrypted_content status", {
    ...named("type role name", TEXT),
    output: { ...RESPONSE_PART, kinds: ANY.kinds, items: { ...RESPONSE_PART, kinds: ANY.kinds } },
    content: list(RESPONSE_PART, "string"),
  }),
  "string",
);

const MODEL = { ...named("model name", TEXT), stream: FLAG };
/** What other servers than Ollama take besides: a template of the prompt, and values for theirs. */
const TEMPLATE = { chat_template: TEXT, chat_template_kwargs: map(named("enable_thinking thinking", FLAG)) };
const RUN = { ...MODEL, ...TEMPLATE, options: OPTIONS, keep_alive: DURATION, _debug_render_only: FLAG };
const RUN_OTHERS = "format think truncate shift logprobs top_logprobs dimensions";
const OPENAI_OTHERS =
  "seed stop temperature frequency_penalty presence_penalty top_p top_k logprobs top_logprobs user reasoning_effort metadata logit_bias";
const OPENAI = {
  ...RUN,
  ...named("max_tokens max_completion_tokens n best_of", NUMBER),
  stream_options: struct("", { include_usage: FLAG }),
};
const REASONING = struct("effort summary generate_summary");
const RESPONSE_FORMAT = struct("type", { json_schema: struct("schema name strict description") });

/**
 * What is looked into of a body, by route. A structure's keys are those of every version from v0.1.14 on; in one, a key that differs
 * from them by case alone is refused, since the server takes it for theirs.
 *
 * @see ollama/ollama@fb307608 api/types.go, openai/openai.go, openai/responses.go, anthropic/anthropic.go
 */
export const BODY_FORMS: Readonly<Partial<Record<ModelRouteId, BodyForm>>> = {
  generate: struct(`${RUN_OTHERS} width height steps`, {
    ...RUN,
    ...named("prompt suffix system template", TEXT),
    context: ARRAY,
    raw: FLAG,
    images: IMAGES,
  }),
  chat: struct(RUN_OTHERS, { ...RUN, messages: MESSAGES, tools: TOOLS }),
  embed: struct(`${RUN_OTHERS} input`, RUN),
  embeddings: struct(RUN_OTHERS, { ...RUN, prompt: TEXT }),
  show: struct("system template verbose options", MODEL),
  pull: struct("insecure username password", MODEL),
  push: struct("insecure username password", MODEL),
  delete: struct("insecure username password", MODEL),
  copy: struct("", named("source destination", TEXT)),
  create: struct(
    "quantize quantization template license system parameters messages renderer parser requires info files adapters",
    { ...MODEL, ...named("from remote_host path modelfile draft", TEXT) },
  ),
  "v1-chat": struct(OPENAI_OTHERS, {
    ...OPENAI,
    messages: OPENAI_MESSAGES,
    tools: TOOLS,
    functions: list(FUNCTION),
    tool_choice: CHOICE,
    function_call: CHOICE,
    reasoning: REASONING,
    response_format: RESPONSE_FORMAT,
  }),
  "v1-completions": struct(`${OPENAI_OTHERS} prompt echo`, { ...OPENAI, suffix: TEXT }),
  "v1-embeddings": struct("input dimensions encoding_format user", {
    ...RUN,
    messages: OPENAI_MESSAGES,
  }),
  "v1-responses": struct(
    "background conversation include temperature text top_p truncation previous_response_id prompt store metadata user parallel_tool_calls",
    {
      ...RUN,
      instructions: TEXT,
      max_output_tokens: NUMBER,
      input: RESPONSE_ITEMS,
      tools: TOOLS,
      tool_choice: CHOICE,
      reasoning: REASONING,
    },
  ),
  "v1-messages": struct("temperature top_p top_k stop_sequences metadata service_tier", {
    ...RUN,
    max_tokens: NUMBER,
    system: list(PART, "string"),
    messages: ANTHROPIC_MESSAGES,
    tools: ANTHROPIC_TOOLS,
    tool_choice: struct("type disable_parallel_tool_use", { name: TEXT }),
    thinking: struct("type budget_tokens"),
  }),
  "web-search": struct("query max_results"),
  "web-fetch": struct("url"),
};
