import { existingLake } from "./lake.io.ts";
import { recoverLake } from "./recover.io.ts";
import type { Compaction } from "./rewrite.io.ts";
import { compactTables } from "./rewrite.io.ts";
import type { WorkBounds } from "./work-place.io.ts";
import { withPlace } from "./work-place.io.ts";

/** Clears up after dead writers, merges small segments and migrates old ones. Surveys, imports and readers go on meanwhile. */
export async function compactLake(root: string, bounds: WorkBounds = {}): Promise<Compaction> {
  const paths = await existingLake(root);
  await recoverLake(paths, { threads: bounds.threads ?? 2 });
  return withPlace(paths, bounds, (place) => compactTables(place));
}
