import { createHash } from "node:crypto";
import { createLake } from "./lake.io.ts";
import { tryLease } from "./lease.io.ts";
import type { Lease } from "./lease.io.ts";

/**
 * Takes the right to run a scope's shard in a lake, which one process at a time has: two would ask every target twice, and write each
 * other's resume points. The kernel frees it when the process ends, however it ends.
 *
 * @returns `null` while another process has it.
 */
export async function soleRun(root: string, scopeHash: string, shard: string): Promise<Lease | null> {
  const owner = createHash("sha256").update(`${scopeHash} ${shard}`).digest("hex").slice(0, 16);
  return tryLease(await createLake(root), owner);
}
