import type { Scope } from "../model/scope.ts";

/**
 * How every request names its sender (rule R3): the program, and where to reach who answers for it; for research the page that
 * explains the survey and takes opt-outs.
 */
export function userAgent(scope: Pick<Scope, "operator" | "research">, version: string): string {
  const page = scope.research === null ? "" : `${scope.research.optOutPage}; `;
  return `corral/${version} (+${page}${scope.operator.contact})`;
}
