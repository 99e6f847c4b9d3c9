import { expect, test } from "vitest";
import { bareSuppressions } from "../../scripts/bare-suppressions.ts";

test.for([
  "// oxlint-disable-next-line max-lines -- a table",
  "/* eslint-disable typescript/no-unsafe-assignment, max-lines -- generated */",
  "// @ts-expect-error: the port must be a number",
  "// prettier-ignore -- a matrix",
  'const text = "a line about // prettier";',
])("has rule and reason: %s", (line) => {
  expect(bareSuppressions(`const a = 1;\n${line}\n`)).toEqual([]);
});

test.for([
  "// oxlint-disable-next-line",
  "// oxlint-disable-next-line max-lines",
  "// oxlint-disable-next-line max-lines --",
  "// oxlint-disable-next-line -- because",
  "/* oxlint-disable */",
  "foo(); // eslint-disable-line no-console",
  "// @ts-expect-error",
  "// @ts-ignore",
  " * // prettier-ignore",
])("lacks rule or reason: %s", (line) => {
  expect(bareSuppressions(`const a = 1;\n${line}\n`)).toEqual([{ line: 2, text: line.trim() }]);
});
