import { expect, test } from "vitest";
import { shownValue } from "./answer-text.ts";

test.each([
  ["a control", "a\u001b[2Jb", String.raw`a\u001b[2Jb`],
  ["a C1 control", "a\u009bb", String.raw`a\u009bb`],
  ["a zero-width space", "lla\u200bma", String.raw`lla\u200bma`],
  ["a soft hyphen", "lla\u00adma", String.raw`lla\u00adma`],
  ["a turn of direction", "a\u202eb", String.raw`a\u202eb`],
  ["tag characters", "a\u{e0041}\u{e0042}b", String.raw`a\u{e0041}\u{e0042}b`],
  ["a line separator", "a\u2028b", String.raw`a\u2028b`],
  ["private use", "a\ue000\u{f0000}b", String.raw`a\ue000\u{f0000}b`],
  ["half a surrogate pair", "a\ud800b", String.raw`a\ud800b`],
  ["what people write", "Zoë's 模型 🦙, 2 × ½", "Zoë's 模型 🦙, 2 × ½"],
])("%s is shown so that it can be seen", (_, value, shown) => {
  expect(shownValue(value)).toBe(shown);
});

test("what a list holds is shown the same way", () => {
  expect(shownValue(["a\u200bb"])).toBe(String.raw`["a\u200bb"]`);
});
