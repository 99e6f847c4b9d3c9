import { join } from "node:path";
import type { GatewayConfig } from "../config/gateway-config.ts";
import type { CountStore } from "./count-store.ts";
import { machineWorld } from "./quota-world.io.ts";
import { openRedisCounts } from "./redis-counts.io.ts";
import { sharedCounts } from "./shared-counts.io.ts";
import { openSqliteCounts } from "./sqlite-counts.io.ts";

/**
 * Opens the store that a configuration names; the state folder must be there. Throws what SQLite throws when its file cannot be opened.
 *
 * @param say - Tells the operator when Redis goes and comes back.
 */
export async function openCounts(
  config: Pick<GatewayConfig, "state" | "redis">,
  say: (words: string) => void,
): Promise<CountStore> {
  const local = openSqliteCounts(join(config.state, "gateway-counts.db"));
  if (config.redis === null) return local;
  const redis = await openRedisCounts(config.redis.url);
  const { whenGone } = config.redis;
  return sharedCounts({ redis, local, whenGone, clock: machineWorld.clock, say });
}
