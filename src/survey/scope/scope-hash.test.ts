import { expect, test } from "vitest";
import { scopeExample } from "../../model/scope-yaml.ts";
import type { Scope } from "../../model/scope.ts";
import { parseScope } from "./parse-scope.ts";
import { scopeHash } from "./scope-hash.ts";

function example(): Scope {
  const scope = parseScope(scopeExample(), "scope.yaml");
  if (!scope.ok) throw new Error("the example is no scope");
  return { ...scope.value, names: ["a.example.org", "b.example.org"], ports: [80, 11434] };
}

const SCOPE = example();
const HASH = scopeHash(SCOPE);

test("is 64 hexadecimal digits", () => {
  expect(HASH).toMatch(/^[0-9a-f]{64}$/u);
});

test.each<[string, Partial<Scope>]>([
  ["basis", { basis: "contract" }],
  ["prefixes", { prefixes: ["192.168.10.0/25"] }],
  ["names", { names: ["a.example.org"] }],
  ["ports", { ports: [80] }],
  ["exclude", { exclude: [] }],
  ["ownSpecial", { ownSpecial: ["192.168.0.0/16"] }],
  ["vantage", { vantage: "outside" }],
  ["depth", { depth: "metadata" }],
])("changes with %s: who is asked, what and from where", (_, change) => {
  expect(scopeHash({ ...SCOPE, ...change })).not.toBe(HASH);
});

test.each<[string, Partial<Scope>]>([
  [
    "the order of lists",
    { ports: [11434, 80], names: ["b.example.org", "a.example.org"], prefixes: SCOPE.prefixes.toReversed() },
  ],
  ["a lower rate", { limits: { ...SCOPE.limits, rate: 1 } }],
  ["a longer authority", { authority: { ...SCOPE.authority, until: "2027-12-31" } }],
  ["one more opt-out", { optOut: [...SCOPE.optOut, { who: "192.168.10.7/32", since: "2026-02-02" }] }],
  ["its name, people and retention", { name: "other", operator: { ...SCOPE.operator, name: "B" }, retentionDays: 7 }],
])("does not change with %s: an interrupted run goes on", (_, change) => {
  expect(scopeHash({ ...SCOPE, ...change })).toBe(HASH);
});

test("lists cannot run into one another", () => {
  const one = scopeHash({ ...SCOPE, exclude: ["192.168.10.1/32"], ownSpecial: [] });
  expect(scopeHash({ ...SCOPE, exclude: [], ownSpecial: ["192.168.10.1/32"] })).not.toBe(one);
});
