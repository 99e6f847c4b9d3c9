import type { AnswerWatch } from "./answer-watch.ts";
import { parsed } from "./ndjson-watch.ts";
import { nativeUsage, anthropicUsage, openAiUsage } from "./usage.ts";
import type { Usage } from "./usage.ts";

/** Answers up to this size are read whole; of longer ones (lists of vectors, contexts) only the end, where the counts stand. */
const READ_WHOLE_BYTES = 1024 * 1024;
const TAIL_BYTES = 256;
/** Where the last keys of an answer are its counts, nothing but digits stands behind their names: no text of a model or a client. */
const VECTORS_TAIL = /"prompt_eval_count":(\d{1,15})\}\s{0,8}$/u;
const CONTEXT_TAIL =
  /(?:"prompt_eval_count":(\d{1,15}),)?"prompt_eval_duration":\d{1,18},"eval_count":(\d{1,15}),"eval_duration":\d{1,18}\}\s{0,8}$/u;
const USAGE_TAIL = /"usage":(\{[^{}]{0,200}\})\}\s{0,8}$/u;

const READERS = { native: nativeUsage, openai: openAiUsage, anthropic: anthropicUsage } as const;

/** Watches an answer that is one value of JSON. Nothing is counted before it has ended. */
export class JsonWatch implements AnswerWatch {
  readonly tokens = 0;
  usage: Usage | null = null;
  #pieces: Buffer[] = [];
  #bytes = 0;
  readonly #family: keyof typeof READERS;
  readonly whole = false;

  constructor(family: keyof typeof READERS) {
    this.#family = family;
  }

  take(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#pieces.push(chunk);
    if (this.#bytes > READ_WHOLE_BYTES) this.#pieces = [lastBytes(this.#pieces)];
  }

  finish(): void {
    const [only, ...more] = this.#pieces;
    const bytes = only !== undefined && more.length === 0 ? only : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.usage = this.#tail(bytes.toString("latin1", Math.max(0, bytes.length - TAIL_BYTES)));
    if (this.usage === null && this.#bytes <= READ_WHOLE_BYTES)
      this.usage = READERS[this.#family](parsed(bytes.toString("utf8")));
  }

  /** The counts are the last keys of a list of vectors: nothing that a client writes comes after them. */
  #tail(text: string): Usage | null {
    if (this.#family === "native") {
      const context = CONTEXT_TAIL.exec(text);
      if (context !== null) return { promptTokens: numberOf(context[1]), answerTokens: numberOf(context[2]) };
      const vectors = VECTORS_TAIL.exec(text);
      return vectors === null ? null : { promptTokens: numberOf(vectors[1]), answerTokens: null };
    }
    const told = USAGE_TAIL.exec(text)?.[1];
    return told === undefined ? null : READERS[this.#family]({ usage: parsed(told) });
  }
}

function numberOf(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

function lastBytes(pieces: readonly Buffer[]): Buffer {
  const last = pieces.at(-1) ?? Buffer.alloc(0);
  if (last.length >= TAIL_BYTES) return last.subarray(last.length - TAIL_BYTES);
  const before = pieces.at(-2) ?? Buffer.alloc(0);
  return Buffer.concat([before.subarray(Math.max(0, before.length - TAIL_BYTES)), last]);
}
