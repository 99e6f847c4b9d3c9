import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Pages, settlePages } from "../../scripts/reference/settle-pages.ts";

const PAGES: Pages = { "a.md": () => "# A\n* one\n", "b.json": () => Promise.resolve('{"b":1}') };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "corral-reference-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a check of missing pages tells each and writes none", async () => {
  const { told } = await settlePages(folder, PAGES, true);
  expect(told).toEqual(
    ["a.md", "b.json"].map((name) => `${folder}/${name}: differs; run \`node scripts/reference.ts\``),
  );
  await expect(readFile(join(folder, "a.md"))).rejects.toThrow("ENOENT");
});

test("pages are written in the repository's format, and then a check is silent", async () => {
  await settlePages(folder, PAGES, false);
  expect(await readFile(join(folder, "a.md"), "utf8")).toBe("# A\n\n- one\n");
  expect(await readFile(join(folder, "b.json"), "utf8")).toBe('{ "b": 1 }\n');
  expect(await settlePages(folder, PAGES, true)).toEqual({ told: [], strays: [] });
});

test("a page changed by hand is told by a check, and written again", async () => {
  await settlePages(folder, PAGES, false);
  await appendFile(join(folder, "a.md"), "- by hand\n");
  expect((await settlePages(folder, PAGES, true)).told).toEqual([
    `${folder}/a.md: differs; run \`node scripts/reference.ts\``,
  ]);
  expect((await settlePages(folder, PAGES, false)).told).toEqual([`${folder}/a.md: written`]);
  expect(await readFile(join(folder, "a.md"), "utf8")).toBe("# A\n\n- one\n");
});

test("a page that no table makes is told", async () => {
  await settlePages(folder, PAGES, false);
  await writeFile(join(folder, "stray.md"), "# Stray\n");
  expect((await settlePages(folder, PAGES, true)).strays).toEqual([`${folder}/stray.md: no table makes this page`]);
});
