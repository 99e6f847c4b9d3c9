/** First version of a detection that rests on a documented line, call or route. */
export const STABLE_1 = { lifecycle: "stable", version: 1, since: "2026-11-21", changed: "2026-11-21" } as const;

/** First version of a detection that rests on a threshold or a list that experience may still move. */
export const EXPERIMENTAL_1 = {
  lifecycle: "experimental",
  version: 1,
  since: "2026-11-21",
  changed: "2026-11-21",
} as const;
