import { highestRate, SCOPE_CEILINGS } from "../../knowledge/scope-limits.ts";
import type { Limits, Scope } from "../../model/scope.ts";
import type { Fault, ScopeRule } from "./scope-fault.ts";
import { spaceSize } from "./scope-pace.ts";
import { readTerritory } from "./scope-place-rules.ts";

/** Rules about how much, how fast, how deep and for how long. */
export const LIMIT_RULES: readonly ScopeRule[] = [
  {
    id: "limits",
    demands: "No limit is above the ceiling of its basis, and re-scans are not closer than it allows (R2).",
    needs: ["basis"],
    check: limitFaults,
  },
  {
    id: "small-space",
    demands: "The total rate is lower for small address spaces (R2).",
    needs: ["basis", "prefixes", "exclude", "ownSpecial"],
    check: smallSpaceFaults,
  },
  {
    id: "depth",
    demands: "Research never asks for model cards.",
    needs: ["basis"],
    check: (scope) => {
      if (scope.basis !== "research" || scope.depth === "metadata") return [];
      return [{ path: ["depth"], message: "must be metadata: research never asks for model cards" }];
    },
  },
  {
    id: "prompts",
    demands: "The text of a system prompt is kept only of one's own network (R13).",
    needs: ["basis"],
    check: ({ basis, prompts }) => {
      if (prompts === "class" || basis === "own") return [];
      return [
        { path: ["prompts"], message: `must be class for basis ${basis}: text is kept only of one's own network` },
      ];
    },
  },
  {
    id: "retention",
    demands: "What was collected is forgotten after a time that the basis bounds (R16).",
    needs: ["basis"],
    check: ({ basis, retentionDays }) => {
      const most = SCOPE_CEILINGS[basis].retentionDays;
      if (retentionDays <= most) return [];
      return [{ path: ["retentionDays"], message: `is above ${most}, the ceiling for basis ${basis}` }];
    },
  },
];

function limitFaults({ basis, limits }: Scope): Fault[] {
  const most = SCOPE_CEILINGS[basis].limits;
  const keys = [
    "rate",
    "perHost",
    "perNetwork",
    "inFlight",
    "pilot",
    "cardsPerHost",
    "cardsPerRun",
  ] as const satisfies (keyof Limits)[];
  const faults: Fault[] = keys
    .filter((key) => limits[key] > most[key])
    .map((key) => ({
      path: ["limits", key],
      message: `is ${limits[key]}, above ${most[key]}, the ceiling for basis ${basis}`,
    }));
  if (limits.rescanHours < most.rescanHours) {
    faults.push({
      path: ["limits", "rescanHours"],
      message: `must be at least ${most.rescanHours} for basis ${basis}`,
    });
  }
  return faults;
}

function smallSpaceFaults(scope: Scope): Fault[] {
  const territory = readTerritory(scope);
  if (territory === null) return [];
  const { basis, limits } = scope;
  const addresses = spaceSize(territory.open, territory.walked);
  const highest = highestRate(basis, addresses);
  if (limits.rate <= highest || limits.rate > SCOPE_CEILINGS[basis].limits.rate) return [];
  const message = `is ${limits.rate}, above ${highest}, the ceiling for a space of ${addresses} addresses under basis ${basis}`;
  return [{ path: ["limits", "rate"], message }];
}
