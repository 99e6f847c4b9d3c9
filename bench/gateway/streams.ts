import { setTimeout as sleep } from "node:timers/promises";
import { cpuSeconds, residentMb } from "./pinned.ts";
import type { Proxy } from "./proxies.ts";
import { chatRequest, dial, nextName, openStream, type OpenStream } from "./stream-client.ts";
import type { StreamUpstream } from "./stream-upstream.ts";

const STREAMS = 50;
const CHUNKS = 64;
const EVERY_MS = 20;

/** What came of waves of 50 streams. */
export interface Waves {
  readonly delays: readonly number[];
  readonly firsts: readonly number[];
  readonly merged: number;
  readonly split: number;
  /** Text chunks that did not arrive. */
  readonly lost: number;
  /** Processor of all the proxy's processes. */
  readonly millisPerStream: number;
}

/** Waves of 50 streams of 64 chunks, one every 20 ms; streams begin evenly over the first 20 ms. */
export async function waves(proxy: Proxy, count: number): Promise<Waves> {
  const cpu = (): number => (proxy.pid === null ? Number.NaN : cpuSeconds(proxy.pid));
  const before = cpu();
  const streams: OpenStream[] = [];
  for (let wave = 0; wave < count; wave += 1) {
    const sinceMs = performance.now();
    const started = Array.from({ length: STREAMS }, async (_, index) => {
      await sleep(Math.max(0, sinceMs + (index * EVERY_MS) / STREAMS - performance.now()));
      return openStream(proxy, { chunks: CHUNKS, everyMs: EVERY_MS });
    });
    const open = await Promise.all(started);
    await Promise.all(open.map(({ ended }) => ended));
    streams.push(...open);
  }
  const tales = streams.map(({ tale }) => tale);
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
  const delays = tales.flatMap((tale) => tale.delays);
  return {
    // The first chunk waits for the way to be opened: that is the time to the first token.
    delays: tales.flatMap((tale) => tale.delays.slice(1)),
    firsts: tales.map(({ firstMs }) => firstMs),
    merged: sum(tales.map(({ merged }) => merged)),
    split: sum(tales.map(({ split }) => split)),
    lost: streams.length * CHUNKS - delays.length,
    millisPerStream: ((cpu() - before) / streams.length) * 1000,
  };
}

const CUT_PATIENCE_MS = 2000;

/** Milliseconds from a client's leaving mid-stream to the end of the upstream's connection, one after another; Infinity when it did not end in 2 s. */
export async function cancels(proxy: Proxy, upstream: StreamUpstream, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = nextName();
    const stream = await openStream(proxy, { name, chunks: 3000, everyMs: EVERY_MS });
    await stream.begun;
    await sleep(5 + (index % 5) * 10);
    const leftMs = stream.leave();
    const served = upstream.served(name);
    while ((served?.cutMs ?? null) === null && performance.now() - leftMs < CUT_PATIENCE_MS) await sleep(1);
    times.push((served?.cutMs ?? Number.POSITIVE_INFINITY) - leftMs);
  }
  return times;
}

/** Resident megabytes while many streams are open. */
export interface Memory {
  /** Of the process that carries the streams, the most while they ran. */
  readonly carrier: number;
  readonly whole: number;
  readonly open: number;
}

const OPENED_AT_ONCE = 10;

/** Opens many streams that speak four times a second, holds them, and looks at the proxy's memory meanwhile. */
export async function memory(
  proxy: Proxy,
  upstream: StreamUpstream,
  { streams, holdMs }: { readonly streams: number; readonly holdMs: number },
): Promise<Memory> {
  const open: OpenStream[] = [];
  while (open.length < streams) {
    const some = Array.from({ length: OPENED_AT_ONCE }, () => openStream(proxy, { chunks: 4000, everyMs: 250 }));
    open.push(...(await Promise.all(some)));
    await sleep(20);
  }
  await Promise.all(open.map(({ begun }) => begun));
  let [carrier, whole] = [0, 0];
  const until = performance.now() + holdMs;
  while (performance.now() < until) {
    await sleep(250);
    const sizes = proxy.pid === null ? [0] : residentMb(proxy.pid);
    carrier = Math.max(carrier, sizes.at(-1) ?? 0);
    whole = Math.max(
      whole,
      sizes.reduce((sum, one) => sum + one, 0),
    );
  }
  const at = upstream.open;
  for (const stream of open) stream.leave();
  await Promise.all(open.map(({ ended }) => ended));
  return { carrier, whole, open: at };
}

