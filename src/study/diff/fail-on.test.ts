import { expect, test } from "vitest";
import { CHANGE_KIND_IDS } from "./change.ts";
import { parseFailOn } from "./fail-on.ts";

test.for<readonly [string | null, readonly string[]]>([
  [null, []],
  ["closed", ["closed"]],
  ["newly-open, login-removed,not-asked", ["newly-open", "login-removed", "not-asked"]],
  ["any", CHANGE_KIND_IDS],
])("%j", ([text, words]) => {
  expect([...parseFailOn(text)]).toEqual(words);
});

test("any does not stand for what nobody asked", () => {
  expect(parseFailOn("any").has("not-asked")).toBe(false);
});

test.for<readonly [string, RegExp]>([
  ["opened", /--fail-on: no such change: "opened"/u],
  ["newly-opn,x", /did you mean newly-open\?\n--fail-on: no such change: "x"/u],
  ["constructor", /no such change/u],
  ["", /no such change: ""/u],
])("is refused: %j", ([text, message]) => {
  expect(() => parseFailOn(text)).toThrow(message);
});
