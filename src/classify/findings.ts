import type { Check } from "../knowledge/checks/check.ts";
import type { Outcome } from "../model/finding.ts";
import type { CheckInput, CheckOutcome, VersionCheckInput } from "../model/judgements.ts";
import { serviceKey } from "../model/service.ts";
import type { Service } from "../model/service.ts";
import { AUTH_DISABLED_RULE } from "./checks/auth-disabled.ts";
import type { CheckRule } from "./checks/check-rule.ts";
import { CLOUD_MODELS_OPEN_RULE } from "./checks/cloud-models-open.ts";
import { GUARD_OFF_PROMPT_RULE } from "./checks/guard-off-prompt.ts";
import { LAUNDERING_TRIPLE_RULE } from "./checks/laundering-triple.ts";
import { MANAGEMENT_REACHABLE_RULE } from "./checks/management-reachable.ts";
import { NO_ADMIN_RULE } from "./checks/no-admin.ts";
import { NO_LOGIN_RULE } from "./checks/no-login.ts";
import { OPEN_SIGNUP_RULE } from "./checks/open-signup.ts";
import { PERSISTENT_AND_CAPABLE_RULE } from "./checks/persistent-and-capable.ts";
import { RAG_EXPOSED_RULE } from "./checks/rag-exposed.ts";
import { TOOLS_WITHOUT_LOGIN_RULE } from "./checks/tools-without-login.ts";
import { VERSION_RULES } from "./checks/version-indicated.ts";
import { parseVersion } from "./version.ts";
import { type FindingWords, wordsOf } from "./finding-words.ts";

const RULES: readonly CheckRule[] = [
  NO_LOGIN_RULE,
  TOOLS_WITHOUT_LOGIN_RULE,
  LAUNDERING_TRIPLE_RULE,
  MANAGEMENT_REACHABLE_RULE,
  NO_ADMIN_RULE,
  AUTH_DISABLED_RULE,
  RAG_EXPOSED_RULE,
  CLOUD_MODELS_OPEN_RULE,
  GUARD_OFF_PROMPT_RULE,
  PERSISTENT_AND_CAPABLE_RULE,
  OPEN_SIGNUP_RULE,
];
const BY_ID: ReadonlyMap<string, Check> = new Map(
  [...RULES, ...VERSION_RULES].map(({ check }) => [check.id, check] as const),
);

/** The outcome of every check but those on versions, in the order of `EXPOSURE_CHECKS`. */
export function findingsOf(input: CheckInput): readonly CheckOutcome[] {
  return outcomes(RULES, input, wordsOf(input));
}

/**
 * The outcome of every check on versions, in the order of `VERSION_INDICATED`. `{version}` is left in the evidence for whoever shows it:
 * so versions that come out alike are one case.
 */
export function versionFindingsOf(input: VersionCheckInput): readonly CheckOutcome[] {
  return outcomes(VERSION_RULES, input, {});
}

function outcomes<Input>(
  rules: readonly CheckRule<Input>[],
  input: Input,
  words: FindingWords,
): readonly CheckOutcome[] {
  return rules.map(({ check, appliesTo, run }) => {
    const outcome = appliesTo(input) ? run(input) : "not-applicable";
    return {
      check: check.id,
      outcome,
      severity: check.severity,
      title: check.title,
      fixed_in: check.fixedIn,
      evidence: evidence(check, outcome, words),
    };
  });
}

/** One sentence on why a check came out so, about "it": a table holds one for all services alike. */
function evidence(check: Check, outcome: Outcome, words: FindingWords): string {
  if (outcome === "not-applicable") return "The check does not concern it.";
  return filled(check.evidence[outcome], { ...words, service: "It" });
}

/** The check of an id; `null` for an unknown id. */
export function checkOf(id: string): Check | null {
  return BY_ID.get(id) ?? null;
}

/** Says the same of one service by its key. */
export function evidenceText(outcome: CheckOutcome, service: Service, version: string | null): string {
  const shown = parseVersion(version) === null ? "unknown" : (version ?? "").trim();
  const text = filled(outcome.evidence, { version: shown });
  if (text.startsWith("It ")) return `${serviceKey(service)} ${text.slice("It ".length)}`;
  return `${serviceKey(service)}: ${text}`;
}

/** The command that looks at a service again, safe to paste into a POSIX shell. */
export function recheckCommand(check: Check, service: Service): string {
  return filled(check.recheck, { service: shellQuoted(serviceKey(service)) });
}

const BRACED = /\{([a-z_]{1,40})\}/gu;

/** Fills what is in braces, once: a filled-in text may hold braces of its own. */
function filled(template: string, words: FindingWords): string {
  return template.replaceAll(BRACED, (whole, name) =>
    Object.hasOwn(words, String(name)) ? (words[String(name)] ?? whole) : whole,
  );
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
