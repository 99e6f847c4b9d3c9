import type { AnswerWatch } from "./answer-watch.ts";
import { parsed } from "./ndjson-watch.ts";
import { nativeUsage, anthropicUsage, openAiUsage } from "./usage.ts";
import type { Usage } from "./usage.ts";

/** Answers up to this size are read whole; of longer ones (lists of vectors, contexts) only the end, where the counts stand. */
const READ_WHOLE_BYTES = 1024 * 1024;
const TAIL_BYTES = 256;
/** The first of the counts that end an answer, by family; the second where the first is left out. */
const LAST_KEYS = {
  native: ['"prompt_eval_count":', '"prompt_eval_duration":'],
  openai: ['"usage":'],
  anthropic: ['"usage":'],
} as const;

const READERS = { native: nativeUsage, openai: openAiUsage, anthropic: anthropicUsage } as const;

/** Watches an answer that is one value of JSON. Nothing is counted before it has ended. */
export class JsonWatch implements AnswerWatch {
  readonly tokens = 0;
  usage: Usage | null = null;
  #pieces: Buffer[] = [];
  #bytes = 0;
  readonly #family: keyof typeof READERS;
  readonly whole = false;
  readonly isFailed = false;

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
    const tail = this.#tail(bytes.toString("latin1", Math.max(0, bytes.length - TAIL_BYTES)));
    // A server may write its counts in another order: the end alone then tells a part of them.
    const isSure = tail?.answerTokens !== null && tail?.answerTokens !== undefined;
    this.usage =
      isSure || this.#bytes > READ_WHOLE_BYTES ? tail : READERS[this.#family](parsed(bytes.toString("utf8")));
  }

  /**
   * Reads counts that are the last keys of an answer. What begins with such a key and is an object with the rest of the text can be
   * nothing but the end of the answer itself: within a text its quotes are escaped, within another object a bracket is left over.
   */
  #tail(text: string): Usage | null {
    for (const key of LAST_KEYS[this.#family]) {
      const at = text.lastIndexOf(key);
      const usage = at === -1 ? null : READERS[this.#family](parsed(`{${text.slice(at)}`));
      if (usage !== null) return usage;
    }
    return null;
  }
}

function lastBytes(pieces: readonly Buffer[]): Buffer {
  const last = pieces.at(-1) ?? Buffer.alloc(0);
  if (last.length >= TAIL_BYTES) return last.subarray(last.length - TAIL_BYTES);
  const before = pieces.at(-2) ?? Buffer.alloc(0);
  return Buffer.concat([before.subarray(Math.max(0, before.length - TAIL_BYTES)), last]);
}
