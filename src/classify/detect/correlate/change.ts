import type { StandingRule } from "./standing.ts";

const FROM = 1;
const TO = 2;

/**
 * `change`: a row of `to` opens an alert when a row of `from` came before it in the group; these two are its first rows. Further rows of
 * `to` are counted into it; it closes with the next row that is `from` and not `to`, which can begin another. A row that is both counts as
 * `to` first.
 */
export function changeRule(): StandingRule {
  return {
    ends: (roles) => (roles & FROM) !== 0 && (roles & TO) === 0,
    grows: (roles) => (roles & TO) !== 0,
    take(body, event, roles) {
      const { armed } = body;
      if ((roles & TO) !== 0 && armed !== null) {
        body.armed = null;
        return {
          rows: [armed, event],
          count: 2,
          firstAt: Math.min(armed.at, event.at),
          lastAt: Math.max(armed.at, event.at),
        };
      }
      if ((roles & FROM) !== 0) body.armed = event;
      return null;
    },
  };
}
