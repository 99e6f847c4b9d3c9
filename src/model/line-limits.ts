import { epochMsOf, type Instant, instantOf } from "./instant.ts";

/**
 * Bounds of Corral's JSONL, in UTF-16 units and list entries. Whatever `survey` writes fits; what is larger comes from nobody honest.
 */
export const LINE_LIMITS = {
  text: 4096,
  models: 65_536,
  running: 4096,
  words: 256,
  gaps: 10_000,
  ports: 65_536,
} as const;

/** Patterns of Corral's JSONL; every one linear. */
export const LINE_PATTERNS = {
  run: /^[\da-f]{32}$/u,
  sha256: /^[\da-f]{64}$/u,
  country: /^[A-Z]{2}$/u,
  /** `/`, or segments of visible ASCII without `?` and `#`. */
  basePath: /^(?:\/|(?:\/[!"$-.0->@-~]+)+)$/u,
  instant: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z$/u,
} as const;

/** A real moment in UTC, `2026-01-10T03:04:05Z` or with a fraction of up to three digits → with three; `null` for anything else. */
export function utcInstant(text: string): Instant | null {
  if (!LINE_PATTERNS.instant.test(text)) return null;
  const ms = epochMsOf(text);
  const instant = ms === null ? null : instantOf(ms);
  return instant?.startsWith(text.slice(0, 19)) === true ? instant : null;
}
