import { describe, expect, test } from "vitest";
import { DETECTIONS } from "../knowledge/detections/detections.ts";
import type { Detection } from "../model/detection.ts";
import { RULE_LANGUAGES } from "./languages.ts";
import { DEFAULT_RULE_SETTING } from "./rule-language.ts";

const ALL: readonly Detection[] = Object.values(DETECTIONS);
const SETTING = { known: ["198.51.100.0/24"], serverPorts: [8080] };

describe.each(Object.entries(RULE_LANGUAGES))("%s", (id, language) => {
  test("is listed by its own id", () => {
    expect(language.id).toBe(id);
  });

  test("says every detection or why it cannot, and bears its uuid or id", () => {
    for (const detection of ALL) {
      const printed = language.print(detection, DEFAULT_RULE_SETTING);
      if (printed.kind === "cannot") expect(printed.why).not.toBe("");
      else {
        expect(printed.text.endsWith("\n")).toBe(true);
        expect(printed.text).toMatch(new RegExp(`${detection.uuid}|${detection.id}`, "u"));
      }
    }
  });

  test("says the same twice", () => {
    for (const detection of ALL) expect(language.print(detection, SETTING)).toEqual(language.print(detection, SETTING));
  });
});

test.for(["sigma", "kql-xdr", "eql"])("%s: prefixes and ports of one's own stand in the rule", (id) => {
  const printed = RULE_LANGUAGES[id]?.print(DETECTIONS["stranger-connected"], SETTING);
  expect(printed).toMatchObject({ kind: "rule" });
  if (printed?.kind !== "rule") return;
  expect(printed.text).toContain("198.51.100.0/24");
  expect(printed.text).toContain("8080");
  expect(printed.text).not.toContain("11434");
});

test("a field that no row tells is said, and what nothing tells is refused", () => {
  expect(RULE_LANGUAGES["kql-xdr"]?.print(DETECTIONS["stranger-connected"], SETTING)).toMatchObject({
    differs: expect.arrayContaining(["Its rows do not tell `action`; the rule takes it as not told."]) as unknown,
  });
  expect(RULE_LANGUAGES["kql-xdr"]?.print(DETECTIONS["slow-exfiltration"], SETTING)).toEqual({
    kind: "cannot",
    why: "it has no field for `destinationBytes`",
  });
});
