import { fail } from "../../model/result.ts";
import type { Clock } from "../../machine/clock.ts";
import type { CountChange, CountStore, CountTake, CountsTaken } from "./count-store.ts";
import { countId } from "./known-counts.ts";
import type { RedisCounts } from "./redis-counts.io.ts";
import type { SqliteCounts } from "./sqlite-counts.io.ts";

/** After a failure Redis is left alone for so long. */
const AWAY_MS = 500;

/** Counts in Redis, with the local file beside it: for the clock always, for the counts while Redis is gone, if so configured. */
export interface SharedParts {
  readonly redis: RedisCounts;
  readonly local: SqliteCounts;
  readonly whenGone: "closed" | "local";
  readonly clock: Clock;
  /** Told at each change: Redis is gone, or is there again. */
  readonly say: (words: string) => void;
}

interface Shared extends SharedParts {
  isGone: boolean;
  tryAgainMs: number;
  /** What was counted locally since Redis went, to be added there when it is back. */
  readonly owed: Map<string, CountChange>;
}

/**
 * Joins Redis and the local file. While Redis answers, what it counts is written locally too; so a local count begins where Redis
 * stood, and a limit is not doubled by an outage. Several gateways over one Redis each count alone while it is gone.
 */
export function sharedCounts(parts: SharedParts): CountStore {
  const shared: Shared = { ...parts, isGone: false, tryAgainMs: 0, owed: new Map() };
  return {
    apply(changes, takes, atMs, done) {
      void countAndTell(shared, changes, takes, atMs, done);
    },
    latestMs: () => shared.local.latestMs(),
    async close() {
      await shared.redis.close();
      await shared.local.close();
    },
  };
}

async function countAndTell(
  shared: Shared,
  changes: readonly CountChange[],
  takes: readonly CountTake[],
  atMs: number,
  done: (taken: CountsTaken) => void,
): Promise<void> {
  done(await count(shared, changes, takes, atMs));
}

async function count(
  shared: Shared,
  changes: readonly CountChange[],
  takes: readonly CountTake[],
  atMs: number,
): Promise<CountsTaken> {
  if (shared.isGone && shared.clock.monotonicMs() < shared.tryAgainMs)
    return withoutRedis(shared, changes, takes, atMs);
  const owed = [...shared.owed.values()];
  const outcome = await shared.redis.apply([...owed, ...changes], takes, atMs);
  if (!outcome.ok) {
    noteGone(shared, outcome.error.message);
    forgetGifts(shared);
    return withoutRedis(shared, changes, takes, atMs);
  }
  if (shared.isGone) shared.say("redis answers again: counts are kept there");
  shared.isGone = false;
  shared.owed.clear();
  const written = shared.local.mirror(outcome.value.counts, atMs);
  return written.ok ? { ok: true, value: outcome.value.units } : written;
}

function noteGone(shared: Shared, message: string): void {
  const how = shared.whenGone === "closed" ? "requests with limits are refused" : "counts are kept locally";
  if (!shared.isGone) shared.say(`error: redis does not answer (${message}): ${how}`);
  shared.isGone = true;
  shared.tryAgainMs = shared.clock.monotonicMs() + AWAY_MS;
}

/** What was to be given back may have been, so it is not given again; what was spent rather counts twice. */
function forgetGifts(shared: Shared): void {
  for (const [id, { units }] of shared.owed) if (units < 0) shared.owed.delete(id);
}

function withoutRedis(
  shared: Shared,
  changes: readonly CountChange[],
  takes: readonly CountTake[],
  atMs: number,
): Promise<CountsTaken> {
  if (shared.whenGone === "closed") return Promise.resolve(fail({ place: "redis", message: "does not answer" }));
  return new Promise((resolve) => {
    shared.local.apply(changes, takes, atMs, (taken) => {
      if (taken.ok) {
        for (const change of changes) owe(shared, change);
        takes.forEach((take, at) => owe(shared, { ...take, units: taken.value[at] ?? 0 }));
      }
      resolve(taken);
    });
  });
}

function owe(shared: Shared, { meter, window, units }: CountChange): void {
  const id = countId(meter, window);
  const before = shared.owed.get(id)?.units ?? 0;
  if (before + units === 0) shared.owed.delete(id);
  else shared.owed.set(id, { meter, window, units: before + units });
}
