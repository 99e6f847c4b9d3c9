// Builds src/ of the current folder into dist/: compiles, then brings what the compiler leaves out.
import { cp, glob, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { besidePaths, withBuiltNames } from "./beside-paths.ts";
import { runCommand } from "./run-command.ts";

/** Files that modules open beside themselves and that the compiler does not copy. */
const DATA = "src/**/*.sql";

async function copyData(): Promise<number> {
  const files = await Array.fromAsync(glob(DATA));
  for (const file of files) await cp(file, join("dist", file.slice("src/".length)));
  return files.length;
}

/** Gives workers their built names, and tells which files a built module would look for in vain. */
async function settle(file: string): Promise<readonly string[]> {
  const text = await readFile(file, "utf8");
  const settled = withBuiltNames(text);
  if (settled !== text) await writeFile(file, settled);
  const missing: string[] = [];
  for (const path of besidePaths(settled)) {
    const found = await stat(join(dirname(file), path)).catch(() => null);
    if (found === null) missing.push(`${file}: ${path} is not there`);
  }
  return missing;
}

await rm("dist", { recursive: true, force: true });
const compiled = await runCommand(["tsc", "--project", "tsconfig.build.json"]);
process.stdout.write(compiled.output);
const copied = await copyData();
const modules = await Array.fromAsync(glob("dist/**/*.js"));
const missing = (await Promise.all(modules.map(settle))).flat();
for (const line of missing) process.stdout.write(`${line}\n`);
process.stdout.write(`dist: ${modules.length} modules, ${copied} data files\n`);
if (compiled.code !== 0 || modules.length === 0 || missing.length > 0) process.exitCode = 1;
