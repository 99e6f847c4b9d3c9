import { expect, test } from "vitest";
import type { Outcome } from "../model/finding.ts";
import { versionFindingsOf } from "./findings.ts";

const versionOf = (change: object, id: string): Outcome | undefined =>
  versionFindingsOf({ answer: "open", confirmed: true, product: "ollama", version: "0.17.0", ...change }).find(
    (one) => one.check === id,
  )?.outcome;

/** Three kinds: fixed in a known release, only a range stated, and never told by version. */
test.for([
  [{}, "cve-2026-7482", "fail"],
  [{ version: "0.17.1" }, "cve-2026-7482", "pass"],
  [{ version: "0.0.0" }, "cve-2026-7482", "unknown"],
  [{ version: null }, "cve-2026-7482", "unknown"],
  [{ version: "0.3.14" }, "cve-2024-39719", "fail"],
  [{ version: "0.3.15" }, "cve-2024-39719", "pass"],
  [{ version: null }, "cve-2024-39719", "unknown"],
  [{ product: "koboldcpp" }, "cve-2026-7482", "not-applicable"],
  [{ product: "koboldcpp", confirmed: false, version: null }, "cve-2026-7482", "not-applicable"],
  [{ product: null, confirmed: false, version: null }, "cve-2026-7482", "unknown"],
  [{ product: null, confirmed: false, version: null, answer: "other" }, "cve-2026-7482", "unknown"],
  [{ product: null, confirmed: false, version: null, answer: "denied" }, "cve-2026-7482", "unknown"],
  [{ product: null, confirmed: false, answer: "login" }, "cve-2026-7482", "unknown"],
  [{ product: null, confirmed: false, version: null, answer: "silent" }, "cve-2026-7482", "not-applicable"],
  [{ product: null, confirmed: false, version: null, answer: "refused" }, "cve-2026-7482", "not-applicable"],
  [{ confirmed: false }, "cve-2026-7482", "unknown"],
  [{ version: "0.12.3" }, "cve-2025-63389", undefined],
] as const)("%j: %s → %s", ([change, id, outcome]) => {
  expect(versionOf(change, id)).toBe(outcome);
});

test("an outcome carries what its check says", () => {
  const judged = versionFindingsOf({ answer: "open", confirmed: true, product: "ollama", version: "0.17.0" });
  expect(judged.find((outcome) => outcome.check === "cve-2026-7482")).toEqual({
    check: "cve-2026-7482",
    outcome: "fail",
    severity: "critical",
    title: "Version-indicated: Bleeding Llama: a GGUF file is read out of bounds, and memory leaves through /api/push",
    fixed_in: "0.17.1",
    evidence:
      "It says it is version {version}; affected before 0.17.1, fixed in 0.17.1. A version can be spoofed or be a proxy's.",
  });
  expect(judged.find((outcome) => outcome.check === "cve-2024-39719")).toMatchObject({
    outcome: "pass",
    fixed_in: null,
  });
});
