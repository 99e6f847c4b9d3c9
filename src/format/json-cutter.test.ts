import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonCutter } from "./json-cutter.ts";
import { jsonLayoutOf, withoutMark } from "./json-layout.ts";

/** Cuts a text that arrives in chunks of the given sizes. */
function cut(text: string, sizes: readonly number[] = [], cap = 1000): [number, string | null][] {
  const cutter = new JsonCutter(cap);
  const bytes = Buffer.from(text);
  const pieces = [];
  let from = 0;
  for (const size of [...sizes, bytes.length]) {
    pieces.push(...cutter.cut(bytes.subarray(from, from + size)));
    from += size;
  }
  pieces.push(...cutter.rest());
  return pieces.map(({ line, bytes: piece }) => [line, piece === null ? null : Buffer.from(piece).toString()]);
}

describe("a file of JSON", () => {
  test.each<[string, [number, string | null][]]>([
    ["", []],
    ["[]", []],
    [" [ ] \n", []],
    [
      '[{"a":1},{"b":2}]',
      [
        [1, '{"a":1}'],
        [1, '{"b":2}'],
      ],
    ],
    [
      '[\n{"a":[1,{"x":"]}\\""}]}\n,\n{"b":"é"}\n]\n',
      [
        [2, '{"a":[1,{"x":"]}\\""}]}'],
        [4, '{"b":"é"}'],
      ],
    ],
    [
      '{\n"a":1\n}\n{\n}',
      [
        [1, '{\n"a":1\n}'],
        [4, "{\n}"],
      ],
    ],
    [
      '[1, "a b", null]',
      [
        [1, "1"],
        [1, '"a b"'],
        [1, "null"],
      ],
    ],
    [
      '[{"a":1}',
      [
        [1, '{"a":1}'],
        [1, ""],
      ],
    ],
    ['[{"a":1', [[1, '{"a":1']]],
    [
      '[{"a":1}] x',
      [
        [1, '{"a":1}'],
        [1, "x"],
      ],
    ],
    ["[}]", [[1, "}"]]],
    [
      `[{"a":"${"x".repeat(2000)}"},{}]`,
      [
        [1, null],
        [1, "{}"],
      ],
    ],
  ])("%j", (text, expected) => {
    expect(cut(text)).toEqual(expected);
    expect(
      cut(
        text,
        Array.from({ length: Buffer.byteLength(text) }, () => 1),
      ),
    ).toEqual(expected);
  });

  test("comes back value by value, wherever the chunks break and however it is printed", () => {
    const values = fc.array(
      fc.jsonValue().map((value) => ({ value })),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(
        values,
        fc.boolean(),
        fc.nat(2),
        fc.array(fc.nat(40), { maxLength: 20 }),
        (all, asArray, indent, sizes) => {
          const text = asArray
            ? JSON.stringify(all, null, indent)
            : all.map((one) => JSON.stringify(one, null, indent)).join("\n");
          expect(cut(text, sizes, 1e6).map(([, piece]) => JSON.parse(piece ?? "") as unknown)).toEqual(
            JSON.parse(JSON.stringify(all)),
          );
        },
      ),
    );
  });

  test("of any bytes costs no more than they are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
        const cutter = new JsonCutter(100);
        const pieces = [...cutter.cut(bytes), ...cutter.rest()];
        const size = pieces.reduce((sum, piece) => sum + (piece.bytes?.length ?? 0), 0);
        expect(size).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});

test.each([
  ["", null],
  ["  \n", null],
  ["{", null],
  ["{ \r", null],
  ["[", "values"],
  ["\n [1]", "values"],
  ["{ \r\n", "values"],
  ['{"a"', "lines"],
  ["{}", "lines"],
  ["garbage", "lines"],
])("layout of %j", (text, layout) => {
  expect(jsonLayoutOf(Buffer.from(text))).toBe(layout);
});

test("byte order mark", () => {
  expect(Buffer.from(withoutMark(Buffer.from("\u{feff}a"))).toString()).toBe("a");
  expect(Buffer.from(withoutMark(Buffer.from("a"))).toString()).toBe("a");
});
