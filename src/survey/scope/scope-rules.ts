import type { Scope } from "../../model/scope.ts";
import type { Fault, ScopeRule } from "./scope-fault.ts";
import { LIMIT_RULES } from "./scope-limit-rules.ts";
import { authorityFaults, PEOPLE_RULES } from "./scope-people-rules.ts";
import { PLACE_RULES } from "./scope-place-rules.ts";

/** Every rule that a scope must hold to, whoever made it. */
export const SCOPE_RULES: readonly ScopeRule[] = [...PEOPLE_RULES, ...PLACE_RULES, ...LIMIT_RULES];

/**
 * Applies every rule and tells every breach.
 *
 * @param unread - Keys that could not be read and hold a stand-in: rules that compare them are left out.
 */
export function scopeFaults(scope: Scope, unread: ReadonlySet<string> = new Set()): Fault[] {
  return SCOPE_RULES.filter((rule) => !rule.needs.some((key) => unread.has(key))).flatMap((rule) => rule.check(scope));
}

/** Applies every rule and the calendar: what must be empty right before anything is asked, for a scope from whatever source. */
export function reasonsNotToRun(scope: Scope, nowMs: number): Fault[] {
  return [...scopeFaults(scope), ...authorityFaults(scope, nowMs)];
}
