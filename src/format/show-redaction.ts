import { createHash } from "node:crypto";
import type { Card, TextTrace } from "../model/card.ts";
import type { Failure } from "../model/failure.ts";
import { LINE_LIMITS } from "../model/line-limits.ts";
import type { PromptDoor } from "../model/prompt-class.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import { countField, field, isObject, textField, textListField } from "./bounded-value.ts";
import type { JsonObject } from "./bounded-value.ts";
import { readDetails, TEXT_CAPS } from "./ollama-tags.ts";

/** What of a card comes from the answer itself; the rest says who told it, when and of which digest. */
export type CardBody = Omit<
  Card,
  | "kind"
  | "schema"
  | "seen_at"
  | "run"
  | "source"
  | "digest"
  | "server_version"
  | "name"
  | "lends"
  | "scheme"
  | "address"
  | "port"
  | "host_name"
  | "base_path"
>;

/** Differs between servers that hold the same model: time of the pull, and a text that names a local path. */
const OWN_TO_THE_SERVER: ReadonlySet<string> = new Set(["modified_at", "modelfile"]);
const MAX_MESSAGES = 10_000;

/**
 * Reads the body of `POST /api/show` and lets nothing personal in: of template, system prompt and parameters only hash and length,
 * of messages only their number; modelfile, licence, tensors and tokenizer arrays are dropped. The class of template and system prompt
 * is told before their text goes.
 *
 * @param json - Parsed by `parseJson`, so its depth is bounded.
 * @param door - Judges the two texts; `null` leaves them unjudged.
 * @returns The card's body, or `wrong-shape`.
 * @see ollama/ollama@fb307608 api/types.go ShowResponse
 */
export function redactShow(json: unknown, door: PromptDoor | null): Result<CardBody, Failure> {
  if (!isObject(json)) return fail("wrong-shape");
  const details = readDetails(field(json, "details"));
  const capabilities = textListField(field(json, "capabilities"), TEXT_CAPS.words, TEXT_CAPS.word);
  const words = readWords(json);
  const texts = readTexts(json, door);
  const messages = countMessages(field(json, "messages"));
  const facts = readModelInfo(field(json, "model_info"));
  if (details === undefined || capabilities === undefined || messages === undefined) return fail("wrong-shape");
  if (words === undefined || texts === undefined || facts === undefined) return fail("wrong-shape");
  return ok({
    agreement: agreementOf(json),
    ...facts,
    format: details?.format ?? null,
    family: details?.family ?? null,
    families: details?.families ?? null,
    parameter_size: details?.parameter_size ?? null,
    quantization_level: details?.quantization_level ?? null,
    capabilities,
    has_projector: hasProjector(field(json, "projector_info")),
    ...texts,
    messages,
    ...words,
  });
}

/** 32 hex digits over the answer in canonical key order, without what is the server's own. */
export function agreementOf(answer: JsonObject): string {
  const shared = Object.fromEntries(Object.entries(answer).filter(([key]) => !OWN_TO_THE_SERVER.has(key)));
  return createHash("sha256").update(canonical(shared)).digest("hex").slice(0, 32);
}

/** JSON with the keys of every object in order of their code units. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
}

type Words = Pick<CardBody, "renderer" | "parser" | "requires">;

function readWords(json: JsonObject): Words | undefined {
  const renderer = textField(field(json, "renderer"), TEXT_CAPS.word);
  const parser = textField(field(json, "parser"), TEXT_CAPS.word);
  const requires = textField(field(json, "requires"), TEXT_CAPS.word);
  if (renderer === undefined || parser === undefined || requires === undefined) return undefined;
  return { renderer, parser, requires };
}

type Texts = Pick<CardBody, "template" | "template_uses_tools" | "system" | "parameters" | keyof Verdicts>;
type Verdicts = Pick<CardBody, "system_class" | "template_class" | "signs_version" | "system_text">;

function readTexts(json: JsonObject, door: PromptDoor | null): Texts | undefined {
  const [template, system] = [field(json, "template"), field(json, "system")];
  const traces = [template, system, field(json, "parameters")].map(traceOf);
  const [templateTrace, systemTrace, parameters] = traces;
  if (templateTrace === undefined || systemTrace === undefined || parameters === undefined) return undefined;
  const usesTools = typeof template === "string" && template.includes(".Tools");
  const verdicts = verdictsOf(system, template, door);
  return { template: templateTrace, template_uses_tools: usesTools, system: systemTrace, parameters, ...verdicts };
}

function verdictsOf(system: unknown, template: unknown, door: PromptDoor | null): Verdicts {
  if (door === null) return { system_class: null, template_class: null, signs_version: null, system_text: null };
  // Absent is empty: both fields are `omitempty` in ShowResponse.
  const ofSystem = door.judge(typeof system === "string" ? system : "", "system");
  const ofTemplate = door.judge(typeof template === "string" ? template : "", "template");
  const isKept = door.keepsText && typeof system === "string";
  return {
    system_class: ofSystem.class,
    template_class: ofTemplate.class,
    signs_version: ofSystem.signs_version,
    system_text: isKept ? system.slice(0, LINE_LIMITS.text).toWellFormed() : null,
  };
}

/** Hash (of UTF-8) and length (of UTF-16 units) of a text that is not kept. */
function traceOf(text: unknown): TextTrace | null | undefined {
  if (text === undefined || text === null) return null;
  if (typeof text !== "string") return undefined;
  return { sha256: createHash("sha256").update(text).digest("hex"), length: text.length };
}

function countMessages(messages: unknown): number | null | undefined {
  if (messages === undefined || messages === null) return null;
  return Array.isArray(messages) && messages.length <= MAX_MESSAGES ? messages.length : undefined;
}

function hasProjector(info: unknown): boolean {
  return isObject(info) && Object.keys(info).length > 0;
}

type Facts = Pick<
  CardBody,
  "architecture" | "parameter_count" | "file_type" | "context_length" | "embedding_length" | "block_count"
>;

function readModelInfo(info: unknown): Facts | undefined {
  if (info !== undefined && info !== null && !isObject(info)) return undefined;
  const held = info ?? {};
  const architecture = textField(field(held, "general.architecture"), TEXT_CAPS.word);
  const ofArchitecture = (key: string): number | null | undefined =>
    typeof architecture === "string" ? countField(field(held, `${architecture}.${key}`)) : null;
  const parameters = countField(field(held, "general.parameter_count"));
  const fileType = countField(field(held, "general.file_type"));
  const context = ofArchitecture("context_length");
  const embedding = ofArchitecture("embedding_length");
  const blocks = ofArchitecture("block_count");
  if (architecture === undefined || parameters === undefined || fileType === undefined) return undefined;
  if (context === undefined || embedding === undefined || blocks === undefined) return undefined;
  return {
    architecture,
    parameter_count: parameters,
    file_type: fileType,
    context_length: context,
    embedding_length: embedding,
    block_count: blocks,
  };
}
