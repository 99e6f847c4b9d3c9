import { expect, test } from "vitest";
import { headFields } from "./head-fields.ts";

test.for([
  [["Content-Type", "a/b", "Content-Length", "5"], "Content-Type: a/b\r\nContent-Length: 5\r\n", 5, false],
  [["connection", "close"], "connection: close\r\n", null, true],
  [["a", "b\r\nSet-Cookie: c", "d", "e"], "d: e\r\n", null, false],
  [["a\r\nb", "c", "d: e", "f", "", "g"], "", null, false],
  [["a", "\u0000", "b", "\u00e9"], "b: \u00e9\r\n", null, false],
] as const)("%j as text: what is more than a header is left out", ([headers, text, length, closes]) => {
  expect(headFields(headers)).toEqual({ text, length, closes });
});
