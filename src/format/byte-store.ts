import { Buffer } from "node:buffer";

/** Bytes of one thing that comes in pieces; memory grows with what came, never with what a header promises. */
export interface ByteStore {
  buffer: Buffer | null;
  length: number;
}

const FIRST_BYTES = 1_024;

/** Appends `chunk[from..to)`. */
export function appendBytes(store: ByteStore, chunk: Buffer, from: number, to: number): void {
  const needed = store.length + to - from;
  if (store.buffer === null || store.buffer.length < needed) {
    const grown = Buffer.allocUnsafe(Math.max(FIRST_BYTES, needed, (store.buffer?.length ?? 0) * 2));
    store.buffer?.copy(grown, 0, 0, store.length);
    store.buffer = grown;
  }
  chunk.copy(store.buffer, store.length, from, to);
  store.length = needed;
}

/** What was appended so far, as a view. */
export function storedBytes(store: ByteStore): Buffer {
  return store.buffer === null ? Buffer.alloc(0) : store.buffer.subarray(0, store.length);
}

/** Forgets all bytes and the memory that held them. */
export function clearBytes(store: ByteStore): void {
  store.buffer = null;
  store.length = 0;
}
