import { expect, test } from "vitest";
import { parseSqlFile } from "./sql-file.ts";

test("a head over several lines, then the query alone", () => {
  const text = "-- T6 Lineages\n-- Definition: one line\n--   and more.\n-- Source: row 28.\nSELECT 1\n";
  expect(parseSqlFile(text, "t6")).toEqual({
    id: "T6",
    title: "Lineages",
    definition: "one line and more.",
    source: "row 28.",
    sql: "SELECT 1",
  });
});

test.each([
  ["no id", "SELECT 1\n"],
  ["no definition", "-- T6 Lineages\n-- Source: row 28.\nSELECT 1\n"],
  ["no source", "-- T6 Lineages\n-- Definition: one.\nSELECT 1\n"],
  ["no query", "-- T6 Lineages\n-- Definition: one.\n-- Source: row 28.\n"],
])("a file with %s is a fault of ours and named", (_name, text) => {
  expect(() => parseSqlFile(text, "t6")).toThrow("t6: its head must hold");
});
