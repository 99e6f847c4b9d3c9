import { instantOf } from "../model/instant.ts";
import { openCatalog } from "./catalog.io.ts";
import type { Forgotten } from "./forget.io.ts";
import { forget } from "./forget.io.ts";
import { existingLake } from "./lake.io.ts";

const DAY_MS = 86_400_000;

/** How long what a scope's runs saw may stay. */
export interface Retention {
  readonly scopeName: string;
  readonly days: number;
}

/**
 * Forgets what the runs of a scope saw longer ago than the scope allows (rule R16); imports and other scopes' runs in the same lake
 * have rules of their own and stay. `null` when no run of it is that old.
 */
export async function keepRetention(
  root: string,
  { scopeName, days }: Retention,
  nowMs: number,
): Promise<Forgotten | null> {
  const instant = instantOf(nowMs - days * DAY_MS);
  const catalog = openCatalog(await existingLake(root));
  let runs: ReadonlySet<string>;
  try {
    const due = catalog.db.prepare(
      "SELECT run FROM run WHERE row ->> '$.scope_name' = ? AND row ->> '$.started_at' < ?",
    );
    runs = new Set(due.all(scopeName, instant).map(({ run }) => String(run)));
  } finally {
    catalog.close();
  }
  return runs.size === 0 ? null : forget(root, { kind: "before", instant, runs });
}
