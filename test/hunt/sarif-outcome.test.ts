import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { huntCase } from "./hunt-case.ts";
import type { HuntCase } from "./hunt-case.ts";

let here: HuntCase;
const ACCESS = '203.0.113.7 - - [30/Jan/2026:10:06:05 +0000] "DELETE /api/delete HTTP/1.1" 200 5 "-" "x"\n';
const QUIET = (expires: string): string =>
  `suppressions:\n  - detection: remote-delete\n    reason: our own cleaner\n    expires: ${expires}\n`;

beforeAll(() => {
  here = huntCase();
  mkdirSync(join(here.folder, "logs"));
  here.write("logs/access.log", ACCESS);
  here.write("logs/readme.txt", "What these files are.\nNothing else.\n");
  here.write("quiet.yaml", QUIET("9999-12-31"));
  here.write("old.yaml", QUIET("2026-02-28"));
  here.write("rule.yml", "title: Elsewhere\nid: 5f0c7d4e-4c0e-4a53-9d1c-6f1a2b3c4d5e\n");
});
afterAll(() => {
  here.remove();
});

interface Invocation {
  readonly executionSuccessful: boolean;
  readonly toolExecutionNotifications: readonly {
    readonly level: string;
    readonly message: { readonly text: string };
  }[];
}

test.for<[string, readonly string[], Record<string, string>, number, readonly (readonly [string, RegExp])[]]>([
  ["a file left aside", ["logs"], {}, 0, [["note", /^left aside: logs\/readme\.txt: /u]]],
  ["a file that is missing", ["logs/access.log", "absent"], {}, 3, [["error", /^not read: absent: /u]]],
  [
    "both",
    ["logs", "absent"],
    {},
    3,
    [
      ["error", /^not read: absent: /u],
      ["note", /^left aside: /u],
    ],
  ],
  ["what is suppressed", ["logs/access.log"], { suppressions: "quiet.yaml" }, 0, [["note", /^suppressed: 1 alert/u]]],
  ["what no longer is", ["logs/access.log"], { suppressions: "old.yaml" }, 0, [["note", /^expired: /u]]],
  [
    "a rule that is not read",
    ["logs/access.log"],
    { sigma: "rule.yml" },
    3,
    [
      ["error", /^rule\.yml: 0 Sigma rules ran/u],
      ["error", /not read: rule\.yml:/u],
    ],
  ],
])("%s: unsuccessful only with exit code 3", async ([, names, options, exitCode, told]) => {
  const { code, out } = await here.hunt(names, { ...options, format: "sarif" });
  const { runs } = JSON.parse(out) as { runs: readonly { invocations: readonly Invocation[] }[] };
  const invocation = runs[0]?.invocations[0];
  expect(code).toBe(exitCode);
  expect(invocation?.executionSuccessful).toBe(exitCode === 0);
  const notifications = invocation?.toolExecutionNotifications ?? [];
  const kinds = [...new Set(notifications.map(({ level }) => level))];
  expect(kinds).toEqual([...new Set(told.map(([level]) => level))]);
  for (const [level, words] of told)
    expect(notifications.filter((one) => one.level === level).some(({ message }) => words.test(message.text))).toBe(
      true,
    );
});
