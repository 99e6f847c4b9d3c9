import type { HttpEvent } from "../../model/event.ts";
import type { LogSink } from "../../model/log-grammar.ts";

/** Requests that wait for the row that tells them whole; the oldest is told as it is. */
const MOST_WAITING = 512;
/** Requests told of late that are remembered. */
const MOST_TOLD = 4096;

/** Keeps a request that several rows tell of (its own, an alert's, a file's) to one event. */
export interface TwinRequests {
  /** A request's own row: told at once, what waited for it is dropped. */
  whole(key: string, event: HttpEvent, sink: LogSink): void;
  /** Another row that tells of it: told when no row of its own comes. */
  beside(key: string, event: HttpEvent, sink: LogSink): void;
  end(sink: LogSink): void;
}

/** Makes the memory of one file. */
export function twinRequests(): TwinRequests {
  const waiting = new Map<string, HttpEvent>();
  const told = new Set<string>();
  /** The same in the order of their telling, the next to be forgotten at `next`. */
  const order: string[] = [];
  let next = 0;

  const remember = (key: string): void => {
    if (told.has(key)) return;
    const oldest = order[next];
    if (oldest !== undefined) told.delete(oldest);
    order[next] = key;
    next = (next + 1) % MOST_TOLD;
    told.add(key);
  };

  return {
    whole(key, event, sink) {
      waiting.delete(key);
      remember(key);
      sink.event(event);
    },
    beside(key, event, sink) {
      if (told.has(key) || waiting.has(key)) {
        sink.pass();
        return;
      }
      waiting.set(key, event);
      if (waiting.size <= MOST_WAITING) return;
      const oldest = waiting.entries().next().value;
      if (oldest === undefined) return;
      waiting.delete(oldest[0]);
      remember(oldest[0]);
      sink.event(oldest[1]);
    },
    end(sink) {
      for (const event of waiting.values()) sink.event(event);
      waiting.clear();
    },
  };
}