const BIG_BYTES = 8_000_000;
const PIECE = 65_536;
const BESIDE = 20;

/** How long chunks of other streams were on their way while a large body went through, and while none did. */
export interface BesideBig {
  /** The slowest chunk of 20 streams in as long a time without a body. */
  readonly calmMs: number;
  /** For each body, the slowest chunk while it was sent and answered. */
  readonly bigMs: readonly number[];
  readonly bodyMs: readonly number[];
}

/** Sends bodies of 8 MB, one image in base64 each, while 20 streams run. */
export async function besideBig(proxy: Proxy, bodies: number): Promise<BesideBig> {
  const request = Buffer.from(chatRequest(proxy, bigBody()), "latin1");
  const streams: OpenStream[] = [];
  while (streams.length < BESIDE) {
    streams.push(await openStream(proxy, { chunks: 100_000, everyMs: EVERY_MS }));
    // Their chunks come at all times, so that some are on their way whenever a body is.
    await sleep(EVERY_MS + 1);
  }
  await sleep(1000);
  const spans: { from: number; to: number }[] = [];
  for (let index = 0; index < bodies; index += 1) {
    const from = performance.now();
    await sendBig(proxy, request);
    spans.push({ from, to: performance.now() });
    await sleep(400);
  }
  for (const stream of streams) stream.leave();
  const bigMs = spans.map(({ from, to }) => slowest(streams, from, to));
  const longest = Math.max(...spans.map(({ from, to }) => to - from));
  // Between two bodies it is calm; the same length of time, a while after each has been answered.
  const calm = spans.map(({ to }) => slowest(streams, to + 100, to + Math.min(380, 100 + longest)));
  return { calmMs: Math.max(...calm), bigMs, bodyMs: spans.map(({ from, to }) => to - from) };
}

function slowest(streams: readonly OpenStream[], from: number, to: number): number {
  let most = 0;
  for (const { tale } of streams)
    for (const [index, at] of tale.arrivals.entries()) {
      const delay = tale.delays[index] ?? 0;
      // On its way at any moment of the span.
      if (at >= from && at - delay <= to) most = Math.max(most, delay);
    }
  return most;
}

function bigBody(): string {
  const start = '{"model":"llama3:latest","messages":[{"role":"user","content":"what is it?","images":["';
  const end = '"]}],"stream":false}';
  return (
    start + "iVBORw0KGgoAAAANSUhEUgAAB+/x".repeat(BIG_BYTES / 28).slice(0, BIG_BYTES - start.length - end.length) + end
  );
}

/** In pieces, so that the bench itself stays awake; resolves with the answer. */
async function sendBig(proxy: Proxy, request: Buffer): Promise<void> {
  const socket = await dial(proxy.port);
  const answered = new Promise<string>((resolve, reject) => {
    socket.once("data", (bytes) => resolve(bytes.toString("latin1", 0, 12)));
    socket.once("error", reject);
    socket.once("close", () => reject(new Error(`${proxy.name} closed the connection of a large body`)));
  });
  for (let from = 0; from < request.length && !socket.destroyed; from += PIECE) {
    if (!socket.write(request.subarray(from, from + PIECE)))
      await new Promise<void>((resolve) => {
        socket.once("drain", resolve);
        socket.once("close", resolve);
      });
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  const status = await answered;
  socket.destroy();
  if (!status.endsWith("200")) throw new Error(`${proxy.name} answered a large body with ${status}`);
}
