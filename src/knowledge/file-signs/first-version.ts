/** First version of a sign. */
export const FIRST_VERSION = { version: 1, since: "2026-11-21" } as const;
