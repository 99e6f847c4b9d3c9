import type { Section } from "../render/document.ts";
import type { Inline } from "../render/inline.ts";
import { outside } from "../render/inline.ts";
import { SMALLEST_CELL } from "./distribution.ts";
import type { LakeFacts } from "./lake-facts.ts";

/** What every report states (rule R18): without it a share cannot be compared with anyone else's. */
export const METHOD_STATES = [
  "population",
  "unit",
  "confirmation",
  "denominators",
  "nulls",
  "lower bounds",
  "decoy filter",
  "small cells",
  "addresses",
] as const;
type MethodPoint = (typeof METHOD_STATES)[number];

/** The method section: one item per point that must be stated, then what this lake cannot tell. */
export function methodSection(facts: LakeFacts, full: boolean): Section {
  const points = methodPoints(full);
  const items = METHOD_STATES.map((point): readonly Inline[] => [`${capital(point)}: ${points[point]}`]);
  const missing = facts.carries.map(({ source, columns }): readonly Inline[] => [
    "Source ",
    outside(source),
    " carries only these columns; all others are missing, not absent: ",
    outside(columns),
  ]);
  const damaged = facts.damaged.map((words): readonly Inline[] => ["Left out because it is damaged: ", outside(words)]);
  return { id: "method", title: "Method", blocks: [{ kind: "list", items: [...items, ...missing, ...damaged] }] };
}

/** The points as words, for `report.json`. */
export function methodPoints(full: boolean): Readonly<Record<MethodPoint, string>> {
  return {
    population:
      "a union over the window of all runs in the lake, not a snapshot: a host that was there once counts. Each host is judged by " +
      "its last confirmed observation, exposure by its last observation of any kind.",
    unit:
      "a host is one address, a service one scheme, address, port, host name and base path; one machine with two addresses is " +
      "two hosts, one address that changed hands is one.",
    confirmation:
      "an observation is confirmed when the service told a string version and a model list or null; anything else is not counted as Ollama.",
    denominators:
      "each share states its count, the number it is of, and how many of those are unknown; unknowns stay in the denominator.",
    nulls: "null means not seen and is never zero: an empty list is known, a list that was not shown is unknown.",
    "lower bounds":
      "shares of hosts for what only some versions tell (capabilities, formats, sizes) are lower bounds: the true share lies between " +
      "the share shown and that share plus the unknowns.",
    "decoy filter":
      "none is left out: likely decoys and uncertain services are counted as hosts, and apart in the section on decoys; a careful decoy passes for real.",
    "small cells": full
      ? "nothing is held back: this is a full report for the owner of what it names."
      : `of hosts, services or model instances that share a trait, counts from 1 to ${SMALLEST_CELL - 1} are not shown: rare names are left out, small cells of closed lists withheld, with the next smallest where the rest would give them away. Totals are shown.`,
    addresses: full
      ? "shown whole, for the owner of what is named here. Do not pass this report on."
      : "never shown whole: /24 for IPv4, /48 for IPv6.",
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
