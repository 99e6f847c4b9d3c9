import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";

const NEWLINE = 10;
const PIECE_BYTES = 1 << 20;
/** How a journal's writer begins an observation; every other line of a chunk is rare. */
const FREQUENT = Buffer.from('{"kind":"observation",');

/**
 * Copies the lines of a journal that begin otherwise than its writer begins an observation, so that the engine looks for cards, runs and
 * checkpoints in a small file. Reads bytes only: what a line holds is for the engine to say.
 *
 * @returns How many lines it copied.
 */
export async function copyRareLines(journal: string, copy: string): Promise<number> {
  const rare: Buffer[] = [];
  let left: Buffer = Buffer.alloc(0);
  for await (const piece of createReadStream(journal, { highWaterMark: PIECE_BYTES })) {
    if (!Buffer.isBuffer(piece)) throw new TypeError("a file's piece is not bytes");
    const bytes = left.length === 0 ? piece : Buffer.concat([left, piece]);
    let from = 0;
    for (let to = bytes.indexOf(NEWLINE); to !== -1; to = bytes.indexOf(NEWLINE, from)) {
      if (!isFrequent(bytes, from)) rare.push(Buffer.from(bytes.subarray(from, to + 1)));
      from = to + 1;
    }
    left = bytes.subarray(from);
  }
  await writeFile(copy, rare, { mode: 0o600, flag: "wx" });
  return rare.length;
}

function isFrequent(bytes: Buffer, from: number): boolean {
  return (
    bytes.length - from > FREQUENT.length &&
    bytes.compare(FREQUENT, 0, FREQUENT.length, from, from + FREQUENT.length) === 0
  );
}
