import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, createZstdCompress } from "node:zlib";
import { renameDurably, syncFile } from "./atomic-file.io.ts";
import { makeFolder, unmade } from "./make-folder.io.ts";
import { refuseUnlessFile } from "./replaceable.io.ts";

/**
 * Writes texts to a file as they come, readable by its owner alone; it appears whole or not at all (`<out>.part` until then). A name that
 * ends in `.gz` or `.zst` is packed. What stands there and is no plain file is a complaint.
 *
 * @returns What the texts' generator returned.
 */
export async function streamToFile<T>(out: string, texts: AsyncGenerator<string, T>, stopped: AbortSignal): Promise<T> {
  await refuseUnlessFile(out);
  const part = `${out}.part`;
  const returned: { value: T | null } = { value: null };
  try {
    await makeFolder(dirname(out));
    const source = Readable.from(keeping(texts, returned), { objectMode: false });
    const sink = createWriteStream(part, { mode: 0o600 });
    const packer = packerOf(out);
    await (packer === null
      ? pipeline(source, sink, { signal: stopped })
      : pipeline(source, packer, sink, { signal: stopped }));
    await syncFile(part);
    await renameDurably(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw unmade(part, out, error);
  }
  if (returned.value === null) throw new Error("the texts ended without a result");
  return returned.value;
}

async function* keeping<T>(texts: AsyncGenerator<string, T>, returned: { value: T | null }): AsyncGenerator<string> {
  returned.value = yield* texts;
}

function packerOf(out: string): Transform | null {
  if (out.endsWith(".gz")) return createGzip();
  return out.endsWith(".zst") ? createZstdCompress() : null;
}
