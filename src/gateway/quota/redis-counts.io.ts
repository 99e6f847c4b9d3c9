import { fail, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { CountChange, CountFailure, CountTake } from "./count-store.ts";
import { countId, forgetEnded } from "./known-counts.ts";
import type { KnownCount, KnownCounts } from "./known-counts.ts";
import { COUNT_SCRIPT } from "./redis-script.ts";

/** Counters of Redis stay this long after their window: clocks of gateways differ. */
const KEPT_MS = 3_600_000;
const COMMAND_MS = 500;
const CONNECT_MS = 2000;
const RETRY_MOST_MS = 1000;
const PURGE_EVERY_MS = 60_000;

/** What one batch came to: units for each take, and what every counter touched stands at. */
export interface RedisOutcome {
  readonly units: readonly number[];
  readonly counts: readonly KnownCount[];
}

/** Counts in Redis or Valkey: one script a batch, never repeated by itself. */
export interface RedisCounts {
  /** Resolves with a failure while there is no connection, or when no answer came in time: then it may have been counted. */
  apply(
    changes: readonly CountChange[],
    takes: readonly CountTake[],
    atMs: number,
  ): Promise<Result<RedisOutcome, CountFailure>>;
  close(): Promise<void>;
}

/** Connects to Redis; returns after the first attempt, whatever came of it, and goes on trying. */
export async function openRedisCounts(url: string): Promise<RedisCounts> {
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    commandTimeout: COMMAND_MS,
    // A batch that may have been counted is never sent again.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    retryStrategy: (times) => Math.min(RETRY_MOST_MS, 50 * times),
  });
  // Failures show in the commands; without a listener the event would end the process.
  redis.on("error", () => undefined);
  await redis.connect().catch(() => undefined);
  const known: KnownCounts = new Map();
  let purgeAtMs = 0;
  return {
    async apply(changes, takes, atMs) {
      if (atMs >= purgeAtMs) {
        purgeAtMs = atMs + PURGE_EVERY_MS;
        forgetEnded(known, atMs);
      }
      const counters = [...changes, ...takes];
      const keys = counters.map(({ meter, window }) => `corral:count:${countId(meter, window)}`);
      try {
        const answer = await redis.eval(COUNT_SCRIPT, keys.length, ...keys, ...argumentsOf(known, changes, takes));
        return readAnswer(answer, known, changes, takes);
      } catch (error) {
        return fail({ place: "redis", message: error instanceof Error ? error.message : String(error) });
      }
    },
    close() {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

function argumentsOf(
  known: KnownCounts,
  changes: readonly CountChange[],
  takes: readonly CountTake[],
): readonly number[] {
  const tail = ({ meter, window }: CountChange | CountTake): readonly number[] => [
    window.ends + KEPT_MS,
    known.get(countId(meter, window))?.spent ?? 0,
  ];
  return [
    changes.length,
    ...changes.flatMap((change) => [change.units, ...tail(change)]),
    ...takes.flatMap((take) => [take.limit, take.need, take.want, take.workers, ...tail(take)]),
  ];
}

function readAnswer(
  answer: unknown,
  known: KnownCounts,
  changes: readonly CountChange[],
  takes: readonly CountTake[],
): Result<RedisOutcome, CountFailure> {
  const numbers = Array.isArray(answer) ? answer.map(Number) : [];
  if (numbers.length !== changes.length + 2 * takes.length || numbers.some((one) => !Number.isSafeInteger(one)))
    return fail({ place: "redis", message: "the script's answer has an unknown shape" });
  const counts: KnownCount[] = [];
  const see = ({ meter, window }: CountChange | CountTake, spent: number): void => {
    known.set(countId(meter, window), { meter, window, spent });
    counts.push({ meter, window, spent });
  };
  changes.forEach((change, at) => see(change, numbers[at] ?? 0));
  takes.forEach((take, at) => see(take, numbers[changes.length + 2 * at + 1] ?? 0));
  return ok({ units: takes.map((_, at) => numbers[changes.length + 2 * at] ?? 0), counts });
}
