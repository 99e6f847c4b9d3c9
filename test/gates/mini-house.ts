import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Ran, runCommand } from "../../scripts/run-command.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SETTINGS = [
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  ".oxlintrc.json",
  ".dependency-cruiser.cjs",
  "bin",
  "scripts/lint",
];

/** Files of a house in order: path → text. */
export type Files = Readonly<Record<string, string>>;

/** A small house that follows every rule. */
export const CLEAN: Files = {
  "src/model/target.ts": "export interface Target {\n  readonly address: string;\n}\n",
  "src/knowledge/ports.ts": "export const OLLAMA_PORT = 11434;\n",
  "src/classify/port.ts":
    'import { OLLAMA_PORT } from "../knowledge/ports.ts";\n\nexport function isUsual(port: number): boolean {\n  return port === OLLAMA_PORT;\n}\n',
  "src/store/lake.io.ts":
    'import { mkdir } from "node:fs/promises";\n\nexport async function openLake(path: string): Promise<void> {\n  await mkdir(path, { recursive: true });\n}\n',
  "src/survey/ask.ts":
    'import { z } from "zod";\nimport { isUsual } from "../classify/port.ts";\nimport type { Target } from "../model/target.ts";\n\nexport const portSchema = z.int();\nexport function worthAsking(target: Target, port: number): boolean {\n  return isUsual(port) && target.address !== "";\n}\n',
  "src/survey/ask.test.ts":
    'import { expect, test } from "vitest";\nimport { worthAsking } from "./ask.ts";\n\ntest("asks the usual port", () => {\n  expect(worthAsking({ address: "192.0.2.1" }, 11434)).toBe(true);\n});\n',
  "src/intake/lines.ts": "export function countLines(text: string): number {\n  return text.split(/\\n/u).length;\n}\n",
  "src/cli/main.ts":
    'import { openLake } from "../store/lake.io.ts";\nimport { worthAsking } from "../survey/ask.ts";\n\nawait openLake(worthAsking({ address: "192.0.2.1" }, 1) ? "a" : "b");\n',
};

/** Builds a house in a temporary folder under the repository's own settings, uses it, and takes it down. */
export async function withHouse<T>(files: Files, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "corral-house-"));
  try {
    for (const name of SETTINGS) await cp(join(ROOT, name), join(folder, name), { recursive: true });
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs one command in a house built for it. */
export function runInHouse(files: Files, command: readonly [string, ...string[]]): Promise<Ran> {
  return withHouse(files, (cwd) => runCommand(command, { cwd }));
}

/** Path of one of the repository's scripts. */
export function script(name: string): string {
  return join(ROOT, "scripts", name);
}
