import { sortSegments } from "./damage.io.ts";
import type { LakePaths } from "./lake.io.ts";
import { sortRollups } from "./rollup.io.ts";
import type { RollupFile } from "./rollup.io.ts";
import type { Segment } from "./segment.io.ts";
import type { Damage } from "./snapshot.ts";

/** Every file of a state that cannot be trusted, rollups among them; reads all of it. */
export async function harmedFiles(
  paths: LakePaths,
  { segments, rollups }: { readonly segments: readonly Segment[]; readonly rollups: readonly RollupFile[] },
): Promise<readonly Damage[]> {
  const harmed = await sortSegments(paths, segments, "content");
  return [...harmed.damaged, ...(await sortRollups(paths, rollups, "content")).damaged];
}

/**
 * Of such files those to do without from now on. A segment that is gone is not damaged: if the catalogue still names it, the new state shows
 * that; a rollup that is gone is not missed.
 */
export function toLeaveOut(harmed: readonly Damage[]): readonly Damage[] {
  return harmed.filter(({ file, reason }) => reason !== "missing" || isRollup(file));
}

/** Whether a file of the lake is a rollup. */
export function isRollup(file: string): boolean {
  return file.startsWith("rollup/");
}
