/** What decides whether the gateway can do its work now. */
export interface HealthSigns {
  readonly upstreamReachable: () => boolean | null;
  readonly countsReachable: () => boolean;
  readonly recordAvailable: () => boolean;
  readonly accepting: () => boolean;
}

/** Health as `/health` tells it; ready only when nothing is missing. */
export interface Health {
  readonly live: true;
  readonly ready: boolean;
  readonly upstream: "reachable" | "unreachable" | "unknown";
  readonly record: "writable" | "unwritable";
  readonly counts: "reachable" | "unreachable";
  readonly accepting: boolean;
}

/** The gateway's health from its signs; an upstream that was not asked yet is not ready. */
export function health(signs: HealthSigns): Health {
  const upstream = signs.upstreamReachable();
  const record = signs.recordAvailable();
  const counts = signs.countsReachable();
  const accepting = signs.accepting();
  return {
    live: true,
    ready: upstream === true && record && counts && accepting,
    upstream: upstream === null ? "unknown" : upstream ? "reachable" : "unreachable",
    record: record ? "writable" : "unwritable",
    counts: counts ? "reachable" : "unreachable",
    accepting,
  };
}
