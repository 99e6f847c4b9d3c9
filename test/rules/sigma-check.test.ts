import { describe, expect, test } from "vitest";
import { DETECTIONS } from "../../src/knowledge/detections/detections.ts";
import type { Detection } from "../../src/model/detection.ts";
import { SIGMA } from "../../src/rules/print/sigma.ts";
import { DEFAULT_RULE_SETTING } from "../../src/rules/rule-language.ts";
import { HAS_ENGINES } from "./engines/python-engine.ts";
import { MEANT_ISSUES, sigmaCheck } from "./sigma-check.ts";

const PATIENCE_MS = 600_000;

/** A rule without a fault, and edits that make one. */
const WHOLE = `title: A request to the debugging pages
id: 00000000-0000-4000-8000-000000000001
status: experimental
description: Somebody asked for the debugging pages of a server of models.
author: Corral
date: 2026-01-01
logsource:
  category: webserver
detection:
  selection:
    cs-uri-stem|startswith: /debug/
  condition: selection
falsepositives:
  - A developer's own search for a fault.
level: low
`;
const EDITS = [
  [
    "no id",
    "id: 00000000-0000-4000-8000-000000000001\n",
    "",
    "0 errors, 0 condition errors",
    "IdentifierExistenceIssue",
  ],
  ["two wildcards", "|startswith: /debug/", ": /debug/**", "0 errors, 0 condition errors", "DoubleWildcardIssue"],
  ["a search that is none", ": selection\n", ": selection and other\n", "0 errors, 1 condition errors", null],
  ["a modifier that is none", "|startswith", "|startwith", "1 errors, 0 condition errors", null],
] as const;

describe.skipIf(!HAS_ENGINES)("sigma check", () => {
  test(
    "has nothing against any printed rule but what is meant",
    () => {
      const files = Object.values<Detection>(DETECTIONS).flatMap((detection) => {
        const printed = SIGMA.print(detection, DEFAULT_RULE_SETTING);
        return printed.kind === "rule" ? [[`${detection.id}.yml`, printed.text] as const] : [];
      });
      const { summary, issues } = sigmaCheck(Object.fromEntries(files));
      expect(summary).toMatch(/^Found 0 errors, 0 condition errors and /u);
      expect(issues).toEqual(Object.keys(MEANT_ISSUES).toSorted());
    },
    PATIENCE_MS,
  );

  test("has nothing against a whole rule", () => {
    expect(sigmaCheck({ "whole-rule.yml": WHOLE })).toEqual({
      summary: "Found 0 errors, 0 condition errors and 0 issues.",
      issues: [],
    });
  });

  test.for(EDITS)("finds %s", ([, from, to, count, issue]) => {
    expect(WHOLE).toContain(from);
    const { summary, issues } = sigmaCheck({ "broken-rule.yml": WHOLE.replace(from, to) });
    expect(summary).toContain(`Found ${count}`);
    expect(issues).toEqual(issue === null ? [] : [`broken-rule.yml: ${issue}`]);
  });
});
