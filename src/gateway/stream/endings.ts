import { fieldsOf } from "./fields.ts";
import type { Fields } from "./fields.ts";

/** What is known of an answer that is ended before its time. */
export interface Cut {
  /** Id of the route in the table of routes. */
  readonly route: string;
  readonly model: string;
  /** ISO 8601, and the same in seconds since 1970. */
  readonly at: string;
  readonly atSeconds: number;
  readonly promptTokens: number;
  readonly answerTokens: number;
  /** The first event of an event stream. */
  readonly first: unknown;
  readonly openBlock: number | null;
}

/** The last line or events that end a stream well-formed because its quota has ended, in the words of the family: as if the length were reached. */
export function endingOf(form: "ndjson" | "openai" | "anthropic", cut: Cut): string {
  switch (form) {
    case "ndjson":
      return `${JSON.stringify(nativeEnding(cut))}\n`;
    case "openai":
      return openAiEnding(cut);
    case "anthropic":
      return anthropicEnding(cut);
  }
}

function nativeEnding({ route, model, at, promptTokens, answerTokens }: Cut): Fields {
  const text = route === "chat" ? { message: { role: "assistant", content: "" } } : { response: "" };
  return {
    model,
    created_at: at,
    ...text,
    done: true,
    done_reason: "length",
    prompt_eval_count: promptTokens,
    eval_count: answerTokens,
  };
}

function openAiEnding({ route, model, atSeconds, first, promptTokens, answerTokens }: Cut): string {
  const begun = fieldsOf(first);
  if (route === "v1-responses") {
    const response = fieldsOf(begun["response"]);
    const usage = {
      input_tokens: promptTokens,
      output_tokens: answerTokens,
      total_tokens: promptTokens + answerTokens,
    };
    const ended = { ...response, status: "incomplete", incomplete_details: { reason: "max_output_tokens" }, usage };
    return event("response.incomplete", { type: "response.incomplete", response: ended });
  }
  const common = {
    id: begun["id"] ?? "chatcmpl-0",
    object: begun["object"] ?? (route === "v1-completions" ? "text_completion" : "chat.completion.chunk"),
    created: begun["created"] ?? atSeconds,
    model: begun["model"] ?? model,
  };
  const choice = route === "v1-completions" ? { text: "", logprobs: null } : { delta: {} };
  const last = { ...common, choices: [{ index: 0, ...choice, finish_reason: "length" }] };
  return `data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`;
}

function anthropicEnding({ openBlock, answerTokens }: Cut): string {
  const stop = { type: "content_block_stop", index: openBlock };
  const delta = {
    type: "message_delta",
    delta: { stop_reason: "max_tokens", stop_sequence: null },
    usage: { output_tokens: answerTokens },
  };
  return [
    openBlock === null ? "" : event("content_block_stop", stop),
    event("message_delta", delta),
    event("message_stop", { type: "message_stop" }),
  ].join("");
}

function event(name: string, fields: Fields): string {
  return `event: ${name}\ndata: ${JSON.stringify(fields)}\n\n`;
}
