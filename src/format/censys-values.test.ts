import { expect, test } from "vitest";
import { basePathOf } from "./censys.ts";
import { instantIn } from "./record-instant.ts";
import { asnOf } from "./record-place.ts";

test.each<[unknown, number | null]>([
  [64496, 64496],
  ["64496", 64496],
  ["AS64496", 64496],
  ["as64496", 64496],
  [0, null],
  ["0", null],
  ["", null],
  ["nan", null],
  [null, null],
  [-1, null],
  [1.5, null],
  [4_294_967_296, null],
])("asn %j", (value, asn) => {
  expect(asnOf(value)).toBe(asn);
});

test.each<[unknown, string | null]>([
  [undefined, "/"],
  ["", "/"],
  ["/", "/"],
  ["/api/tags", "/"],
  ["/api/ps", "/"],
  ["/ollama/api/tags", "/ollama"],
  ["/ollama/", "/ollama"],
  ["/api/tags?x=1", "/"],
  ["/v1/models", "/"],
  ["/apitags", "/apitags"],
  ["//api/tags", "/"],
  ["//x/api/tags", null],
  ["api/tags", null],
  ["/\u{0}/api/tags", null],
  [5, null],
])("base path of %j", (value, path) => {
  expect(basePathOf(value)).toBe(path);
});

test.each<[unknown, string | null]>([
  ["2026-01-10T03:04:05Z", "2026-01-10T03:04:05.000Z"],
  ["2026-01-10T03:04:05", "2026-01-10T03:04:05.000Z"],
  ["1768014245", "2026-01-10T03:04:05.000Z"],
  [1_768_014_245.5, "2026-01-10T03:04:05.500Z"],
  [-1, null],
  [1e300, null],
  ["yesterday", null],
  [null, null],
])("moment %j", (value, instant) => {
  expect(instantIn(value)).toBe(instant);
});
