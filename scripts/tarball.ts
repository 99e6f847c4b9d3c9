// Packs the built package, installs the tarball into an empty folder elsewhere and runs it there. Needs dist/ (gate "build").
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { runCommand } from "./run-command.ts";

/** Each command with what its standard output must hold; run in the folder of the installation. */
const RUNS: readonly { readonly args: readonly string[]; readonly says: RegExp }[] = [
  { args: ["--version"], says: /^corral \d+\.\d+\.\d+/u },
  { args: ["--help"], says: /survey/u },
];

/** Runs one step; a failure ends the gate and shows what the step said. */
async function step(command: readonly [string, ...string[]], cwd: string): Promise<string> {
  const ran = await runCommand(command, { cwd });
  process.stdout.write(`$ ${command.join(" ")}\n`);
  if (ran.code === 0) return ran.stdout;
  throw new Error(`exit ${ran.code}\n${ran.output}`);
}

async function tryPackage(folder: string): Promise<void> {
  await step(["npm", "pack", "--ignore-scripts", "--pack-destination", folder], process.cwd());
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile("package.json", "utf8")));
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  const quiet = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await step(["npm", "install", ...quiet, `./corral-${version}.tgz`], folder);
  for (const { args, says } of RUNS) {
    const stdout = await step([join(folder, "node_modules/.bin/corral"), ...args], folder);
    if (!says.test(stdout)) throw new Error(`expected ${says.source} in:\n${stdout}`);
  }
}

const folder = await mkdtemp(join(tmpdir(), "corral-tarball-"));
try {
  await tryPackage(folder);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
