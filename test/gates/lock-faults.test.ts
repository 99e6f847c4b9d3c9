import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { lockFaults, lockSchema, packageSchema } from "../../scripts/lock-faults.ts";

const HASH = "sha512-AAAA";

function faults(
  packages: Readonly<Record<string, object>>,
  dependencies: Readonly<Record<string, string>> = {},
): readonly string[] {
  const lock = lockSchema.parse({ lockfileVersion: 3, packages: { "": {}, ...packages } });
  return lockFaults(packageSchema.parse({ dependencies }), lock);
}

test("the repository's own lock holds an entry for every platform's binary", async () => {
  const text = await readFile(new URL("../../package-lock.json", import.meta.url), "utf8");
  const lock = lockSchema.parse(JSON.parse(text));
  const wanted = Object.keys(lock.packages["node_modules/@duckdb/node-bindings"]?.optionalDependencies ?? {});
  expect(wanted).toContain("@duckdb/node-bindings-darwin-arm64");
  for (const name of wanted) expect(lock.packages[`node_modules/${name}`]?.integrity).toMatch(/^sha512-/u);
});

test("a lock with every optional dependency beside or above its user is complete", () => {
  const a = { integrity: HASH, optionalDependencies: { "@x/linux": "1.0.0", "@x/darwin": "1.0.0" } };
  const one = { integrity: HASH };
  expect(
    faults({
      "node_modules/a": one,
      "node_modules/a/node_modules/b": a,
      "node_modules/a/node_modules/@x/linux": one,
      "node_modules/@x/darwin": one,
    }),
  ).toEqual([]);
});

test.for<readonly [name: string, found: readonly string[], expected: readonly string[]]>([
  [
    "a platform's binary that npm left out",
    faults({ "node_modules/a": { integrity: HASH, optionalDependencies: { "@x/darwin": "1.0.0" } } }),
    ["package-lock.json: node_modules/a wants @x/darwin, which is not in the lock"],
  ],
  [
    "a binary that is only in a sibling's folder",
    faults({
      "node_modules/a": { integrity: HASH, optionalDependencies: { b: "1.0.0" } },
      "node_modules/c": { integrity: HASH },
      "node_modules/c/node_modules/b": { integrity: HASH },
    }),
    ["package-lock.json: node_modules/a wants b, which is not in the lock"],
  ],
  [
    "the address of a registry",
    faults({ "node_modules/a": { integrity: HASH, resolved: "https://registry.example/a-1.0.0.tgz" } }),
    ["package-lock.json: node_modules/a names a registry: https://registry.example/a-1.0.0.tgz"],
  ],
  ["a package without hash", faults({ "node_modules/a": {} }), ["package-lock.json: node_modules/a has no hash"]],
  ["an empty lock", faults({}), ["package-lock.json: no package"]],
  [
    "ranges",
    faults(
      { "node_modules/a": { integrity: HASH } },
      { a: "^1.0.0", b: "1.5.5-r.5", c: "npm:@x/c@6.0.2", d: "latest" },
    ),
    ["package.json: a is not pinned: ^1.0.0", "package.json: d is not pinned: latest"],
  ],
])("finds %s", ([, found, expected]) => {
  expect(found).toEqual(expected);
});
