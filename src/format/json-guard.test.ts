import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "./json-guard.ts";

const CAPS = { maxDepth: 3, maxValues: 10 };

describe("JSON of a stranger", () => {
  test.each([
    ['{"a":[{"b":1}]}', { ok: true, value: { a: [{ b: 1 }] } }],
    ['"[[[[[[[[[["', { ok: true, value: "[[[[[[[[[[" }],
    [String.raw`"\"[[[[,,,,,,,,,,,,"`, { ok: true, value: '"[[[[,,,,,,,,,,,,' }],
    [String.raw`["\\",[[1]]]`, { ok: true, value: ["\\", [[1]]] }],
    ["[[[[1]]]]", { ok: false, error: "too-deep" }],
    ['{"a":{"a":{"a":{}}}}', { ok: false, error: "too-deep" }],
    ["[1,2,3,4,5,6,7,8,9,10,11]", { ok: false, error: "too-many" }],
    ["[1,", { ok: false, error: "bad-json" }],
    ["", { ok: false, error: "bad-json" }],
    ['"open', { ok: false, error: "bad-json" }],
    ['{"a":1} x', { ok: false, error: "bad-json" }],
    ["\u{feff}{}", { ok: false, error: "bad-json" }],
  ])("%s", (text, told) => {
    expect(parseJson(Buffer.from(text), CAPS)).toEqual(told);
  });

  test.each([[[0x22, 0xff, 0x22]], [[0x22, 0xc0, 0x80, 0x22]], [[0x22, 0xed, 0xa0, 0x80, 0x22]], [[0x22, 0xe2, 0x82]]])(
    "bad UTF-8 %j",
    (codes) => {
      expect(parseJson(Buffer.from(codes))).toEqual({ ok: false, error: "bad-utf8" });
    },
  );

  test("a million entries and a million levels are refused before they are parsed", () => {
    expect(parseJson(Buffer.from(`[${"1,".repeat(500_000)}1]`))).toEqual({ ok: false, error: "too-many" });
    expect(parseJson(Buffer.from("[".repeat(1_000_000)))).toEqual({ ok: false, error: "too-deep" });
  });

  test("what is within the caps means what JSON.parse says", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        expect(parseJson(Buffer.from(text))).toEqual({ ok: true, value: JSON.parse(text) as unknown });
      }),
    );
  });
});
