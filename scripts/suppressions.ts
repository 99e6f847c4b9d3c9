// Every comment that silences a gate must name what it silences and say why: `… oxlint-disable-next-line RULE -- REASON`.
import { glob, readFile } from "node:fs/promises";
import { bareSuppressions } from "./bare-suppressions.ts";

const PATTERNS = ["{src,test,scripts,bench,bin,web}/**/*.{ts,tsx,js,cjs,mjs}", "*.{ts,js,cjs,mjs}"];
/** The gates' own tests hold breaches as text. */
const EXCEPT = ["test/gates/**", "**/node_modules/**"];

const files = await Array.fromAsync(glob(PATTERNS, { exclude: EXCEPT }));
for (const file of files) {
  for (const { line, text } of bareSuppressions(await readFile(file, "utf8"))) {
    process.stdout.write(`${file}:${line}: no rule or no reason: ${text}\n`);
    process.exitCode = 1;
  }
}
if (files.length === 0) process.exitCode = 1;
