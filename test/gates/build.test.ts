import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { runCommand } from "../../scripts/run-command.ts";
import { CLEAN, type Files, script, withHouse } from "./mini-house.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 }); // whole tools run, on machines of any speed

const BUILD = ["node", script("build.ts")] as const;
const WORKER: Files = {
  "src/machine/pool.io.ts":
    'import { Worker } from "node:worker_threads";\nimport { readFileSync } from "node:fs";\n\nconst text = readFileSync(new URL("./schema.sql", import.meta.url), "utf8");\nnew Worker(new URL("./pool-worker.io.ts", import.meta.url), { workerData: text });\n',
  "src/machine/pool-worker.io.ts":
    'import { workerData } from "node:worker_threads";\n\nprocess.stdout.write(`worker read ${String(workerData)}`);\n',
  "src/machine/schema.sql": "SELECT 1;\n",
};

test("brings what the compiler leaves out: data beside a module, the built name of a worker; and no test", async () => {
  await withHouse({ ...CLEAN, ...WORKER }, async (cwd) => {
    const built = await runCommand(BUILD, { cwd });
    expect(built.output).toBe("dist: 9 modules, 1 data files\n");
    expect(built.code).toBe(0);
    const ran = await runCommand(["node", "dist/machine/pool.io.js"], { cwd });
    expect(ran.output).toBe("worker read SELECT 1;\n");
    await expect(readFile(join(cwd, "dist/survey/ask.test.js"))).rejects.toThrow("ENOENT");
  });
});

test("fails on sources that do not compile, and on a module that opens a file which the package will not have", async () => {
  const wrong: Files = {
    "src/model/wrong.ts": 'export const WRONG: number = "1";\n',
    "src/store/a.io.ts": 'export const A = new URL("./a.csv", import.meta.url);\n',
  };
  await withHouse({ ...CLEAN, ...wrong }, async (cwd) => {
    const built = await runCommand(BUILD, { cwd });
    expect(built.output).toContain("src/model/wrong.ts(1,14): error TS2322");
    expect(built.output).toContain("dist/store/a.io.js: ./a.csv is not there\n");
    expect(built.code).toBe(1);
  });
});
