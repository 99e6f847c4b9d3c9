import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { format, resolveConfig } from "prettier";

/** File name (`gates.md`, `observation.schema.json`) → what makes its text. */
export type Pages = Readonly<Record<string, () => string | Promise<string>>>;

/** Writes or compares one page; returns what there is to tell, nothing if the file already says the same. */
async function settle(path: string, make: Pages[string], isCheck: boolean): Promise<readonly string[]> {
  const made = await format(await make(), { ...(await resolveConfig(path)), filepath: path });
  const kept = await readFile(path, "utf8").catch(() => null);
  if (kept === made) return [];
  if (isCheck) return [`${path}: differs; run \`node scripts/reference.ts\``];
  await writeFile(path, made);
  return [`${path}: written`];
}

/**
 * Brings a folder of generated pages in step with their tables, or only compares (`isCheck`).
 *
 * @returns A line for each page written or found to differ; `strays` are files that no table makes, left as they are.
 */
export async function settlePages(
  folder: string,
  pages: Pages,
  isCheck: boolean,
): Promise<{ readonly told: readonly string[]; readonly strays: readonly string[] }> {
  await mkdir(folder, { recursive: true });
  const told = await Promise.all(
    Object.entries(pages).map(([name, make]) => settle(`${folder}/${name}`, make, isCheck)),
  );
  const strays = (await readdir(folder)).filter((name) => !Object.hasOwn(pages, name));
  return { told: told.flat(), strays: strays.map((name) => `${folder}/${name}: no table makes this page`) };
}
