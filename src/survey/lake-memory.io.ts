import { stat } from "node:fs/promises";
import type { Run } from "../model/run.ts";
import { openCatalog } from "../store/catalog.io.ts";
import { lakePaths } from "../store/lake.io.ts";
import { recoverLake } from "../store/recover.io.ts";
import type { LastRun } from "./begin-run.ts";
import { NEVER_SEEN } from "./memory.ts";
import type { Memory } from "./memory.ts";

export async function lastRunOf(lake: string, scopeHash: string, shard: string): Promise<LastRun | null> {
  const paths = lakePaths(lake);
  if ((await stat(paths.catalog).catch(() => null)) === null) return null;
  await recoverLake(paths, { threads: 1 });
  const catalog = openCatalog(paths);
  try {
    const row = catalog.db
      .prepare("SELECT c.state AS state, r.row AS row FROM checkpoint c JOIN run r ON r.run = c.run WHERE scope_hash = ? AND shard = ?")
      .get(scopeHash, shard);
    if (row === undefined) return null;
    return { run: JSON.parse(String(row["row"])) as Run, state: JSON.parse(String(row["state"])) as unknown };
  } finally {
    catalog.close();
  }
}

export async function loadMemory(_lake: string): Promise<Memory> {
  return { of: () => NEVER_SEEN, agreedCard: () => null };
}
