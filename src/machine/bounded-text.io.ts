import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { Complaint } from "../model/complaint.ts";
import { unreadableFile } from "./unreadable-file.ts";

/** Nearly all files are smaller; room for the largest allowed, a thousand times over, would be more than the rest of a hunt takes. */
const FIRST_BYTES = 1 << 14;

/**
 * Reads a file that a person wrote: UTF-8 text of at most `limitBytes` (and one byte more, so that a reader can say that it is too many).
 *
 * @param path - As the user typed it, relative to `cwd`; it names the file in every problem.
 * @throws a `Complaint` when it cannot be read or is no text; `hint` says what to do when it is not there.
 */
export async function readBoundedText(path: string, cwd: string, limitBytes: number, hint?: string): Promise<string> {
  const limit = limitBytes + 1;
  let buffer = Buffer.alloc(Math.min(limit, FIRST_BYTES));
  let filled = 0;
  try {
    await using file = await open(resolve(cwd, path));
    for (;;) {
      if (filled === buffer.length) buffer = Buffer.concat([buffer], Math.min(limit, 4 * buffer.length));
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, null);
      filled += bytesRead;
      if (bytesRead === 0 || filled === limit) break;
    }
  } catch (error) {
    throw unreadableFile(path, error, hint);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(buffer.subarray(0, filled));
  } catch {
    const message = filled === limit ? `is larger than ${limitBytes / (1 << 20)} MiB` : "is not UTF-8 text";
    throw new Complaint([{ place: path, message }]);
  }
}
