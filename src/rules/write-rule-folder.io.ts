import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { makeFolder } from "../machine/make-folder.io.ts";
import { Complaint } from "../model/complaint.ts";
import { INDEX_FILE } from "./rule-files.ts";
import type { RuleFile } from "./rule-files.ts";

/**
 * Writes a folder of rules so that it is there whole or not at all; one that an earlier build made is replaced. Anything else at that
 * name is a {@link Complaint}.
 */
export async function writeRuleFolder(out: string, files: readonly RuleFile[]): Promise<void> {
  const before = await namesIn(out);
  if (before !== null && before.length > 0 && !before.includes(INDEX_FILE))
    throw new Complaint([{ place: "--out", message: `${out}: holds other files` }], "name a new or empty folder");
  await makeFolder(dirname(out));
  const part = join(dirname(out), `.${basename(out)}.${randomBytes(6).toString("hex")}.part`);
  try {
    for (const { path, text } of files) {
      await mkdir(dirname(join(part, path)), { recursive: true });
      await writeFile(join(part, path), text, { flag: "wx" });
    }
    if (before === null) await rename(part, out);
    else await takePlace(part, out);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** A folder that is not empty cannot be renamed over: it steps aside first, and comes back if the new one cannot take its place. */
async function takePlace(part: string, out: string): Promise<void> {
  const aside = `${part}.before`;
  await rename(out, aside);
  try {
    await rename(part, out);
  } catch (error) {
    await rename(aside, out);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/** Names in a folder; `null` = there is nothing of that name. */
async function namesIn(folder: string): Promise<readonly string[] | null> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    if (error.code === "ENOENT") return null;
    if (error.code === "ENOTDIR")
      throw new Complaint([{ place: "--out", message: `${folder}: is no folder` }], "name a new or empty folder");
    throw error;
  }
}
