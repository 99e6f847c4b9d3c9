import type { Check, CheckIds } from "../../src/knowledge/checks/check.ts";
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
    ...check.remediation.map((one) => `- close by **${one.measure}** (${one.effort}): ${one.text}`),
    "",
    "```sh",
    check.recheck,
    "```",
    "",
  ];
}

function ids(of: CheckIds): string {
  const all = [...of.cve, ...of.attack, ...of.atlas, ...of.owaspLlm];
  return all.join(", ");
}
