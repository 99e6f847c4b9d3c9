import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { Complaint } from "../model/complaint.ts";
import { unreadableFile } from "./unreadable-file.ts";

/** How a file's bytes are packed, told by its first bytes and never by its name alone. */
export type Packing = "plain" | "gz" | "zst";

/** Bytes to read once, unpacked, with how far the reading has come. */
export interface ByteSource {
  /** As the user named it; `standard input` for `-`. */
  readonly place: string;
  readonly packing: Packing;
  /** Bytes as they lie there, still packed; `null` when nobody can tell (a pipe). */
  readonly sizeBytes: number | null;
  /** Packed bytes read so far. */
  readonly readBytes: () => number;
  /** The unpacked bytes; throws a {@link Complaint} when the packing breaks off or is damaged. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** What happens to the bytes on their way; `tap` sees every packed byte once, in order. */
export interface ByteOptions {
  readonly stdin: () => AsyncIterable<Uint8Array>;
  readonly tap?: (packed: Uint8Array) => void;
  /** Read a file by its content even when its name says another packing; else that is a complaint. */
  readonly anyName?: boolean;
}

const MAGIC_BYTES = 4;
const READ_BYTES = 1 << 18;
/** Unpacked bytes come in pieces of this size: small ones cost a turn of the loop each. */
const PIECES = { chunkSize: 1 << 17 };

/** Opens a file, a pipe, or `-` for standard input; throws a {@link Complaint} when it cannot be read or is not what its name says. */
export async function openBytes(path: string, options: ByteOptions): Promise<ByteSource> {
  const place = path === "-" ? "standard input" : path;
  const sizeBytes = path === "-" ? null : await sizeOf(path);
  const raw = path === "-" ? options.stdin() : createReadStream(path, { highWaterMark: READ_BYTES });
  const reading = raw[Symbol.asyncIterator]();
  const head = await firstBytes(reading, place);
  const packing = packingOf(head);
  const named = /\.(gz|zst)$/u.exec(path)?.[1];
  if (options.anyName !== true && named !== undefined && packing !== named && head.length > 0) {
    await reading.return?.();
    throw new Complaint([{ place, message: `is named .${named} but does not begin like ${named} data` }]);
  }
  let read = 0;
  const counted = count(head, reading, place, (bytes) => {
    read += bytes.length;
    options.tap?.(bytes);
  });
  return { place, packing, sizeBytes, readBytes: () => read, chunks: unpack(counted, packing, place) };
}

/** Tells the packing by the first four bytes. */
export function packingOf(head: Uint8Array): Packing {
  if (head[0] === 0x1f && head[1] === 0x8b) return "gz";
  const zstd = head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd && head[0] === 0x28;
  const skippable = head[1] === 0x2a && head[2] === 0x4d && head[3] === 0x18 && ((head[0] ?? 0) & 0xf0) === 0x50;
  return zstd || skippable ? "zst" : "plain";
}

/** Reads the first bytes of a regular file; throws a {@link Complaint} when it is none or cannot be read. */
export async function headOf(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) throw new Complaint([{ place: path, message: "is a folder, not a file" }]);
    return facts.isFile() ? facts.size : null;
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(place: string, error: unknown): Complaint {
  return error instanceof Complaint ? error : unreadableFile(place, error);
}

async function firstBytes(reading: AsyncIterator<Uint8Array>, place: string): Promise<Uint8Array> {
  try {
    let head: Uint8Array = new Uint8Array(0);
    while (head.length < MAGIC_BYTES) {
      const next = await reading.next();
      if (next.done === true) break;
      head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
    }
    return head;
  } catch (error) {
    throw unreadable(place, error);
  }
}

async function* count(
  head: Uint8Array,
  reading: AsyncIterator<Uint8Array>,
  place: string,
  see: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) {
      see(head);
      yield head;
    }
    for (let next = await reading.next(); next.done !== true; next = await reading.next()) {
      see(next.value);
      yield next.value;
    }
  } catch (error) {
    throw unreadable(place, error);
  } finally {
    await reading.return?.();
  }
}

async function* unpack(packed: AsyncIterable<Uint8Array>, packing: Packing, place: string): AsyncGenerator<Uint8Array> {
  if (packing === "plain") {
    yield* packed;
    return;
  }
  let unpacked = 0;
  try {
    for await (const bytes of packing === "gz"
      ? through(packed, () => createGunzip(PIECES))
      : through(packed, () => createZstdDecompress(PIECES))) {
      unpacked += bytes.length;
      yield bytes;
    }
  } catch (error) {
    if (error instanceof Complaint) throw error;
    const message = breakWords(error, packing, unpacked);
    throw new Complaint([{ place, message }], "fetch the file again, or unpack what is readable and import that");
  }
}

/** What no data of ours begins with, once {@link packingOf} has seen the first: it stands behind a whole member or frame. */
const NO_MEMBER: ReadonlySet<string> = new Set(["incorrect header check", "Unknown frame descriptor"]);

/** What broke; the engines drop what they had unpacked of the piece in which they find damage, so that the count is a lower bound. */
function breakWords(error: unknown, packing: Packing, unpacked: number): string {
  const isShort = error instanceof Error && "code" in error && error.code === "Z_BUF_ERROR";
  if (isShort) return `ends in the middle of its ${packing} data, after ${unpacked} readable bytes (unpacked)`;
  if (error instanceof Error && NO_MEMBER.has(error.message)) return `holds something else after its ${packing} data`;
  return `holds damaged ${packing} data, after at least ${unpacked} readable bytes (unpacked)`;
}

type Engine = ReturnType<typeof createGunzip> | ReturnType<typeof createZstdDecompress>;

/** One engine per frame: Node's zstd engine stops after the first frame of a chunk and would silently drop the rest. */
async function* through(packed: AsyncIterable<Uint8Array>, create: () => Engine): AsyncGenerator<Uint8Array> {
  const feed = new Feed(packed);
  try {
    while (await feed.more()) {
      const engine = create();
      const fed = feed.into(engine);
      try {
        yield* engine as AsyncIterable<Uint8Array>;
      } finally {
        engine.destroy();
        await fed;
      }
    }
  } finally {
    await feed.close();
  }
}

/** Owns the packed bytes that the current engine has not taken. */
class Feed {
  readonly #reading: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(packed: AsyncIterable<Uint8Array>) {
    this.#reading = packed[Symbol.asyncIterator]();
  }

  async more(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#reading.next();
      if (next.done === true) return false;
      this.#rest = next.value;
    }
    return true;
  }

  async close(): Promise<void> {
    await this.#reading.return?.();
  }

  /** Writes until the engine has seen a whole frame or the bytes end; what it did not take stays here for the next engine. */
  async into(engine: Engine): Promise<void> {
    try {
      while (!engine.readableEnded && !engine.destroyed && (await this.more())) {
        const before = engine.bytesWritten;
        const chunk = this.#rest;
        await new Promise<void>((resolve) => {
          engine.once("close", resolve);
          engine.write(chunk, () => {
            engine.off("close", resolve);
            resolve();
          });
        });
        const taken = engine.bytesWritten - before;
        this.#rest = chunk.subarray(taken);
        if (taken < chunk.length) break;
      }
      engine.end();
    } catch (error) {
      engine.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
