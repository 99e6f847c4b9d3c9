import type { LogEvent } from "../../../model/event.ts";

/** A time during which an address was connected, widened by the correlation's window; both ends included, milliseconds. */
interface Span {
  readonly from: number;
  to: number;
  /** The newest connection in it. */
  event: LogEvent;
}

/** Connections that one observer told: when any was there, and when one of a certain address. */
export interface Coverage {
  add(address: string, from: number, to: number, event: LogEvent): void;
  /** Whether that address was connected then. */
  confirms(address: string, at: number): boolean;
  /** A connection that was there then; `null` = none. */
  covers(at: number): LogEvent | null;
  /** Connections of different addresses that were there then, two at most. */
  others(at: number): readonly LogEvent[];
  /** Whether too much was forgotten to judge that moment. */
  isBlind(at: number): boolean;
  /** Forgets what ended before `from` or begins after `to`. */
  prune(from: number, to: number): void;
  /** Forgets the address told of longest ago; from then on its time cannot be judged. */
  forgetOldest(): void;
  readonly size: number;
}

/** An empty coverage. */
export function coverage(): Coverage {
  const byAddress = new Map<string, Span[]>();
  const cover: Span[] = [];
  let blindFrom = Number.POSITIVE_INFINITY;
  let blindTo = Number.NEGATIVE_INFINITY;
  return {
    add(address, from, to, event) {
      const spans = byAddress.get(address) ?? [];
      byAddress.delete(address);
      byAddress.set(address, spans);
      addSpan(spans, { from, to, event });
      addSpan(cover, { from, to, event });
    },
    confirms: (address, at) => spanAt(byAddress.get(address) ?? [], at) !== null,
    covers: (at) => spanAt(cover, at)?.event ?? null,
    others(at) {
      const found: LogEvent[] = [];
      for (const spans of byAddress.values()) {
        const span = spanAt(spans, at);
        if (span !== null) found.push(span.event);
        if (found.length === 2) break;
      }
      return found;
    },
    isBlind: (at) => at >= blindFrom && at <= blindTo,
    prune(from, to) {
      for (const [address, spans] of byAddress) {
        keepSpans(spans, from, to);
        if (spans.length === 0) byAddress.delete(address);
      }
      keepSpans(cover, from, to);
      if (blindTo < from) blindFrom = Number.POSITIVE_INFINITY;
    },
    forgetOldest() {
      for (const [address, spans] of byAddress) {
        byAddress.delete(address);
        for (const span of spans) {
          blindFrom = Math.min(blindFrom, span.from);
          blindTo = Math.max(blindTo, span.to);
        }
        break;
      }
    },
    get size() {
      return byAddress.size;
    },
  };
}

/** Joins the span with those it touches; the list stays in order and without overlap. */
function addSpan(spans: Span[], span: Span): void {
  let place = spans.length;
  while (place > 0 && (spans[place - 1]?.from ?? span.from) > span.from) place -= 1;
  const before = spans[place - 1];
  if (before !== undefined && before.to >= span.from) {
    before.to = Math.max(before.to, span.to);
    before.event = span.event;
    place -= 1;
  } else spans.splice(place, 0, span);
  const joined = spans[place];
  for (let next = spans[place + 1]; joined !== undefined && next !== undefined && next.from <= joined.to;) {
    joined.to = Math.max(joined.to, next.to);
    spans.splice(place + 1, 1);
    next = spans[place + 1];
  }
}

function spanAt(spans: readonly Span[], at: number): Span | null {
  for (let place = spans.length - 1; place >= 0; place -= 1) {
    const span = spans[place];
    if (span !== undefined && span.from <= at) return span.to >= at ? span : null;
  }
  return null;
}

function keepSpans(spans: Span[], from: number, to: number): void {
  if ((spans[0]?.to ?? from) >= from && (spans.at(-1)?.from ?? to) <= to) return;
  const left = spans.filter((span) => span.to >= from && span.from <= to);
  spans.length = 0;
  spans.push(...left);
}
