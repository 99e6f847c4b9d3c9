import type { Correlation } from "../../../model/detection.ts";
import type { LogEvent } from "../../../model/event.ts";
import type { OpeningRows } from "./correlator.ts";
import type { WindowRule } from "./windowed.ts";

/** Rows that made the first steps, in order; of several ways the one that began last, because it lasts longest. */
type Chain = readonly LogEvent[];

interface Seen {
  readonly event: LogEvent;
  readonly roles: number;
}

interface SequenceWindow {
  /** By number of steps made, from 1. */
  chains: (Chain | undefined)[];
  /** Rows of the window in order of time, for rows that come late. */
  readonly seen: Seen[];
}

/** Rows kept for late ones; of more the oldest go. */
const MOST = 64;

/**
 * `sequence`: opens with the row that makes the last step, when the first step's row is at most `withinSeconds` older. Rows of other steps
 * may lie between; one row makes one step. At the same time the row that came first is the earlier. The alert's rows are one for each step,
 * of several possible ones those that began last.
 */
export function sequenceRule(
  correlation: Extract<Correlation, { readonly kind: "sequence" }>,
): WindowRule<SequenceWindow> {
  const steps = correlation.steps.length;
  return {
    by: correlation.by,
    withinSeconds: correlation.withinSeconds,
    counts: () => true,
    empty: () => ({ chains: [], seen: [] }),
    take(body, event, roles, from) {
      const { seen } = body;
      const late = (seen.at(-1)?.event.at ?? event.at) > event.at;
      insertSeen(seen, { event, roles });
      let gone = 0;
      while ((seen[gone]?.event.at ?? from) < from) gone += 1;
      gone = Math.max(gone, seen.length - MOST);
      if (gone > 0) seen.splice(0, gone);
      if (late) body.chains = [];
      const rows = late ? seen : [{ event, roles }];
      let best: OpeningRows | null = null;
      for (const row of rows) {
        const whole = advance(body.chains, row, steps, from);
        if (whole !== null && whole.firstAt >= (best?.firstAt ?? whole.firstAt)) best = whole;
      }
      return best;
    },
    held: ({ seen }) => seen.length,
  };
}

/** Lets a row make every step it can, the last step first, so that it makes no two in one chain. */
function advance(
  chains: (Chain | undefined)[],
  { event, roles }: Seen,
  steps: number,
  from: number,
): OpeningRows | null {
  for (let step = steps - 1; step >= 0; step -= 1) {
    if ((roles & (1 << step)) === 0) continue;
    const before = step === 0 ? [] : chains[step];
    const startAt = before?.[0]?.at ?? event.at;
    if (before === undefined || startAt < from) continue;
    const chain = [...before, event];
    if (step === steps - 1) return { rows: chain, count: chain.length, firstAt: startAt, lastAt: event.at };
    const known = chains[step + 1]?.[0]?.at;
    if (known === undefined || startAt >= known) chains[step + 1] = chain;
  }
  return null;
}

function insertSeen(seen: Seen[], one: Seen): void {
  let place = seen.length;
  while (place > 0 && (seen[place - 1]?.event.at ?? one.event.at) > one.event.at) place -= 1;
  if (place === seen.length) seen.push(one);
  else seen.splice(place, 0, one);
}
