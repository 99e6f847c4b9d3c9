import { Readable } from "node:stream";

/**
 * The same bytes until the signal aborts: then throws its reason at once, even when nobody writes to the pipe, and lets go of the pipe, which
 * would keep the process alive.
 */
export async function* abortable(
  source: AsyncIterable<Uint8Array>,
  stopped: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reading = source[Symbol.asyncIterator]();
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => undefined);
  const stop = (): void => ended.reject(stopped.reason);
  stopped.addEventListener("abort", stop, { once: true });
  try {
    stopped.throwIfAborted();
    for (;;) {
      const next = await Promise.race([reading.next(), ended.promise]);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    stopped.removeEventListener("abort", stop);
    if (source instanceof Readable) source.destroy();
  }
}
