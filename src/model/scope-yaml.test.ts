import { expect, test } from "vitest";
import { parse } from "yaml";
import { scopeFileSchema, scopeJsonSchema } from "./scope-file.ts";
import { scopeOf } from "./scope-of.ts";
import { scopeExample, scopeYaml } from "./scope-yaml.ts";

const KEYS = [
  "name operator basis authority prefixes names ports exclude optOut ownSpecial limits vantage depth retentionDays research",
  "contact organisation allowedBy since until who",
  "rate perHost perNetwork inFlight rescanHours pilot cardsPerHost cardsPerRun",
  "ethicsNote optOutPage reverseDns whois sourceRanges",
].flatMap((line) => line.split(" "));

test.each(KEYS)("the example holds the key %s", (key) => {
  expect(scopeExample()).toMatch(new RegExp(`^[# -]*${key}:`, "mu"));
});

test("every key of a group has its explanation above it", () => {
  const lines = scopeExample().split("\n");
  const bare = lines.filter((line, at) => /^ *[a-zA-Z]+:/u.test(line) && !/^ *#/u.test(lines[at - 1] ?? ""));
  expect(bare).toEqual(["    since: 2026-01-01"]); // second key of a list's entry
});

test("the example is a scope, and so is what is commented out", () => {
  const example: unknown = parse(scopeExample());
  expect(scopeFileSchema.safeParse(example).success).toBe(true);
  const [, unused = ""] = scopeExample().split("instead of the line above:\n");
  const research: unknown = parse(unused.replaceAll(/^# ?/gmu, ""));
  expect(scopeFileSchema.safeParse({ ...(example as object), ...(research as object) }).error).toBeUndefined();
});

test("a scope written as YAML reads back as itself", () => {
  const scope = scopeOf(scopeFileSchema.parse(parse(scopeExample())));
  const text = scopeYaml(scope, "Generated.\nTwo lines.");
  expect(text).toMatch(/^# Generated\.\n# Two lines\.\n/u);
  expect(scopeOf(scopeFileSchema.parse(parse(text)))).toEqual(scope);
});

test("the JSON Schema is closed, names what is required and explains every key", () => {
  const schema = scopeJsonSchema() as {
    properties: Record<string, { description?: string; anyOf?: { description?: string }[] }>;
  };
  expect(schema).toMatchObject({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    additionalProperties: false,
    required: ["name", "operator", "basis", "authority", "prefixes", "ports", "limits", "vantage"],
  });
  const silent = Object.entries(schema.properties).filter(
    ([, row]) => (row.description ?? row.anyOf?.[0]?.description ?? "") === "",
  );
  expect(silent).toEqual([]);
});
