import { join } from "node:path";
import { openCatalog } from "./catalog.io.ts";
import { openEngine } from "./engine.io.ts";
import type { FoldPlace } from "./segment.io.ts";
import type { LakePaths } from "./lake.io.ts";
import { newLease } from "./lease.io.ts";

/** Bounds of the work; the engine's defaults are 768 MiB and 2 threads. */
export interface WorkBounds {
  readonly memoryMiB?: number | undefined;
  readonly threads?: number | undefined;
}

/** Runs `work` with a lease, a catalogue and an engine of its own, and gives them back however it ends. */
export async function withPlace<T>(
  paths: LakePaths,
  bounds: WorkBounds,
  work: (place: FoldPlace) => Promise<T>,
): Promise<T> {
  const lease = await newLease(paths);
  try {
    const catalog = openCatalog(paths);
    try {
      const spill = join(lease.workspace, "spill");
      const engine = await openEngine({ spill, memoryMiB: bounds.memoryMiB ?? 768, threads: bounds.threads ?? 2 });
      try {
        return await work({ paths, catalog, engine, workspace: lease.workspace });
      } finally {
        engine.close();
      }
    } finally {
      catalog.close();
    }
  } finally {
    await lease.release();
  }
}
