import { expect, test } from "vitest";
import { schemaFaults, withBoundedTexts } from "./argument-schema.ts";

test.for<[string, object, readonly string[]]>([
  ["nothing to say", { type: "object", properties: { path: { pattern: "^[a-z]+$" } } }, []],
  ["a property called pattern", { properties: { pattern: { type: "string" }, format: { enum: ["(a+)+"] } } }, []],
  [
    "values that look like keywords",
    { const: { pattern: "(a+)+" }, default: { pattern: "(" }, enum: [{ format: "x" }] },
    [],
  ],
  ["a pattern", { properties: { path: { pattern: "(a+)+$" } } }, ["properties.path.pattern"]],
  ["one deep in lists", { anyOf: [{}, { items: { not: { pattern: "(a+)+$" } } }] }, ["anyOf.1.items.not.pattern"]],
  ["one under a keyword of nobody", { "x-parts": { one: { pattern: "(?=a)" } } }, ["x-parts.one.pattern"]],
  ["one in a definition", { $defs: { pattern: { pattern: "(a+)+$" } } }, ["$defs.pattern.pattern"]],
  [
    "names of properties",
    { patternProperties: { "(a+)+$": {}, "^x-": { pattern: "(" } } },
    ["patternProperties.(a+)+$", "patternProperties.^x-.pattern"],
  ],
  ["a format that backtracks", { format: "url" }, ["format"]],
  ["a format that nobody judges", { format: "iban" }, ["format"]],
  ["a format", { format: "date-time" }, []],
  ["another document", { $ref: "https://example.org/schema" }, ["$ref"]],
  ["a definition", { $ref: "#/$defs/a", $defs: { a: {} } }, []],
  ["no text", { pattern: 3 }, ["pattern"]],
])("%s", ([, schema, places]) => {
  expect(schemaFaults(schema, []).map(({ path }) => path.join("."))).toEqual(places);
});

test("a schema without end is refused, not followed", () => {
  let schema: object = { pattern: "(a+)+$" };
  for (let depth = 0; depth < 100; depth += 1) schema = { not: schema };
  expect(schemaFaults(schema, [])).toHaveLength(1);
});

test("patterns and formats are tried on short texts alone; all else stays", () => {
  const schema = {
    type: "object",
    properties: { pattern: { type: "string", pattern: "^a" }, day: { format: "date", allOf: [{ minLength: 1 }] } },
    enum: [{ pattern: "x" }],
  };
  expect(JSON.parse(JSON.stringify(withBoundedTexts(schema)))).toEqual(
    JSON.parse(`{
      "type": "object",
      "properties": {
        "pattern": { "type": "string", "allOf": [{ "if": { "maxLength": 4096 }, "then": { "pattern": "^a" }, "else": false }] },
        "day": { "allOf": [{ "minLength": 1 }, { "if": { "maxLength": 4096 }, "then": { "format": "date" }, "else": false }] }
      },
      "enum": [{ "pattern": "x" }]
    }`),
  );
});
