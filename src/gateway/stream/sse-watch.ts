import { fieldsOf } from "./fields.ts";
import type { AnswerWatch } from "./answer-watch.ts";
import { LineFeed } from "./line-feed.ts";
import { parsed, startsAt } from "./ndjson-watch.ts";
import { anthropicUsage, laterUsage, openAiUsage } from "./usage.ts";
import type { Usage } from "./usage.ts";

const DATA = Buffer.from("data:");
const USAGE = Buffer.from('"usage"');
/** In events that carry a piece of text, by the words of each family. */
const ERRORS = ['data: {"error":', 'data: {"type":"error"'].map((word) => Buffer.from(word));
const DELTA = Buffer.from("delta");
const TEXT = Buffer.from('"text"');
const BLOCK = Buffer.from('"content_block_st');
/** Of the first event no more is kept than this. */
const FIRST_BYTES = 64 * 1024;

/** Watches server-sent events of OpenAI's and Anthropic's shapes: one event a token, the counts in those that say `usage`. */
export class SseWatch implements AnswerWatch {
  tokens = 0;
  usage: Usage | null = null;
  isFailed = false;
  /** The first event, of which an ending takes the id and the model; null while none came. */
  first: unknown = null;
  /** The number of Anthropic's content block that has begun and not ended. */
  openBlock: number | null = null;
  #isFirst = true;
  /** Whether the last line that ended was the empty one after an event. */
  #atEvent = true;
  readonly #family: "openai" | "anthropic";
  readonly #read: (event: unknown) => Usage | null;
  readonly #lines = new LineFeed((bytes, start, end) => {
    this.#line(bytes, start, end);
  });

  constructor(family: "openai" | "anthropic") {
    this.#family = family;
    this.#read = family === "openai" ? openAiUsage : anthropicUsage;
  }

  get whole(): boolean {
    return this.#lines.whole && this.#atEvent;
  }

  take(chunk: Buffer): void {
    this.#lines.feed(chunk);
  }

  finish(): void {
    this.#lines.finish();
  }

  #line(bytes: Buffer, start: number, end: number): void {
    this.#atEvent = end === start || (end === start + 1 && bytes[start] === 13);
    if (this.#atEvent || !startsAt(bytes, start, end, DATA)) return;
    if (ERRORS.some((word) => startsAt(bytes, start, end, word))) this.isFailed = true;
    if (this.#isFirst && end - start <= FIRST_BYTES)
      this.first = parsed(bytes.toString("utf8", start + DATA.length, end));
    this.#isFirst = false;
    if (this.#family === "anthropic" && within(bytes, start, end, BLOCK))
      this.#block(parsed(bytes.toString("utf8", start + DATA.length, end)));
    if (within(bytes, start, end, DELTA) || within(bytes, start, end, TEXT)) this.tokens += 1;
    if (within(bytes, start, end, USAGE))
      this.usage = laterUsage(this.usage, this.#read(parsed(bytes.toString("utf8", start + DATA.length, end))));
  }

  #block(event: unknown): void {
    const { type, index } = fieldsOf(event);
    if (type === "content_block_start" && typeof index === "number") this.openBlock = index;
    if (type === "content_block_stop") this.openBlock = null;
  }
}

function within(bytes: Buffer, start: number, end: number, word: Buffer): boolean {
  const at = bytes.indexOf(word, start);
  return at !== -1 && at + word.length <= end;
}
