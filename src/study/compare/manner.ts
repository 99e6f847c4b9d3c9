import type { Row } from "../../store/snapshot.ts";

/** How a population was measured: what must be alike before two may be compared (facts of the study, 6). */
export interface Manner {
  readonly population: "snapshot" | "union" | "empty";
  readonly unit: "address";
  /** `asked`: by requests of its own; `stored`: by replies that others stored; `mixed`; `unstated`: nobody says. */
  readonly confirmation: "asked" | "stored" | "mixed" | "unstated";
  readonly attemptedDays: number;
  readonly days: number;
}

/** The study's: a union over 293 days; what confirms an observation is not published, nor on how many days it looked: all, presumably. */
export const PUBLISHED_MANNER: Manner = {
  population: "union",
  unit: "address",
  confirmation: "unstated",
  attemptedDays: 293,
  days: 293,
};

/** Reads how a lake was measured from its method row. */
export function mannerOf(run: Row): Manner {
  const number = (name: string): number => (typeof run[name] === "number" ? run[name] : 0);
  const attempted = number("attempted_days");
  const [asked, stored] = [number("asked_runs") > 0, number("stored_runs") > 0];
  return {
    population: attempted === 0 ? "empty" : attempted === 1 ? "snapshot" : "union",
    unit: "address",
    confirmation: asked && stored ? "mixed" : stored ? "stored" : "asked",
    attemptedDays: attempted,
    days: number("days"),
  };
}

/** Outputs that depend on how often somebody looked. */
const BY_CADENCE: ReadonlySet<string> = new Set(["T1", "T2", "T13"]);
const CADENCE_LEEWAY = 0.25;

/** Why a figure of two populations cannot be compared; `null` = it can. A count grows with every look, a share does not. */
export function whyNot(
  here: Manner,
  there: Manner,
  { output, isCount }: { readonly output: string; readonly isCount: boolean },
): string | null {
  if (here.population !== there.population) return `one is a ${here.population}, the other a ${there.population}`;
  const rules = new Set([here.confirmation, there.confirmation]);
  if (!rules.has("unstated") && rules.size > 1)
    return `observations are confirmed otherwise (${here.confirmation}, ${there.confirmation})`;
  if ((isCount || BY_CADENCE.has(output)) && !isNear(here.attemptedDays, there.attemptedDays))
    return `it depends on how often somebody looked: on ${here.attemptedDays} days, on ${there.attemptedDays}`;
  return null;
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= CADENCE_LEEWAY * Math.max(one, other);
}
