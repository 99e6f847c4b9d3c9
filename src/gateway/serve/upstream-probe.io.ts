import { openUpstream } from "./open-upstream.io.ts";
import type { UpstreamSink } from "./forward.ts";

const EVERY_MS = 5000;
const OWN_HEADERS = ["accept", "application/json", "user-agent", "corral-gateway"];

/** Whether the model server answers, as of the last look. */
export interface UpstreamProbe extends AsyncDisposable {
  /** Null before the first look has ended. */
  readonly isReachable: boolean | null;
  /** Begins to look: once all else stands, so that what keeps the gateway from starting is told alone. */
  start(): void;
}

/** Asks the upstream for its version again and again; any answer at all counts. Tells when it comes and goes. */
export function probeUpstream(url: string, changed: (isReachable: boolean) => void): UpstreamProbe {
  const upstream = openUpstream(url);
  let isReachable: boolean | null = null;
  let isAsking = false;
  const told = (now: boolean): void => {
    isAsking = false;
    if (now !== isReachable) changed(now);
    isReachable = now;
  };
  const sink: UpstreamSink = {
    begun: () => undefined,
    data: () => true,
    ended: () => told(true),
    failed: () => told(false),
  };
  const ask = (): void => {
    if (isAsking) return;
    isAsking = true;
    upstream.forward({ method: "GET", path: "/api/version", headers: OWN_HEADERS, bodyBytes: null }, null, sink);
  };
  let timer: NodeJS.Timeout | null = null;
  return {
    start: () => {
      ask();
      timer = setInterval(ask, EVERY_MS).unref();
    },
    get isReachable() {
      return isReachable;
    },
    [Symbol.asyncDispose]: () => {
      if (timer !== null) clearInterval(timer);
      return upstream.close();
    },
  };
}
