import { createHash } from "node:crypto";
import type { Run } from "../../model/run.ts";
import type { Scope } from "../../model/scope.ts";

/**
 * SHA-256 (64 hex) over what a scope says about who is asked and what: basis, prefixes, names, ports, exclusions, declared special
 * ranges, vantage and depth, each list sorted. Rates, dates, people and opt-outs are left out: changing them does not change the order of
 * targets, so an interrupted run may go on with a lower rate, a longer authority or one more opt-out.
 */
export function scopeHash(scope: Scope): string {
  const asked = [
    "corral scope 1",
    scope.basis,
    scope.vantage,
    scope.depth,
    scope.prefixes.toSorted(),
    scope.names.toSorted(),
    scope.ports.toSorted((a, b) => a - b),
    scope.exclude.toSorted(),
    scope.ownSpecial.toSorted(),
  ];
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex");
}

/** The part of a run record that says by whose authority it asked (rule R8). */
export type RunAuthority = Pick<
  Run,
  "scope_name" | "scope_hash" | "basis" | "operator" | "contact" | "allowed_by" | "vantage" | "ports" | "depth"
>;

/** Tells operator, contact and who allowed it, as a run record keeps them. */
export function runAuthority(scope: Scope): RunAuthority {
  return {
    scope_name: scope.name,
    scope_hash: scopeHash(scope),
    basis: scope.basis,
    operator: scope.operator.name,
    contact: scope.operator.contact,
    allowed_by: scope.authority.allowedBy,
    vantage: scope.vantage,
    ports: scope.ports,
    depth: scope.depth,
  };
}
