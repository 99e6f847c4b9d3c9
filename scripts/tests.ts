// Runs vitest and leaves a tally in which a skipped test (under CI=true), a file that did not load or no test at all is a failure.
// Without a terminal it prints failures alone: whoever reads the output of a gate wants them first.
import { spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { failuresIn, testReportSchema, verdictOn } from "./test-report.ts";

const FOLDER = "node_modules/.cache/corral";
const REPORT = `${FOLDER}/vitest.json`;

await mkdir(FOLDER, { recursive: true });
await rm(REPORT, { force: true });
const isWatched = process.stdout.isTTY;
const reporters = [...(isWatched ? ["--reporter=default"] : []), "--reporter=json", `--outputFile.json=${REPORT}`];
const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...reporters], {
  stdio: "inherit",
});
const code = await new Promise<number>((resolve) => child.once("close", (exit) => resolve(exit ?? 1)));
const text = await readFile(REPORT, "utf8").catch(() => '{"testResults":[]}');
const report = testReportSchema.parse(JSON.parse(text));
const { tally, complaints } = verdictOn(report, code, process.env["CI"] === "true");
if (!isWatched) for (const failure of failuresIn(report)) process.stderr.write(`FAILED ${failure}\n\n`);
for (const complaint of complaints) process.stderr.write(`error: ${complaint}\n`);
await writeFile(`${FOLDER}/tally.json`, `${JSON.stringify(tally)}\n`);
process.exitCode = tally.failed > 0 ? 1 : 0;
