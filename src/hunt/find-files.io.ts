import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { unreadableFile } from "../machine/unreadable-file.ts";
import { Complaint } from "../model/complaint.ts";
import type { HuntFile, Unread } from "./hunt-source.ts";

/** What the names that a user gave lead to. */
export interface FoundFiles {
  readonly files: readonly HuntFile[];
  readonly unread: readonly Unread[];
}

/** Folders within folders, and files, that are walked at most. */
const DEEPEST = 16;
const MOST_FILES = 100_000;

/** Files, folders (walked, links to folders not followed), pipes and `-`; each file once whatever its names, in the order given, folders by name. */
export async function findFiles(names: readonly string[], cwd: string, nowMs: number): Promise<FoundFiles> {
  const files: HuntFile[] = [];
  const unread: Unread[] = [];
  const seen = new Set<string>();
  for (const name of names) {
    if (name === "-") {
      if (!seen.has("-"))
        files.push({ path: "-", folder: "", name: "-", sizeBytes: null, modifiedMs: nowMs, walked: false });
      seen.add("-");
    } else await findOne(name, { cwd, files, unread, seen });
  }
  return { files, unread };
}

interface Walk {
  readonly cwd: string;
  readonly files: HuntFile[];
  readonly unread: Unread[];
  readonly seen: Set<string>;
}

async function findOne(name: string, walk: Walk): Promise<void> {
  try {
    const facts = await stat(resolve(walk.cwd, name));
    if (facts.isDirectory()) await walkFolder(name, 0, walk);
    else addFile(name, false, facts, walk);
  } catch (error) {
    walk.unread.push({ path: name, reason: reasonOf(name, error), isMissing: true });
  }
}

interface FileFacts {
  isFile(): boolean;
  readonly dev: number;
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
}

function addFile(path: string, walked: boolean, facts: FileFacts, { cwd, files, unread, seen }: Walk): void {
  const whole = resolve(cwd, path);
  // Two names of one file, by a link of either kind, are one log.
  const file = facts.isFile() ? `${facts.dev}:${facts.ino}` : whole;
  if (seen.has(file)) return;
  seen.add(file);
  if (files.length >= MOST_FILES) {
    const reason = `is beyond the ${MOST_FILES} files that one hunt reads, as is all after it`;
    if (unread.at(-1)?.reason !== reason) unread.push({ path, reason, isMissing: true });
    return;
  }
  const sizeBytes = facts.isFile() ? facts.size : null;
  files.push({ path, folder: dirname(whole), name: basename(path), sizeBytes, modifiedMs: facts.mtimeMs, walked });
}

async function walkFolder(folder: string, depth: number, walk: Walk): Promise<void> {
  if (depth > DEEPEST) {
    walk.unread.push({ path: folder, reason: `lies deeper than ${DEEPEST} folders`, isMissing: true });
    return;
  }
  const entries = await readdir(resolve(walk.cwd, folder), { withFileTypes: true });
  const ordered = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of ordered) {
    const path = join(folder, entry.name);
    try {
      if (entry.isDirectory()) await walkFolder(path, depth + 1, walk);
      else {
        const facts = await stat(resolve(walk.cwd, path));
        // A pipe or device inside of a folder may never end: only those that are named are read.
        if (facts.isFile()) addFile(path, true, facts, walk);
      }
    } catch (error) {
      walk.unread.push({ path, reason: reasonOf(path, error), isMissing: true });
    }
  }
}

/** Why a file cannot be read, in plain words; throws on what is neither a complaint nor an error of the system: that is a bug of ours. */
export function reasonOf(path: string, error: unknown): string {
  if (!(error instanceof Complaint) && !(error instanceof Error && "code" in error)) throw error;
  const complaint = error instanceof Complaint ? error : unreadableFile(path, error);
  return complaint.problems.map(({ message }) => message).join("; ");
}
