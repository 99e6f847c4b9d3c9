import type { Damage } from "./snapshot.ts";
import { shownValue } from "./answer-text.ts";

/** One line per damaged file, for stderr. */
export function damageWords(damaged: readonly Damage[]): string {
  return damaged
    .map(({ file, reason, rows }) => `left out, damaged: ${file}: ${shownValue(reason)} (${rows} rows)\n`)
    .join("");
}
