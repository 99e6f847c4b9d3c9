import { expect, test } from "vitest";
import { parseReportFormats } from "./report-format.ts";

test.each([
  [undefined, ["html", "md", "json"]],
  ["md", ["md"]],
  ["json, html,json", ["html", "json"]],
])("%j means %j", (text, formats) => {
  expect(parseReportFormats(text)).toEqual(formats);
});

test("every unknown format is named at once", () => {
  expect(() => parseReportFormats("pdf,html,toString,")).toThrow(
    '--format: no such format: "pdf"\n--format: no such format: "toString"\n--format: no such format: ""',
  );
});
