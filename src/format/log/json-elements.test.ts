import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowsOf } from "../../../test/support/log-reading.ts";
import type { LogRow } from "../../model/log-grammar.ts";
import { jsonElements } from "./json-elements.ts";

function cut(text: string, lists: readonly string[] = ["records"]) {
  const elements: { value: unknown; row: LogRow }[] = [];
  const broken: string[] = [];
  const taker = {
    element: (value: unknown, row: LogRow) => elements.push({ value, row }),
    broken: (row: LogRow, reason: string) => broken.push(`${row.line} ${reason}`),
  };
  const cutter = jsonElements(lists);
  for (const row of rowsOf(text)) cutter.row(row, taker);
  cutter.end(taker);
  return { values: elements.map(({ value }) => value), rows: elements.map(({ row }) => row), broken };
}

describe("objects of a JSON log", () => {
  test.for<[string, string]>([
    ["one a row", '{"a":1}\n{"a":2}\n'],
    ["one a row with commas", '{"a":1},\n{"a":2}\n'],
    ["over many rows", '{\n  "a": 1\n}\n{\n  "a": 2\n}\n'],
    ["a list on one row", '[{"a":1},{"a":2}]'],
    ["a list over many rows", '[\n{\n\t"a" : 1\n},\n{\n\t"a" : 2\n}]\n'],
    ["a named list on one row", '{"v":1,"records":[{"a":1},{"a":2}],"more":{"b":1}}\n'],
    ["a named list, and others behind it", '{"records":[{"a":1},{"a":2}],"more":[[{"b":1},{"b":2}],{"b":3}]}'],
    ["two documents", '{"records":[{"a":1}],"x":{}}\n{"x":{},"records":[{"a":2}]}'],
    ["a named list over many rows", '{\n  "records": [\n    {"a": 1},\n    {"a": 2}\n  ]\n}\n'],
    ["a named list that is cut off", '{"records":[{"a":1},{"a":2}'],
  ])("%s", ([, text]) => {
    expect(cut(text)).toMatchObject({ values: [{ a: 1 }, { a: 2 }], broken: [] });
  });

  test("brackets and quotes in texts are none", () => {
    const text = String.raw`[{"a":"}]{[\\"},{"b":"\"}"}]`;
    expect(cut(text).values).toEqual([{ a: "}]{[\\" }, { b: '"}' }]);
  });

  test("a list of that name within an object is part of it", () => {
    expect(cut('[{"x":{"records":[{"a":1}]}}]').values).toEqual([{ x: { records: [{ a: 1 }] } }]);
  });

  test("a row that was cut costs itself, not the next ones", () => {
    expect(cut('{"a":1,"b":\n{"a":2}\n{"a":"x\n{"a":3}\n')).toMatchObject({
      values: [{ a: 2 }, { a: 3 }],
      broken: ["1 cut-json", "3 no-json"],
    });
  });

  test("what is no JSON is told as such", () => {
    expect(cut('hello\n{"a":1}\n')).toMatchObject({ values: [{ a: 1 }], broken: ["1 no-json"] });
  });

  test("an object that never ends is given up at its cap", () => {
    const rows = Array.from({ length: 40_000 }, (_, at) => `"key-${at}-of-an-object-that-never-ends": 1,`);
    const { values, broken } = cut(`{\n${rows.join("\n")}\n`);
    expect(values).toEqual([]);
    expect(broken.length).toBeGreaterThan(0);
  });

  test("the place of an element is where its words stand, in whatever way the document is laid out", () => {
    const record = fc.record({
      name: fc.string(),
      list: fc.array(fc.integer()),
      inner: fc.dictionary(fc.string(), fc.string()),
    });
    const layouts = fc.constantFrom(0, 1, 4);
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 8 }),
        layouts,
        fc.boolean(),
        (records, indent, isNamed) => {
          const text = JSON.stringify(isNamed ? { before: [], records } : records, null, indent);
          const { values, rows, broken } = cut(text);
          expect(broken).toEqual([]);
          expect(values).toEqual(JSON.parse(JSON.stringify(records)));
          const bytes = Buffer.from(text);
          for (const row of rows) {
            const there = bytes.subarray(row.offset, row.offset + Buffer.byteLength(row.text)).toString("utf8");
            expect(there).toBe(row.text);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
