import type { Check, CheckIds, Remediation } from "../../src/knowledge/checks/check.ts";
import { CLOSE_SERVICE } from "../../src/knowledge/checks/measures.ts";
import { CHECKS } from "../../src/knowledge/checks/checks.ts";

/** The page of the checks: what each asks, how it comes out, and what closes it. */
export function checksPage(): string {
  return [
    "# Checks",
    "",
    "Generated from `src/knowledge/checks/` by `node scripts/reference.ts`; when each applies: [judgements](../judgements.md).",
    "",
    "Four outcomes: `pass`, `fail`, `unknown`, `not-applicable`. Ids never change meaning.",
    "",
    "A word in braces is a fact that was seen, or that it was not. How a service is closed, and what is another thing to do in which tier:",
    "",
    ...CLOSE_SERVICE.flatMap(closing),
    "",
    ...CHECKS.flatMap(part),
  ].join("\n");
}

function part(check: Check): readonly string[] {
  return [
    `## ${check.id}`,
    "",
    `${check.title}. Severity **${check.severity}**, since ${check.since}, ${check.lifecycle}.`,
    "",
    `- fail: ${check.evidence.fail}`,
    `- pass: ${check.evidence.pass}`,
    `- unknown: ${check.evidence.unknown}`,
    `- source: ${check.source} (${check.clause})`,
    `- ids: ${ids(check.ids)}`,
    ...check.remediation.flatMap(measure),
    "",
    "```sh",
    check.recheck,
    "```",
    "",
  ];
}

/** A measure whose words are those of a whole group of checks is told once, above. */
function measure(one: Remediation): readonly string[] {
  const told = CLOSE_SERVICE.includes(one);
  return [`- close by **${one.measure}** (${one.effort}): ${told ? "as above" : one.text}`];
}

function closing(one: Remediation): readonly string[] {
  const tiers = Object.entries(one.byTier ?? {}).map(([tier, text]) => `  - ${tier}: ${text}`);
  return [`- **${one.measure}** (${one.effort}): ${one.text}`, ...tiers];
}

function ids(of: CheckIds): string {
  const all = [...of.cve, ...of.attack, ...of.atlas, ...of.owaspLlm];
  return all.join(", ");
}
