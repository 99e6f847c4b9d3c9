import type { ByteSource } from "./packed-bytes.io.ts";

/** The first bytes of a source, unpacked, and the same source, to be read from its beginning. */
export interface PeekedSource {
  readonly head: Uint8Array;
  readonly source: ByteSource;
  /** What broke the source within these bytes; `null` when they were read well. */
  readonly failure: { readonly error: unknown } | null;
}

/** Reads at least that many bytes ahead, fewer when the source ends or breaks before; its complaint comes when the source is read. */
export async function peekBytes(source: ByteSource, bytes: number): Promise<PeekedSource> {
  const reading = source.chunks[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let size = 0;
  let failure: { readonly error: unknown } | null = null;
  try {
    while (size < bytes) {
      const next = await reading.next();
      if (next.done === true) break;
      seen.push(next.value);
      size += next.value.length;
    }
  } catch (error) {
    failure = { error };
  }
  return { head: Buffer.concat(seen), source: { ...source, chunks: replay(seen, failure, reading) }, failure };
}

async function* replay(
  seen: readonly Uint8Array[],
  failure: { readonly error: unknown } | null,
  rest: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* seen;
    if (failure !== null) throw failure.error;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
