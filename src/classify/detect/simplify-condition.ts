import { all, any, not } from "../../model/condition.ts";
import type { Condition } from "../../model/condition.ts";

/** A condition that asks one field. */
export type Atom = Exclude<Condition, { readonly kind: "all" | "any" | "not" }>;

/** Met by every event. */
export const ALWAYS: Condition = all();
/** Met by none. */
export const NEVER: Condition = any();

/** Whether a condition is met by every event as it stands. */
export function isAlways(condition: Condition): boolean {
  return condition.kind === "all" && condition.of.length === 0;
}

/** Whether a condition is met by no event as it stands. */
export function isNever(condition: Condition): boolean {
  return condition.kind === "any" && condition.of.length === 0;
}

/**
 * The condition that is left when some of its questions are answered; `ALWAYS` or `NEVER` when nothing is left to ask.
 *
 * @param decide - The answer to a question; `null` leaves it open. `turned` says that the question stands under an odd number of `not`.
 */
export function simplify(
  condition: Condition,
  decide: (atom: Atom, turned: boolean) => boolean | null,
  turned = false,
): Condition {
  switch (condition.kind) {
    case "all": {
      const of = condition.of.map((one) => simplify(one, decide, turned)).filter((one) => !isAlways(one));
      if (of.some(isNever)) return NEVER;
      return of.length === 1 && of[0] !== undefined ? of[0] : all(...of);
    }
    case "any": {
      const of = condition.of.map((one) => simplify(one, decide, turned)).filter((one) => !isNever(one));
      if (of.some(isAlways)) return ALWAYS;
      return of.length === 1 && of[0] !== undefined ? of[0] : any(...of);
    }
    case "not": {
      const of = simplify(condition.of, decide, !turned);
      if (isAlways(of)) return NEVER;
      return isNever(of) ? ALWAYS : not(of);
    }
    case "is":
    case "starts":
    case "ends":
    case "contains":
    case "above":
    case "below":
    case "network":
    case "cidr":
    case "absent": {
      const answer = decide(condition, turned);
      if (answer === null) return condition;
      return answer ? ALWAYS : NEVER;
    }
  }
}

/** Every question in a condition. */
export function atomsOf(condition: Condition): readonly Atom[] {
  switch (condition.kind) {
    case "all":
    case "any":
      return condition.of.flatMap(atomsOf);
    case "not":
      return atomsOf(condition.of);
    case "is":
    case "starts":
    case "ends":
    case "contains":
    case "above":
    case "below":
    case "network":
    case "cidr":
    case "absent":
      return [condition];
  }
}
