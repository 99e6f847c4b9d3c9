import type { Check } from "../knowledge/checks/check.ts";
import type { Outcome } from "../model/finding.ts";
import type { CheckInput, CheckOutcome } from "../model/judgements.ts";
import { serviceKey } from "../model/service.ts";
import type { Service } from "../model/service.ts";
import type { CheckRule } from "./checks/check-rule.ts";
import { NO_LOGIN_RULE } from "./checks/no-login.ts";
import { VERSION_RULES } from "./checks/version-indicated.ts";
import { parseVersion } from "./version.ts";

const RULES: readonly CheckRule[] = [NO_LOGIN_RULE, ...VERSION_RULES];
const BY_ID: ReadonlyMap<string, Check> = new Map(RULES.map(({ check }) => [check.id, check]));

/** Every check's outcome from a service's latest observation, in the order of `CHECKS`. */
export function findingsOf(input: CheckInput): readonly CheckOutcome[] {
  return RULES.map((rule) => ({
    check: rule.check.id,
    outcome: rule.appliesTo(input) ? rule.run(input) : "not-applicable",
    severity: rule.check.severity,
    title: rule.check.title,
    fixed_in: rule.check.fixedIn,
  }));
}

/** The check of an id; `null` for an unknown id. */
export function checkOf(id: string): Check | null {
  return BY_ID.get(id) ?? null;
}

/** Says in one sentence why a check came out as it did; a version is quoted only when it is one. */
export function evidenceText(check: Check, outcome: Outcome, service: Service, version: string | null): string {
  if (outcome === "not-applicable") return `${check.id} does not concern ${serviceKey(service)}.`;
  const shown = parseVersion(version) === null ? "unknown" : (version ?? "").trim();
  return fill(check.evidence[outcome], serviceKey(service), shown);
}

/** The command that looks at a service again, safe to paste into a POSIX shell. */
export function recheckCommand(check: Check, service: Service): string {
  return fill(check.recheck, shellQuoted(serviceKey(service)), "");
}

/** The version first: a service's path may hold braces, a version cannot. */
function fill(template: string, service: string, version: string): string {
  return template.replaceAll("{version}", () => version).replaceAll("{service}", () => service);
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
