import { expect, test } from "vitest";
import { OLLAMA_FIELDS } from "../knowledge/ollama-fields.ts";
import { fieldsTooNew } from "./field-too-new.ts";

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
