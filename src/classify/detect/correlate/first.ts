import type { StandingRule } from "./standing.ts";

/** `first`: a group's first row opens an alert; all that follow are counted into it. */
export function firstRule(): StandingRule {
  return {
    ends: () => false,
    grows: () => true,
    take: (_, event) => ({ rows: [event], count: 1, firstAt: event.at, lastAt: event.at }),
  };
}
