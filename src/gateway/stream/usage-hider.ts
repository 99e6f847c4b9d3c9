import { fieldsOf } from "./fields.ts";
import { parsed } from "./ndjson-watch.ts";

const EVENT_END = Buffer.from("\n\n");
const USAGE = Buffer.from('"usage"');
const DATA = "data:";
const MOST_HELD_BYTES = 1024 * 1024;

/**
 * Takes the one event out of OpenAI's stream that tells usage and nothing else: the gateway asked for it, the client did not. Chunks
 * that end with an event pass as they are; of others the piece of an event waits for its rest.
 */
export class UsageHider {
  #held: Buffer | null = null;

  /** Takes a chunk; returns what goes on, maybe nothing. */
  take(chunk: Buffer): Buffer {
    const bytes = this.#held === null ? chunk : Buffer.concat([this.#held, chunk]);
    const end = bytes.lastIndexOf(EVENT_END) + EVENT_END.length;
    const isWhole = end >= EVENT_END.length;
    const cut = isWhole ? end : 0;
    const isTooLong = bytes.length - cut > MOST_HELD_BYTES;
    this.#held = cut === bytes.length || isTooLong ? null : bytes.subarray(cut);
    const whole = isTooLong ? bytes : cut === bytes.length ? bytes : bytes.subarray(0, cut);
    return whole.includes(USAGE) ? withoutUsage(whole) : whole;
  }

  /** The stream has ended: what is held goes on. */
  finish(): Buffer {
    const rest = this.#held ?? Buffer.alloc(0);
    this.#held = null;
    return rest;
  }
}

function withoutUsage(events: Buffer): Buffer {
  const kept: Buffer[] = [];
  let start = 0;
  while (start < events.length) {
    const at = events.indexOf(EVENT_END, start);
    const end = at === -1 ? events.length : at + EVENT_END.length;
    const event = events.subarray(start, end);
    if (!isUsageAlone(event)) kept.push(event);
    start = end;
  }
  return Buffer.concat(kept);
}

function isUsageAlone(event: Buffer): boolean {
  const text = event.toString("utf8");
  if (!text.startsWith(DATA) || !text.includes('"usage"')) return false;
  const { choices, usage } = fieldsOf(parsed(text.slice(DATA.length)));
  return Array.isArray(choices) && choices.length === 0 && typeof usage === "object" && usage !== null;
}
