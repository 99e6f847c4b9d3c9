import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { CHECKS } from "../knowledge/checks/checks.ts";
import type { Outcome } from "../model/finding.ts";
import type { CheckInput } from "../model/judgements.ts";
import type { Service } from "../model/service.ts";
import { checkOf, evidenceText, findingsOf, recheckCommand } from "./findings.ts";

const open: CheckInput = {
  loopback: false,
  answer: "open",
  confirmed: true,
  product: "ollama",
  version: "0.17.0",
};
const service: Service = { scheme: "http", address: "192.0.2.10", port: 11434, host_name: null, base_path: "/" };

const outcomeOf = (input: CheckInput, id: string): Outcome | undefined =>
  findingsOf(input).find((one) => one.check === id)?.outcome;

/** Ids are public: a row may be added below, none may change or go without a major release. */
test("the frozen list of ids and severities", () => {
  expect(CHECKS.map((check) => `${check.id} ${check.severity}`)).toEqual([
    "no-login critical",
    "cve-2024-28224 high",
    "cve-2024-37032 high",
    "cve-2025-44779 medium",
    "cve-2024-39721 high",
    "cve-2024-39720 high",
    "cve-2024-39722 high",
    "cve-2024-45436 critical",
    "cve-2024-39719 high",
    "cve-2024-8063 high",
    "cve-2024-12055 high",
    "cve-2024-12886 high",
    "cve-2025-0312 high",
    "cve-2025-0315 high",
    "cve-2025-0317 high",
    "cve-2025-1975 high",
    "cve-2025-51471 medium",
    "cve-2025-66960 high",
    "cve-2025-15514 high",
    "cve-2026-7020 low",
    "cve-2026-7482 critical",
  ]);
});

test("every check is judged once, in the order of the table", () => {
  expect(findingsOf(open).map((one) => one.check)).toEqual(CHECKS.map((check) => check.id));
});

test.each([
  [{}, "fail"],
  [{ version: null }, "fail"],
  [{ version: "0.33.0" }, "fail"],
  [{ confirmed: false, product: null }, "unknown"],
  [{ answer: "login", confirmed: false, product: null, version: null }, "pass"],
  [{ answer: "denied", confirmed: false, product: null, version: null }, "unknown"],
  [{ answer: "silent", confirmed: false, product: null, version: null }, "unknown"],
  [{ answer: "refused", confirmed: false, product: null, version: null }, "unknown"],
  [{ answer: "other", confirmed: false, product: null, version: null }, "unknown"],
  [{ product: "koboldcpp" }, "not-applicable"],
  [{ loopback: true }, "not-applicable"],
] as const)("no-login of %j → %s", (change, outcome) => {
  expect(outcomeOf({ ...open, ...change }, "no-login")).toBe(outcome);
});

test.each([
  [{}, "cve-2026-7482", "fail"],
  [{ loopback: true }, "cve-2026-7482", "fail"],
  [{ version: "0.17.1" }, "cve-2026-7482", "pass"],
  [{ version: "0.0.0" }, "cve-2026-7482", "unknown"],
  [{ version: null }, "cve-2026-7482", "unknown"],
  [{ product: "koboldcpp" }, "cve-2026-7482", "not-applicable"],
  [{ product: null }, "cve-2026-7482", "not-applicable"],
  [{ confirmed: false }, "cve-2026-7482", "not-applicable"],
  [{ answer: "login", confirmed: false, product: null, version: null }, "cve-2026-7482", "not-applicable"],
  [{ version: "0.12.3" }, "cve-2025-63389", undefined],
] as const)("%j: %s → %s", (change, id, outcome) => {
  expect(outcomeOf({ ...open, ...change }, id)).toBe(outcome);
});

test("an outcome carries what its check says", () => {
  const one = findingsOf(open).find((outcome) => outcome.check === "cve-2026-7482");
  expect(one).toEqual({
    check: "cve-2026-7482",
    outcome: "fail",
    severity: "critical",
    title: "Version-indicated: Bleeding Llama: a GGUF file is read out of bounds, and memory leaves through /api/push",
    fixed_in: "0.17.1",
  });
  expect(findingsOf(open)[0]).toMatchObject({ check: "no-login", fixed_in: null });
});

test("every check can be explained, sourced and closed", () => {
  const bare = CHECKS.filter(
    (check) =>
      check.source === "" ||
      check.clause === "" ||
      check.remediation.length === 0 ||
      !check.recheck.includes("{service}"),
  );
  expect(bare).toEqual([]);
  expect(checkOf("no-login")?.remediation.map((one) => one.measure)).toEqual([
    "bind",
    "firewall",
    "authenticating-proxy",
  ]);
  expect(checkOf("toString")).toBeNull();
});

test("evidence names the service and only a version that is one", () => {
  const check = checkOf("cve-2026-7482");
  if (check === null) throw new Error("no such check");
  expect(evidenceText(check, "fail", service, "0.17.0")).toBe(
    "http://192.0.2.10:11434/ says it is version 0.17.0; affected before 0.17.1, fixed in 0.17.1. A version can be spoofed or be a proxy's.",
  );
  expect(evidenceText(check, "pass", service, "\u001b[31m")).toContain("version unknown;");
  expect(evidenceText(check, "not-applicable", service, null)).toBe(
    "cve-2026-7482 does not concern http://192.0.2.10:11434/.",
  );
});

test("a hostile base path stays one word of the shell", () => {
  const check = checkOf("no-login");
  if (check === null) throw new Error("no such check");
  const hostile: Service = { ...service, base_path: "/'; echo pwned; '$(id){version}" };
  const command = recheckCommand(check, hostile);
  const shown = execFileSync("sh", ["-c", command.slice(0, command.indexOf(" | corral"))], { encoding: "utf8" });
  expect(shown).toBe("http://192.0.2.10:11434/'; echo pwned; '$(id){version}\n");
});
