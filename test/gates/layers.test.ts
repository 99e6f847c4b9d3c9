import { beforeAll, describe, expect, test, vi } from "vitest";
import type { Ran } from "../../scripts/run-command.ts";
import { CLEAN, type Files, runInHouse, script } from "./mini-house.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // whole tools run, on machines of any speed

function layers(files: Files): Promise<Ran> {
  return runInHouse(files, ["node", script("layers.ts")]);
}

test("a clean house passes, and every file of it was read", async () => {
  const ran = await layers(CLEAN);
  expect(ran.output).toBe(`${Object.keys(CLEAN).length} modules read, 0 breaches\n`);
  expect(ran.code).toBe(0);
});

test("an empty house fails: nothing was read", async () => {
  const ran = await layers({});
  expect(ran.code).toBe(1);
});

/** A rule, and a file that breaks it. */
const BREACHES: readonly (readonly [rule: string, path: string, text: string])[] = [
  ["survey-stays-home", "src/survey/verb.ts", 'export { countLines } from "../intake/lines.ts";\n'],
  ["survey-stays-home", "src/survey/verb-type.ts", 'export type Lines = typeof import("../intake/lines.ts");\n'],
  ["survey-stays-home", "src/survey/verb-late.ts", 'export const lines = await import("../intake/lines.ts");\n'],
  ["model-stays-home", "src/model/lake.ts", 'export { openLake } from "../store/lake.io.ts";\n'],
  ["store-stays-home", "src/store/judged.ts", 'export { isUsual } from "../classify/port.ts";\n'],
  ["classify-stays-home", "src/classify/face.ts", 'import "../cli/main.ts";\n'],
  ["decisions-never-import-io", "src/survey/lake.ts", 'export { openLake } from "../store/lake.io.ts";\n'],
  ["decisions-use-pure-core", "src/survey/files.ts", 'export { readFile } from "node:fs";\n'],
  ["decisions-use-pure-core", "src/store/rows.ts", 'export { DatabaseSync } from "node:sqlite";\n'],
  ["decisions-use-pure-packages", "src/store/engine.ts", 'export { DuckDBInstance } from "@duckdb/node-api";\n'],
  ["shipped-code-uses-dependencies", "src/survey/hostile.io.ts", 'export { integer } from "fast-check";\n'],
  ["shipped-code-stands-alone", "src/cli/tools.ts", 'export { tool } from "../../scripts/tool.ts";\n'],
  ["shipped-code-stands-alone", "src/cli/tests.ts", 'export * from "../survey/ask.test.ts";\n'],
  ["every-folder-has-a-row", "src/utils/all.ts", 'export { isUsual } from "../classify/port.ts";\n'],
  ["every-folder-has-a-row", "src/loose.ts", 'export { isUsual } from "./classify/port.ts";\n'],
  ["cli-stays-home", "src/cli/utils.ts", 'export { one } from "../utils/one.ts";\n'],
  ["every-import-resolves", "src/cli/gone.ts", 'export { gone } from "../model/gone.ts";\n'],
  ["no-cycles", "src/model/cycle.ts", 'export { b } from "./cycle-back.ts";\nexport const a = 1;\n'],
  ["no-cycles", "src/model/ring.ts", 'import type { B } from "./ring-back.ts";\nexport type A = B | 1;\n'],
];
/** What some of the breaches import. */
const BESIDE: Files = {
  "scripts/tool.ts": "export const tool = 1;\n",
  "src/utils/one.ts": "export const one = 1;\n",
  "src/model/cycle-back.ts": 'export { a } from "./cycle.ts";\nexport const b = 1;\n',
  "src/model/ring-back.ts": 'import type { A } from "./ring.ts";\nexport type B = A | 2;\n',
};

describe("a house with planted breaches", () => {
  let ran: Ran;
  beforeAll(async () => {
    const planted = Object.fromEntries(BREACHES.map(([, path, text]) => [path, text]));
    ran = await layers({ ...CLEAN, ...BESIDE, ...planted });
  });

  test("fails", () => expect(ran.code).toBe(1));

  test.for(BREACHES)("%s: %s", ([rule, path]) => {
    const lines = ran.output.split("\n").filter((line) => line.startsWith(`${rule}: `));
    expect(lines.flatMap((line) => line.split(" "))).toContain(path);
  });

  test("breaks no rule in a file without a breach", () => {
    const accused = new Set(ran.output.split("\n").map((line) => line.split(" ")[1]));
    for (const path of Object.keys(CLEAN)) expect(accused).not.toContain(path);
  });
});
