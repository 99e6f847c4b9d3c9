import { fieldsOf, isFields } from "./fields.ts";

/** Tokens of one answer; null = the server did not tell. */
export interface Usage {
  readonly promptTokens: number | null;
  readonly answerTokens: number | null;
}

/** A count as servers write it: a whole number from 0 to 2^53, else null. */
function count(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function told(promptTokens: number | null, answerTokens: number | null): Usage | null {
  return promptTokens === null && answerTokens === null ? null : { promptTokens, answerTokens };
}

/**
 * Reads the counts at the top of an answer of Ollama's own API: `prompt_eval_count` (left out where it is 0 or was cached) and
 * `eval_count`. Only a line that says `done` counts, or an answer of `/api/embed`, which has no such word.
 *
 * @see ollama/ollama api/types.go, Metrics
 */
export function nativeUsage(answer: unknown): Usage | null {
  const top = isFields(answer) ? answer : null;
  if (top === null || top["done"] === false) return null;
  return told(count(top["prompt_eval_count"]), count(top["eval_count"]));
}

/** Reads `usage` of OpenAI's shapes: chat and completions (`prompt_tokens`), responses (`input_tokens`, within `response` in a stream). */
export function openAiUsage(answer: unknown): Usage | null {
  const top = isFields(answer) ? answer : null;
  const usage = top?.["usage"] ?? fieldsOf(top?.["response"])["usage"];
  if (!isFields(usage)) return null;
  return told(
    count(usage["prompt_tokens"]) ?? count(usage["input_tokens"]),
    count(usage["completion_tokens"]) ?? count(usage["output_tokens"]),
  );
}

/** Reads `usage` of Anthropic's messages: in the answer, in `message_start` (the prompt) and in `message_delta` (the answer so far). */
export function anthropicUsage(answer: unknown): Usage | null {
  const top = isFields(answer) ? answer : null;
  const usage = top?.["usage"] ?? fieldsOf(top?.["message"])["usage"];
  if (!isFields(usage)) return null;
  return told(count(usage["input_tokens"]), count(usage["output_tokens"]));
}

/** The later of two tellings of one answer; what the later leaves out stays. */
export function laterUsage(before: Usage | null, after: Usage | null): Usage | null {
  if (before === null || after === null) return after ?? before;
  return {
    promptTokens: after.promptTokens ?? before.promptTokens,
    answerTokens: after.answerTokens ?? before.answerTokens,
  };
}
