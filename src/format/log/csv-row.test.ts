import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvFields } from "./csv-row.ts";

test.for([
  ["a,b,c", ["a", "b", "c"]],
  ["", [""]],
  [",", ["", ""]],
  ['"a,b",c', ["a,b", "c"]],
  ['"a ""b""",', ['a "b"', ""]],
  ['""', [""]],
  ['"",""', ["", ""]],
  ['a"b,c', ['a"b', "c"]],
  ['"a\nb",c', ["a\nb", "c"]],
  ['"a"b,c', ["ab", "c"]],
  ['"open', null],
  ['x,"open', null],
  ['"a""', null],
] as const)("%j → %j", ([text, fields]) => {
  expect(csvFields(text)).toEqual(fields);
});

test("reads what csv-parse reads", () => {
  const field = fc.string({ unit: fc.constantFrom("a", ",", '"', " ", "\n", "ü"), maxLength: 6 });
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (fields) => {
      const text = fields.map((one) => (/[",\n]/u.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(",");
      fc.pre(text !== "");
      const [row] = parse(text, { relax_column_count: true });
      expect(csvFields(text)).toEqual(row);
    }),
    { numRuns: 1_000 },
  );
});
