/** A check's outcome. Unknown never becomes pass. */
export const OUTCOMES = ["pass", "fail", "unknown", "not-applicable"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const SEVERITIES = ["critical", "high", "medium", "low", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];
