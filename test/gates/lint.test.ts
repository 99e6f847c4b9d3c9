import { beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { CLEAN, type Files, runInHouse } from "./mini-house.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // whole tools run, on machines of any speed

const lintSchema = z.object({
  diagnostics: z.array(z.object({ code: z.string().optional(), message: z.string(), filename: z.string() })),
  number_of_files: z.int(),
});

/** Exit code, files read and findings (`path rule(name)`, or the message where there is no rule) of a lint of `src`. */
async function lint(files: Files): Promise<{ code: number; read: number; findings: readonly string[] }> {
  const ran = await runInHouse(files, ["oxlint", "--format=json", "src"]);
  const { diagnostics, number_of_files: read } = lintSchema.parse(JSON.parse(ran.stdout));
  return { code: ran.code, read, findings: diagnostics.map((one) => `${one.filename} ${one.code ?? one.message}`) };
}

const CLOCK = "export const now = (): string => new Date().toISOString();\n";
const LONG = Array.from({ length: 301 }, (_, line) => `export const LINE_${line} = ${line};\n`).join("");
const LONG_BODY = Array.from({ length: 50 }, (_, line) => `  sum += ${line};\n`).join("");

test("a clean house passes: clocks in instant.ts, .io.ts and tests, a long table in knowledge", async () => {
  const allowed: Files = {
    "src/model/instant.ts": CLOCK,
    "src/machine/clock.io.ts": CLOCK,
    "src/machine/clock.test.ts": CLOCK,
    "src/knowledge/table.ts": LONG,
  };
  const { code, read, findings } = await lint({ ...CLEAN, ...allowed });
  expect(findings).toEqual([]);
  expect(read).toBe(Object.keys(CLEAN).length + Object.keys(allowed).length);
  expect(code).toBe(0);
});

/** A rule, and a file that breaks it. */
const BREACHES: readonly (readonly [rule: string, path: string, text: string])[] = [
  [
    "typescript(no-floating-promises)",
    "src/store/floating.io.ts",
    'import { openLake } from "./lake.io.ts";\n\nexport function run(): void {\n  openLake("a");\n}\n',
  ],
  [
    "typescript(no-misused-promises)",
    "src/store/misused.io.ts",
    'import { openLake } from "./lake.io.ts";\n\nexport function run(paths: readonly string[]): void {\n  paths.forEach(async (path) => {\n    await openLake(path);\n  });\n}\n',
  ],
  [
    "typescript(switch-exhaustiveness-check)",
    "src/model/open-switch.ts",
    'export function a(kind: "x" | "y"): void {\n  switch (kind) {\n    case "x":\n      break;\n  }\n}\n',
  ],
  [
    "typescript(switch-exhaustiveness-check)",
    "src/model/default-switch.ts",
    'export function a(kind: "x" | "y"): number {\n  switch (kind) {\n    case "x":\n      return 1;\n    case "y":\n      return 2;\n    default:\n      return 3;\n  }\n}\n',
  ],
  [
    "typescript(switch-exhaustiveness-check)",
    "src/model/lazy-switch.ts",
    'export function a(kind: "x" | "y"): number {\n  switch (kind) {\n    case "x":\n      return 1;\n    default:\n      return 3;\n  }\n}\n',
  ],
  [
    "typescript(no-unsafe-assignment)",
    "src/model/unsafe-value.ts",
    "export function a(text: string): void {\n  const b = JSON.parse(text);\n  void b;\n}\n",
  ],
  [
    "typescript(no-unsafe-return)",
    "src/model/unsafe-return.ts",
    "export function a(text: string): string {\n  return JSON.parse(text);\n}\n",
  ],
  [
    "typescript(no-unsafe-type-assertion)",
    "src/model/unsafe-as.ts",
    "export function a(text: unknown): string {\n  return text as string;\n}\n",
  ],
  ["typescript(no-explicit-any)", "src/model/any.ts", "export function a(text: any): void {\n  void text;\n}\n"],
  [
    "typescript(no-unnecessary-condition)",
    "src/model/useless.ts",
    "export function a(b: string): number {\n  return b === null ? 1 : 2;\n}\n",
  ],
  ["eslint(no-restricted-globals)", "src/model/clock.ts", CLOCK],
  ["eslint(no-restricted-globals)", "src/render/clock.ts", "export const a = (): number => performance.now();\n"],
  ["eslint(no-restricted-globals)", "src/survey/process.ts", "export const a = (): number => process.pid;\n"],
  [
    "eslint(no-restricted-globals)",
    "src/survey/timer.ts",
    "export const a = (b: () => void): object => setTimeout(b, 1);\n",
  ],
  ["eslint(no-restricted-globals)", "src/survey/chance.ts", "export const a = (): string => crypto.randomUUID();\n"],
  ["eslint(no-restricted-globals)", "src/survey/global.ts", "export const a = (): number => globalThis.Date.now();\n"],
  [
    "eslint(no-restricted-globals)",
    "src/survey/fetch.ts",
    'export const a = (): object => fetch("http://192.0.2.1/");\n',
  ],
  ["eslint(no-restricted-globals)", "src/survey/words.ts", 'export const a = (): void => console.log("a");\n'],
  [
    "eslint(no-restricted-properties)",
    "src/survey/wait.ts",
    "export const a = (): object => AbortSignal.timeout(1);\n",
  ],
  ["eslint(no-restricted-properties)", "src/survey/dice.ts", "export const a = (): number => Math.random();\n"],
  ["eslint(no-restricted-imports)", "src/survey/bytes.ts", 'export { randomBytes } from "node:crypto";\n'],
  ["import(no-default-export)", "src/model/default.ts", "export default 1;\n"],
  ["eslint(max-lines)", "src/model/long.ts", LONG],
  [
    "eslint(max-lines-per-function)",
    "src/model/long-function.ts",
    `export function a(): number {\n  let sum = 0;\n${LONG_BODY}  return sum;\n}\n`,
  ],
  [
    "import(no-cycle)",
    "src/model/cycle.ts",
    'import { b } from "./cycle-back.ts";\n\nexport const a = (): number => b();\n',
  ],
  ["regexp(no-super-linear-backtracking)", "src/model/nested.ts", "export const A = /^(?:a+)+$/u;\n"],
  ["corral(linear-regex)", "src/model/nested-named.ts", "export const A = /^(?<name>(?:a+)+)$/iu;\n"],
  ["corral(linear-regex)", "src/model/unreadable.ts", "export const A = /^\\p{L}+$/iu;\n"],
  [
    "unicorn(no-abusive-eslint-disable)",
    "src/model/silenced.ts",
    "// oxlint-disable-next-line\nexport const a = /^(?:a+)+$/u;\n",
  ],
  [
    "Unused",
    "src/model/silenced-in-vain.ts",
    "// oxlint-disable-next-line max-lines -- not so long\nexport const a = 1;\n",
  ],
];
const BESIDE: Files = {
  "src/model/cycle-back.ts": 'import { a } from "./cycle.ts";\n\nexport const b = (): number => a();\n',
};

describe("a house with planted breaches", () => {
  let linted: Awaited<ReturnType<typeof lint>>;
  beforeAll(async () => {
    const planted = Object.fromEntries(BREACHES.map(([, path, text]) => [path, text]));
    linted = await lint({ ...CLEAN, ...BESIDE, ...planted });
  });

  test("fails", () => expect(linted.code).toBe(1));

  test.for(BREACHES)("%s: %s", ([rule, path]) => {
    expect(linted.findings.filter((finding) => finding.startsWith(`${path} ${rule}`))).not.toEqual([]);
  });

  test("breaks no rule in a file without a breach", () => {
    const accused = new Set(linted.findings.map((finding) => finding.split(" ")[0]));
    for (const path of Object.keys(CLEAN)) expect(accused).not.toContain(path);
  });
});
