// Checks package.json and package-lock.json of the current folder; see `lockFaults` for what must hold.
import { readFile } from "node:fs/promises";
import { lockFaults, lockSchema, packageSchema } from "./lock-faults.ts";

const lock = lockSchema.parse(JSON.parse(await readFile("package-lock.json", "utf8")));
const manifest = packageSchema.parse(JSON.parse(await readFile("package.json", "utf8")));
for (const fault of lockFaults(manifest, lock)) {
  process.stdout.write(`${fault}\n`);
  process.exitCode = 1;
}
