import { join } from "node:path";
import type { GatewayConfig } from "../config/gateway-config.ts";
import type { CountStore } from "./count-store.ts";
import { openSqliteCounts } from "./sqlite-counts.io.ts";

/**
 * Opens the store that a configuration names; the state folder must be there.
 *
 * @param _say - Tells the operator when Redis goes and comes back.
 */
export function openCounts(
  config: Pick<GatewayConfig, "state" | "redis">,
  _say: (words: string) => void,
): Promise<CountStore> {
  return Promise.resolve(openSqliteCounts(join(config.state, "gateway-counts.db")));
}
