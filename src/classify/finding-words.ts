import type { Answer } from "../model/observation.ts";
import type { CheckInput } from "../model/judgements.ts";
import { TOOL_PRODUCTS } from "../knowledge/tool-products.ts";
import { VECTOR_STORES } from "../knowledge/vector-stores.ts";

/** Words for the facts in braces of a check's evidence. Nothing a stranger wrote comes in unless it is a plain version. */
export type FindingWords = Readonly<Record<string, string>>;

const ANSWERED: Readonly<Record<Answer, string>> = {
  open: "openly",
  login: "with a login",
  denied: "with a refusal (403 or 407)",
  refused: "with a refused connection",
  silent: "with silence",
  other: "as no product told",
};

/** The facts of one input in words; `not told` where nothing was seen. */
export function wordsOf(input: CheckInput): FindingWords {
  return {
    answer: ANSWERED[input.answer],
    gave: gave(input),
    management: input.signs.includes("management-open")
      ? "answered a route of its management without a login"
      : "answered its list of models without a login, and its routes that write stand beside it",
    fronted: input.fronted ? "from behind a proxy" : "with no proxy seen in front",
    tools: TOOL_PRODUCTS.has(input.product ?? "")
      ? "calling tools is its work"
      : told(
          input.tools,
          "a model of its list can call tools",
          "no model of its list can call tools",
          "tool calling was not told",
        ),
    vision: told(input.vision, "a model reads images", "no model reads images", "vision was not told"),
    completion: told(
      input.completion,
      "a chat model is listed",
      "no chat model is listed",
      "chat models were not told",
    ),
    embedding: told(
      input.embedding,
      "an embedding model is listed",
      "no embedding model is listed",
      "embedding models were not told",
    ),
    vectors: vectors(input),
    guard: told(
      input.guard_off,
      "a card of its list bears a prompt or template that takes the guard away",
      "the cards of its whole list bear none that takes the guard away",
      "prompts and templates were not seen of the whole list",
    ),
    cloud: told(
      input.has_cloud_model,
      "its list holds a model that runs in a cloud",
      "its list holds no model that runs in a cloud",
      "its list was not seen",
    ),
    tier: input.tier === null ? "of no known tier" : `of the tier ${plainWord(input.tier)}`,
    open_days: dates(input.open_days),
    looked_days: dates(input.looked_days),
  };
}

function told(value: boolean | null, yes: string, no: string, unknown: string): string {
  return value === null ? unknown : value ? yes : no;
}

function gave({ product }: CheckInput): string {
  return product === null || product === "ollama"
    ? "its version and its list of models"
    : `what only users of ${plainWord(product)} should get`;
}

function vectors({ product, vector_store_beside }: CheckInput): string {
  if (VECTOR_STORES.some(({ id }) => id === product)) return `it is a vector store (${plainWord(product ?? "")})`;
  return told(
    vector_store_beside,
    "an open vector store stands at its address",
    "none of the usual ports of vector stores is open at its address",
    "the usual ports of vector stores were not all asked",
  );
}

/** Days come in steps: 7 is 7 to 29. */
function dates(days: number): string {
  return days <= 1 ? String(days) : `${days} or more`;
}

const WORD = /^[a-z0-9-]{1,40}$/u;

function plainWord(text: string): string {
  return WORD.test(text) ? text : "another kind";
}
