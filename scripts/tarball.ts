// Packs the built package, installs the tarball into an empty folder elsewhere and works with it there. Needs dist/ (gate "build").
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { sampleCampaign } from "../src/simulate/sample-campaign.ts";
import { runCommand } from "./run-command.ts";

const LINES = [...sampleCampaign("tarball", { hosts: 10, days: 3, from: "2026-06-10", targets: 256 })];
const OBSERVATIONS = LINES.filter((line) => line.kind === "observation").length;

/** What is tried, in order: the command's arguments, and what its standard output or the file it writes must hold. */
const RUNS: readonly { readonly args: readonly string[]; readonly file?: string; readonly says: RegExp }[] = [
  { args: ["--version"], says: /^corral \d+\.\d+\.\d+\n$/u },
  { args: ["--help"], says: /^ {2}survey /mu },
  { args: ["config", "print", "scope"], says: /\boperator\b/u },
  { args: ["import", "jsonl", "sample.jsonl", "--lake", "lake"], says: /^/u },
  {
    args: ["sql", "--lake", "lake", "--json", "SELECT count(*) AS seen FROM observation"],
    says: new RegExp(`\\b${OBSERVATIONS}\\b`, "u"),
  },
  { args: ["report", "--lake", "lake", "--out", "out"], file: "out/report.md", says: /^# /mu },
];

/** Runs one command and returns its standard output; another exit code than 0 ends the gate and shows what was said. */
async function step(command: readonly [string, ...string[]], cwd: string): Promise<string> {
  process.stdout.write(`$ ${command.join(" ")}\n`);
  const ran = await runCommand(command, { cwd });
  if (ran.code === 0) return ran.stdout;
  throw new Error(`exit ${ran.code}\n${ran.output}`);
}

async function install(folder: string): Promise<void> {
  await step(["npm", "pack", "--ignore-scripts", "--pack-destination", folder], process.cwd());
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile("package.json", "utf8")));
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  const quiet = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"];
  await step(["npm", "install", ...quiet, `./corral-${version}.tgz`], folder);
}

async function tryAll(folder: string): Promise<void> {
  await writeFile(join(folder, "sample.jsonl"), LINES.map((line) => `${JSON.stringify(line)}\n`).join(""));
  for (const { args, file, says } of RUNS) {
    const stdout = await step([join(folder, "node_modules/.bin/corral"), ...args], folder);
    const text = file === undefined ? stdout : await readFile(join(folder, file), "utf8");
    if (!says.test(text)) throw new Error(`expected ${says.source} in:\n${text}`);
  }
}

const folder = await mkdtemp(join(tmpdir(), "corral-tarball-"));
try {
  await install(folder);
  await tryAll(folder);
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
