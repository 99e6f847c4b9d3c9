import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const REPOSITORY = join(import.meta.dirname, "../..");
/** Rules of responsible measurement that bind this version (docs/scope.md); each has a test or session that bears its name. */
const RULES = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 19];

const TITLE = /^\s*(?:test|describe)\b.*"R\d/u;

test("every rule that binds has a test that bears its name", () => {
  const files = ["src", "test"].flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      join(REPOSITORY, folder, name),
    ),
  );
  const titles = files
    .filter((name) => name.endsWith(".test.ts"))
    .flatMap((name) =>
      readFileSync(name, "utf8")
        .split("\n")
        .filter((line) => TITLE.test(line)),
    );
  const sessions = files.filter((name) => name.endsWith(".txt")).map((name) => name.toUpperCase());
  const missing = RULES.filter(
    (rule) =>
      !titles.some((title) => new RegExp(`\\bR${rule}\\b`, "u").test(title)) &&
      !sessions.some((name) => name.includes(`/R${rule}-`)),
  );
  expect(missing).toEqual([]);
});
