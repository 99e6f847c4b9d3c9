import type { AnswerWatch } from "./answer-watch.ts";
import { LineFeed } from "./line-feed.ts";
import { laterUsage, nativeUsage } from "./usage.ts";
import type { Usage } from "./usage.ts";

/** In every last line of a stream, and in a line of text only within a string, where its quote is escaped. */
const COUNTS = Buffer.from('eval_count"');

/** An error in the middle of a stream is a line of its own. */
const ERROR = Buffer.from('{"error":');

/** Watches lines of JSON as Ollama streams them: one line a token, the counts in the last (`done`). */
export class NdjsonWatch implements AnswerWatch {
  tokens = 0;
  usage: Usage | null = null;
  isFailed = false;
  readonly #lines = new LineFeed((bytes, start, end) => {
    this.#line(bytes, start, end);
  });

  get whole(): boolean {
    return this.#lines.whole;
  }

  take(chunk: Buffer): void {
    this.#lines.feed(chunk);
  }

  finish(): void {
    this.#lines.finish();
  }

  #line(bytes: Buffer, start: number, end: number): void {
    if (end === start) return;
    if (startsAt(bytes, start, end, ERROR)) {
      this.isFailed = true;
      return;
    }
    const at = bytes.indexOf(COUNTS, start);
    const usage = at === -1 || at >= end ? null : nativeUsage(parsed(bytes.toString("utf8", start, end)));
    if (usage === null) this.tokens += 1;
    else this.usage = laterUsage(this.usage, usage);
  }
}

/** Whether a line begins with a word. */
export function startsAt(bytes: Buffer, start: number, end: number, word: Buffer): boolean {
  return end - start >= word.length && bytes.compare(word, 0, word.length, start, start + word.length) === 0;
}

/** A value of JSON, or null for what is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
