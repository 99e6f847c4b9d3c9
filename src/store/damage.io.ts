import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { LakePaths } from "./lake.io.ts";
import type { Segment } from "./segment.io.ts";
import { fileSha256 } from "./segment.io.ts";
import type { Damage } from "./snapshot.ts";

/** Segments that can be trusted, and those that cannot, with the reason. */
export interface Sorted {
  readonly sound: readonly Segment[];
  readonly damaged: readonly Damage[];
}

/** Looks at every segment's file: its size (`size`), or all of its content (`content`, as slow as reading the lake). */
export async function sortSegments(
  paths: LakePaths,
  segments: readonly Segment[],
  depth: "size" | "content",
): Promise<Sorted> {
  const sound: Segment[] = [];
  const damaged: Damage[] = [];
  for (const segment of segments) {
    const reason = await whyDamaged(join(paths.segment, segment.name), segment, depth);
    if (reason === null) sound.push(segment);
    else damaged.push({ file: `segment/${segment.name}`, reason, rows: segment.rows });
  }
  return { sound, damaged };
}

/** Why a file is not what the catalogue says of it; `null` when it is. */
export async function whyDamaged(
  path: string,
  segment: Pick<Segment, "sizeBytes" | "sha256">,
  depth: "size" | "content",
): Promise<string | null> {
  try {
    const { size } = await stat(path);
    if (size !== segment.sizeBytes) return `size ${size} instead of ${segment.sizeBytes}`;
    if (depth === "size") return null;
    return (await fileSha256(path)) === segment.sha256 ? null : "content changed";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "?";
    return code === "ENOENT" ? "missing" : `unreadable: ${code}`;
  }
}
