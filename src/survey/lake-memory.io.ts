import { existsSync } from "node:fs";
import { join } from "node:path";
import { serviceKey } from "../model/service.ts";
import type { Target } from "../model/target.ts";
import { agreedCards, knownDigests, knownServices, lastCheckpoint } from "../store/memory.io.ts";
import type { LastRun } from "./begin-run.ts";
import { NEVER_SEEN } from "./memory.ts";
import type { Memory, RememberedTarget } from "./memory.ts";

/** What the lake keeps of the last run of this scope and shard; `null` when it keeps none, or when there is no lake. */
export async function lastRunOf(lake: string, scopeHash: string, shard: string): Promise<LastRun | null> {
  return existsSync(join(lake, "catalog.db")) ? lastCheckpoint(lake, scopeHash, shard) : null;
}

/** Loads what the lake remembers, once, at the beginning of a run: some 300 bytes a service seen before. */
export async function loadMemory(lake: string): Promise<Memory> {
  if (!existsSync(join(lake, "catalog.db"))) return { of: () => NEVER_SEEN, agreedCard: () => null };
  const services = await knownServices(lake);
  const digests = await knownDigests(lake);
  const cards = await agreedCards(lake);
  return {
    of: (target) => remembered(target, services, digests),
    agreedCard: (digest, serverVersion) => cards.get(`${digest} ${serverVersion}`) ?? null,
  };
}

/** A target whose scheme is still open was perhaps met under either. */
function remembered(
  target: Target,
  services: Awaited<ReturnType<typeof knownServices>>,
  digests: Awaited<ReturnType<typeof knownDigests>>,
): RememberedTarget {
  const schemes = target.scheme === "auto" ? (["http", "https"] as const) : [target.scheme];
  const keys = schemes.map((scheme) => serviceKey({ ...target, scheme })).filter((key) => services.has(key));
  if (keys.length === 0) return NEVER_SEEN;
  const seen = keys.flatMap((key) => services.get(key) ?? []);
  return {
    seenBefore: true,
    confirmedBefore: seen.some(({ confirmed }) => confirmed),
    lastSeenMs: Math.max(...seen.map(({ lastSeenMs }) => lastSeenMs)),
    isDigestKnown: (digest) => keys.some((key) => digests.get(key)?.has(digest) === true),
  };
}
