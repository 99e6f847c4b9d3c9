import type { LogGrammar } from "../model/log-grammar.ts";

/** How many rows of a file are looked at. */
export const SAMPLE_ROWS = 64;

/** The grammar that reads most of the rows without doubt, the first in the list among equals; `null` = none reads any. */
export function recogniseRows(grammars: readonly LogGrammar[], rows: readonly string[]): LogGrammar | null {
  let best: LogGrammar | null = null;
  let bestShare = 0;
  for (const grammar of grammars) {
    const share = grammar.recognise(rows);
    if (share > bestShare) {
      best = grammar;
      bestShare = share;
    }
  }
  return best;
}
