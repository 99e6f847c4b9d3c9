import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readSigma } from "../format/sigma/read-sigma.ts";
import type { SigmaFile } from "../format/sigma/read-sigma.ts";
import { readBoundedText } from "../machine/bounded-text.io.ts";
import { unreadableFile } from "../machine/unreadable-file.ts";
import { Complaint } from "../model/complaint.ts";
import type { Problem } from "../model/complaint.ts";
import type { SigmaDocument } from "../model/sigma.ts";

const FILE_BYTES = 1 << 20;
const MOST_FILES = 10_000;
const DEEPEST = 16;
const RULE_FILE = /\.ya?ml$/iu;

/**
 * Reads every `.yml` and `.yaml` of a folder (walked, links to folders not followed), or one file. What cannot be read is told among the
 * problems; throws a `Complaint` when there is no such folder, or no rule file in it.
 */
export async function readSigmaRules(path: string, cwd: string): Promise<SigmaFile> {
  const names = await ruleFiles(path, cwd);
  if (names.length === 0) throw new Complaint([{ place: path, message: "holds no .yml or .yaml file" }]);
  const documents: SigmaDocument[] = [];
  const problems: Problem[] = [];
  if (names.length > MOST_FILES)
    problems.push({ place: path, message: `holds more than ${MOST_FILES} files of rules` });
  for (const name of names.slice(0, MOST_FILES)) {
    const file = await readFile(name, cwd);
    documents.push(...file.documents);
    problems.push(...file.problems);
  }
  return { documents, problems };
}

async function readFile(name: string, cwd: string): Promise<SigmaFile> {
  try {
    const text = await readBoundedText(name, cwd, FILE_BYTES);
    return readSigma(text, name);
  } catch (error) {
    if (error instanceof Complaint) return { documents: [], problems: error.problems };
    throw error;
  }
}

async function ruleFiles(path: string, cwd: string): Promise<readonly string[]> {
  try {
    const facts = await stat(resolve(cwd, path));
    if (!facts.isDirectory()) return [path];
    const found: string[] = [];
    await walk(path, cwd, 0, found);
    return found;
  } catch (error) {
    throw unreadableFile(path, error);
  }
}

async function walk(folder: string, cwd: string, depth: number, found: string[]): Promise<void> {
  if (depth > DEEPEST || found.length > MOST_FILES) return;
  const entries = await readdir(resolve(cwd, folder), { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await walk(path, cwd, depth + 1, found);
    else if (RULE_FILE.test(entry.name)) found.push(path);
  }
}
