import { expect, test } from "vitest";
import { OLLAMA_FIELDS } from "../knowledge/ollama-fields.ts";
import { fieldsTooNew, sendsField } from "./field-too-new.ts";

test.each([
  ["0.29.9", "tags", ["name", "capabilities", "details.context_length"], ["capabilities", "details.context_length"]],
  ["0.30.0", "tags", ["capabilities", "details.context_length"], []],
  ["0.30.0-rc0", "tags", ["capabilities"], []],
  ["0.9.1-rc0", "tags", ["capabilities"], []],
  ["0.9.1", "tags", ["capabilities", "details.embedding_length"], ["details.embedding_length"]],
  ["0.1.14", "tags", ["details.family", "digest"], ["details.family"]],
  ["0.11.11", "tags", ["remote_host"], ["remote_host"]],
  ["0.9.6", "ps", ["context_length"], ["context_length"]],
  ["0.8.0", "show", ["capabilities", "capabilities=tools", "capabilities=thinking"], ["capabilities=thinking"]],
  ["0.0.0", "tags", ["capabilities"], []],
  ["0.5.1-dirty", "tags", ["capabilities"], []],
  ["0.5.1", "tags", ["no_such_field", "constructor"], []],
] as const)("%s %s %j → %j", (version, route, shown, expected) => {
  expect(fieldsTooNew(version, route, shown)).toEqual(expected);
});

test("no field stands twice for one route", () => {
  const keys = OLLAMA_FIELDS.map((row) => `${row.route} ${row.field}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test.each([
  ["0.30.0", "tags", "capabilities", true],
  ["0.30.0-rc1", "tags", "capabilities", true],
  ["0.29.9", "tags", "capabilities", false],
  ["0.9.1", "tags", "capabilities", null],
  ["0.6.4", "show", "capabilities", true],
  ["0.6.3", "show", "capabilities", false],
  ["0.8.9", "show", "capabilities=thinking", false],
  ["0.0.0", "tags", "capabilities", null],
  [null, "tags", "capabilities", null],
  ["0.30.0", "tags", "no_such_field", null],
] as const)("%s sends %s %s: %j", (version, route, field, expected) => {
  expect(sendsField(version, route, field)).toBe(expected);
});
