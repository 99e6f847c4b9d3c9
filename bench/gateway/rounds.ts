import { startProxy, startUnaryUpstream, type Proxy, type ProxyName } from "./proxies.ts";
import { startStreamUpstream, type StreamUpstream } from "./stream-upstream.ts";
import { besideBig, cancels, memory, waves } from "./streams.ts";
import { quantile } from "./sums.ts";
import { lowRateDelays, throughput } from "./unary.ts";

/** How much of everything a run does. */
export interface Size {
  readonly rounds: number;
  readonly unarySeconds: number;
  readonly lowRateSeconds: number;
  /** Requests before measuring, and waves of streams. */
  readonly warmRequests: number;
  readonly warmWaves: number;
  readonly waves: number;
  readonly cancels: number;
  readonly streams: number;
  readonly holdMs: number;
  readonly bodies: number;
}

/** What one round brought for one proxy; a figure that does not apply is NaN. */
export type Figures = Record<
  | "perSecond"
  | "micros"
  | "busy"
  | "refused"
  | "p50"
  | "p99"
  | "chunkP50"
  | "chunkP99"
  | "chunkMean"
  | "streamCpu"
  | "merged"
  | "split"
  | "lost"
  | "firstP50"
  | "firstP99"
  | "cancelP50"
  | "cancelMost"
  | "cancels"
  | "carrierMb"
  | "wholeMb"
  | "open"
  | "calm"
  | "bigMedian"
  | "bigMost"
  | "bodyMs",
  number
>;

/** The parts of a round, each on its own. */
export const PARTS = ["unary", "streams", "cancels", "big", "memory"] as const;
export type Part = (typeof PARTS)[number];

/** Every figure of every round, by proxy. */
export type Outcome = ReadonlyMap<ProxyName, Partial<Figures>[]>;

interface Bench {
  readonly size: Size;
  readonly parts: ReadonlySet<Part>;
  readonly upstream: StreamUpstream;
  readonly say: (text: string) => void;
}

/** Runs rounds over all proxies that are there, each round in another order. */
export async function runRounds(
  names: readonly ProxyName[],
  parts: ReadonlySet<Part>,
  size: Size,
  say: (text: string) => void,
): Promise<Outcome> {
  const unaryUpstream = await startUnaryUpstream();
  const upstream = await startStreamUpstream();
  const bench = { size, parts, upstream, say };
  const outcome = new Map<ProxyName, Partial<Figures>[]>(names.map((name) => [name, []]));
  const unary: Proxy[] = [];
  const streaming: Proxy[] = [];
  try {
    for (const name of names) {
      unary.push(await startProxy(name, unaryUpstream.port, null));
      streaming.push(await startProxy(name, upstream.port, null));
    }
    await warm(unary, streaming, bench);
    for (let round = 0; round < size.rounds; round += 1) {
      const order = turned(names, round);
      const found = new Map<ProxyName, Partial<Figures>>(names.map((name) => [name, {}]));
      for (const part of PARTS.filter((one) => parts.has(one)))
        for (const name of order) {
          say(`round ${round + 1}: ${part}, ${name}`);
          const proxy = (part === "unary" ? unary : streaming)[names.indexOf(name)];
          if (proxy !== undefined) Object.assign(found.get(name) ?? {}, await MEASURES[part](proxy, bench));
        }
      for (const [name, figures] of found) outcome.get(name)?.push(figures);
    }
  } finally {
    await Promise.all([...unary, ...streaming].map((proxy) => proxy.stop()));
    await unaryUpstream.stop();
    upstream.stop();
  }
  return outcome;
}

/** Every round begins with another proxy, and every second goes backwards. */
function turned<T>(list: readonly T[], by: number): readonly T[] {
  const from = by % list.length;
  const order = [...list.slice(from), ...list.slice(0, from)];
  return by % 2 === 0 ? order : order.toReversed();
}

const WARM_SECONDS = 2;
const MOST_WARM_TURNS = 10;

/** Until hot code is compiled. */
async function warm(unary: readonly Proxy[], streaming: readonly Proxy[], { size, parts, say }: Bench): Promise<void> {
  for (const proxy of parts.has("unary") ? unary : []) {
    say(`warming ${proxy.name}`);
    for (let done = 0, turn = 0; done < size.warmRequests && turn < MOST_WARM_TURNS; turn += 1)
      done += (await throughput(proxy, WARM_SECONDS)).perSecond * WARM_SECONDS;
  }
  if (parts.size === 1 && parts.has("unary")) return;
  for (const proxy of streaming) await waves(proxy, size.warmWaves);
}

type Measure = (proxy: Proxy, bench: Bench) => Promise<Partial<Figures>>;

const MEASURES: Readonly<Record<Part, Measure>> = {
  unary: async (proxy, { size }) => {
    const busy = await throughput(proxy, size.unarySeconds);
    const delays = await lowRateDelays(proxy, size.lowRateSeconds);
    return {
      perSecond: busy.perSecond,
      micros: busy.microsPerRequest,
      busy: busy.busyShare,
      refused: busy.refused,
      p50: quantile(delays, 0.5),
      p99: quantile(delays, 0.99),
    };
  },
  streams: async (proxy, { size }) => {
    const found = await waves(proxy, size.waves);
    return {
      chunkP50: quantile(found.delays, 0.5),
      chunkP99: quantile(found.delays, 0.99),
      chunkMean: found.delays.reduce((sum, one) => sum + one, 0) / found.delays.length,
      streamCpu: found.millisPerStream,
      merged: found.merged,
      split: found.split,
      lost: found.lost,
      firstP50: quantile(found.firsts, 0.5),
      firstP99: quantile(found.firsts, 0.99),
    };
  },
  cancels: async (proxy, { size, upstream }) => {
    const times = await cancels(proxy, upstream, size.cancels);
    return { cancelP50: quantile(times, 0.5), cancelMost: quantile(times, 1), cancels: times.length };
  },
  big: async (proxy, { size }) => {
    const { calmMs, bigMs, bodyMs } = await besideBig(proxy, size.bodies);
    return {
      calm: calmMs,
      bigMedian: quantile(bigMs, 0.5),
      bigMost: quantile(bigMs, 1),
      bodyMs: quantile(bodyMs, 0.5),
    };
  },
  memory: async (proxy, { size, upstream }) => {
    const fresh = await startProxy(proxy.name, upstream.port, null);
    try {
      const { carrier, whole, open } = await memory(fresh, upstream, size);
      return proxy.pid === null ? {} : { carrierMb: carrier, wholeMb: whole, open };
    } finally {
      await fresh.stop();
    }
  },
};
