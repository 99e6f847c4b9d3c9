import { LineFeed } from "./line-feed.ts";
import { parsed } from "./ndjson-watch.ts";
import { ToolGather } from "./tool-gather.ts";
import type { ToolGuard } from "./tool-guard.ts";

/** Lines and events without one of these words carry no call of a tool. */
const WORDS = ["tool_calls", "function_call", "tool_use", "input_json_delta", "custom_tool_call"].map((word) =>
  Buffer.from(word),
);
const DATA = "data:";
const MOST_HELD_BYTES = 8 * 1024 * 1024;

/**
 * Lets a stream pass by whole lines, and holds it from the first piece of a tool's call until the call is whole: then all that was
 * held goes on, or nothing more does.
 */
export class GuardedStream {
  readonly #guard: ToolGuard;
  readonly #form: "ndjson" | "sse";
  readonly #gather = new ToolGather();
  readonly #feed = new LineFeed((bytes, start, end) => this.#line(bytes.subarray(start, end)));
  #passing: Buffer[] = [];
  #held: Buffer[] = [];
  #heldBytes = 0;
  /** Whether a call was refused: what comes after is of no interest. */
  isRefused = false;

  constructor(guard: ToolGuard, form: "ndjson" | "sse") {
    this.#guard = guard;
    this.#form = form;
  }

  /** Takes a chunk; returns what may go on now, maybe nothing. */
  take(chunk: Buffer): Buffer {
    this.#feed.feed(chunk);
    return this.#passed();
  }

  /** The stream has ended by itself: returns what is left and may go on. */
  finish(): Buffer {
    this.#feed.finish();
    if (!this.isRefused && this.#guard.allows(this.#gather.finish())) this.#release();
    else this.isRefused = true;
    return this.#passed();
  }

  #line(line: Buffer): void {
    if (this.isRefused) return;
    this.#held.push(line, LINE_FEED);
    this.#heldBytes += line.length + 1;
    const isSpeaking = this.#gather.isOpen || WORDS.some((word) => line.includes(word));
    // A line lost for its length could have held anything.
    const isLost = this.#feed.lost > 0 || this.#heldBytes > MOST_HELD_BYTES;
    if (isLost || (isSpeaking && !this.#isFine(line))) this.isRefused = true;
    // An event goes on whole: its name alone would stand before what is said in its place.
    else if (!this.#gather.isOpen && (this.#form === "ndjson" || isBlank(line))) this.#release();
  }

  #isFine(line: Buffer): boolean {
    const text = line.toString("utf8");
    const isData = this.#form === "ndjson" || text.startsWith(DATA);
    if (!isData) return true;
    const calls = this.#gather.take(parsed(this.#form === "sse" ? text.slice(DATA.length) : text));
    return calls !== null && this.#guard.allows(calls);
  }

  #release(): void {
    this.#passing.push(...this.#held);
    this.#held = [];
    this.#heldBytes = 0;
  }

  #passed(): Buffer {
    const passing = this.#passing;
    this.#passing = [];
    return Buffer.concat(passing);
  }
}

/** Empty, but for the carriage return that some servers write. */
function isBlank(line: Buffer): boolean {
  return line.length === 0 || (line.length === 1 && line[0] === CARRIAGE_RETURN);
}

const CARRIAGE_RETURN = 13;
const LINE_FEED = Buffer.from("\n");
