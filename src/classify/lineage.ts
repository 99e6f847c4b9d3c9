import { LINEAGES, NO_LINEAGE } from "../knowledge/lineages.ts";
import type { Lineage } from "../knowledge/lineages.ts";

const FAMILY = /^[a-z0-9][a-z0-9._+-]{0,63}$/u;

const BY_SPELLING: ReadonlyMap<string, Lineage> = new Map(
  LINEAGES.flatMap((one) => one.matches.map((spelling) => [spelling.toLowerCase(), one] as const)),
);
const NONE: ReadonlySet<string> = new Set(NO_LINEAGE.map((one) => one.family));

/**
 * The architecture line of a model: `details.family`, lower-cased, its spellings made one. Says who drew the blueprint, not who
 * made the model: Mistral 7B is `llama`, the small DeepSeek-R1 models are `qwen2` and `llama`.
 *
 * @returns An architecture without a row as it was sent, lower-cased; `null` when not sent, a projector, or no name at all.
 * @see ollama/ollama@fb307608 docs/api.md
 */
export function lineageOf(family: string | null): string | null {
  const text = normal(family);
  if (text === null) return null;
  const known = BY_SPELLING.get(text);
  if (known === undefined) return text;
  return known.kind === "projector" ? null : known.id;
}

/** The row of an architecture; `null` for one that the table does not know. */
export function knownLineage(family: string | null): Lineage | null {
  const text = normal(family);
  return text === null ? null : (BY_SPELLING.get(text) ?? null);
}

function normal(family: string | null): string | null {
  if (family === null || family.length > 80) return null;
  const text = family.trim().toLowerCase();
  return FAMILY.test(text) && !NONE.has(text) ? text : null;
}
