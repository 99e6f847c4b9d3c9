import { expect, test } from "vitest";
import { count, decimal, share } from "./number.ts";

test.each([
  [0, "0"],
  [7, "7"],
  [999, "999"],
  [1_000, "1,000"],
  [175_108, "175,108"],
  [7_230_000, "7,230,000"],
])("count(%d) is %s", (value, shown) => {
  expect(count(value)).toBe(shown);
});

test.each([
  [0, 10, "0.0%"],
  [10, 10, "100.0%"],
  [1, 3, "33.3%"],
  [1, 10_000, "<0.1%"],
  [9_999, 10_000, ">99.9%"],
  [0, 0, "–"],
])("share(%d, %d) is %s", (part, whole, shown) => {
  expect(share(part, whole)).toBe(shown);
});

test("decimal keeps one place", () => {
  expect(decimal(3.14)).toBe("3.1");
});
