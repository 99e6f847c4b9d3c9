import { Readable } from "node:stream";

/**
 * The same bytes until the signal aborts: then throws its reason at once, even when nobody writes to the pipe, and lets go of the pipe, which
 * would keep the process alive. Nothing that was handed on is kept: a race against one lasting promise would hold every piece.
 */
export async function* abortable(
  source: AsyncIterable<Uint8Array>,
  stopped: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reading = source[Symbol.asyncIterator]();
  let give: ((reason: unknown) => void) | null = null;
  const stop = (): void => give?.(stopped.reason);
  stopped.addEventListener("abort", stop, { once: true });
  try {
    for (;;) {
      stopped.throwIfAborted();
      const next = await new Promise<IteratorResult<Uint8Array, unknown>>((resolve, reject) => {
        give = reject;
        reading.next().then(resolve, reject);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    stopped.removeEventListener("abort", stop);
    if (source instanceof Readable) source.destroy();
  }
}
