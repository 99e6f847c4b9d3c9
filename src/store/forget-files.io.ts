import { createReadStream } from "node:fs";
import { readFile, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { writeFileAtomic } from "../machine/atomic-file.io.ts";
import { epochMsOf } from "../model/instant.ts";
import type { Forgetting } from "./forgetting.ts";
import type { LakePaths } from "./lake.io.ts";

/** Request logs that exist now. Those of live writers are closed before they are cleaned. */
export async function logFiles(paths: LakePaths): Promise<readonly string[]> {
  const names = await readdir(paths.log);
  return names.filter((name) => name.endsWith(".jsonl"));
}

/** Takes lines out of these request logs and of every rejects file; returns how many. A file that becomes empty goes. */
export async function forgetFiles(
  paths: LakePaths,
  logs: readonly string[],
  what: Forgetting,
  isForgotten: (line: string) => boolean,
): Promise<number> {
  let lines = 0;
  for (const name of logs) lines += await cleanFile(join(paths.log, name), isForgotten);
  for (const name of await readdir(paths.rejects)) {
    const path = join(paths.rejects, name);
    lines += await cleanFile(
      path,
      what.kind === "before" && what.runs === null && (await isOlder(path, what.instant)) ? () => true : isForgotten,
    );
  }
  return lines;
}

async function isOlder(path: string, instant: string): Promise<boolean> {
  return (await stat(path)).mtimeMs < (epochMsOf(instant) ?? 0);
}

async function cleanFile(path: string, isForgotten: (line: string) => boolean): Promise<number> {
  let gone = 0;
  const probe = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  for await (const line of probe) if (isForgotten(line)) gone += 1;
  if (gone === 0) return 0;
  // A log is at most one chunk long (64 MiB), so it fits in memory.
  const kept = (await readFile(path, "utf8")).split("\n").filter((line) => line !== "" && !isForgotten(line));
  if (kept.length === 0) await rm(path);
  else await writeFileAtomic(path, `${kept.join("\n")}\n`);
  return gone;
}
