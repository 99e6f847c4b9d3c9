import type { Limits } from "../../model/scope.ts";
import { networkOf } from "./network.ts";
import { createBucketMap, take, waitMs } from "./token-bucket.ts";
import type { Bucket } from "./token-bucket.ts";
import type { Hold } from "./waiting-room.ts";

/** Buckets held at once per kind; beyond it nothing new starts until one is full again. 100 bytes each. */
const MOST_BUCKETS = 200_000;
/** Rates of connections may be caught up with for this long, so that timers of a millisecond do not slow them. */
const BURST_SECONDS = 0.02;

/**
 * Paces the rate at which looks start, never the number under way: connections a second in all and per network, requests a
 * second per host (rules R2 and R15). In any t seconds a limit r lets pass at most r·t + burst, where the burst is 20 ms of the
 * rate of connections (at least one), one second of requests to a host.
 */
export interface Pacer {
  /** Milliseconds until any look may start. */
  totalWaitMs(nowMs: number): number;
  /** What holds this address back; `null` when nothing does. */
  hold(address: string, nowMs: number): Hold | null;
  /** Books the connection and the first request of a look; `factor` below 1 slows the total rate down. */
  start(address: string, nowMs: number, factor: number): void;
  /** Books further requests to a host and tells how many milliseconds they have to wait. */
  further(address: string, requests: number, nowMs: number): number;
}

/** A pacer whose buckets are full. */
export function createPacer(limits: Pick<Limits, "rate" | "perHost" | "perNetwork">): Pacer {
  const connections = (rate: number): Bucket => ({ rate, burst: Math.max(1, rate * BURST_SECONDS) });
  const total = connections(limits.rate);
  const host: Bucket = { rate: limits.perHost, burst: Math.max(1, limits.perHost) };
  const hosts = createBucketMap<string>(host, MOST_BUCKETS);
  const networks = createBucketMap<string>(connections(limits.perNetwork), MOST_BUCKETS);
  let totalFullAtMs = -Infinity;
  return {
    totalWaitMs: (nowMs) => waitMs(total, totalFullAtMs, nowMs),
    hold(address, nowMs) {
      const hostWaitMs = hosts.waitMs(address, nowMs);
      const network = networkOf(address);
      const networkWaitMs = networks.waitMs(network, nowMs);
      if (hostWaitMs === 0 && networkWaitMs === 0) return null;
      return hostWaitMs > networkWaitMs
        ? { key: address, waitMs: hostWaitMs }
        : { key: network, waitMs: networkWaitMs };
    },
    start(address, nowMs, factor) {
      totalFullAtMs = take(total, totalFullAtMs, nowMs, 1 / factor);
      hosts.take(address, nowMs);
      networks.take(networkOf(address), nowMs);
    },
    further: (address, requests, nowMs) => hosts.book(address, nowMs, requests),
  };
}
