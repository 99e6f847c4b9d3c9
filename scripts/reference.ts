// Writes docs/reference/ from the tables: `node scripts/reference.ts`; with --check it only tells what differs.
import { glob, mkdir, readFile, writeFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";
import { checksPage } from "./reference/checks-page.ts";
import { cvesPage } from "./reference/cves-page.ts";
import { gatesPage } from "./reference/gates-page.ts";

const FOLDER = "docs/reference";

/** Every generated page: file name → its Markdown. A new page is a new row. */
const PAGES: Readonly<Record<string, () => string | Promise<string>>> = {
  "checks.md": checksPage,
  "cves.md": cvesPage,
  "gates.md": gatesPage,
};

/** Writes or compares one page; tells whether the file already said the same. */
async function settle(name: string, make: () => string | Promise<string>, check: boolean): Promise<boolean> {
  const path = `${FOLDER}/${name}`;
  const made = await format(await make(), { ...(await resolveConfig(path)), filepath: path });
  const kept = await readFile(path, "utf8").catch(() => null);
  if (kept === made) return true;
  if (!check) await writeFile(path, made);
  process.stdout.write(`${path}: ${check ? "differs; run `node scripts/reference.ts`" : "written"}\n`);
  return false;
}

const check = process.argv.includes("--check");
await mkdir(FOLDER, { recursive: true });
const same = await Promise.all(Object.entries(PAGES).map(([name, make]) => settle(name, make, check)));
const strays = (await Array.fromAsync(glob(`${FOLDER}/**/*.md`))).filter(
  (path) => !Object.hasOwn(PAGES, path.slice(FOLDER.length + 1)),
);
for (const path of strays) process.stdout.write(`${path}: no table makes this page\n`);
if (strays.length > 0 || (check && same.includes(false))) process.exitCode = 1;
