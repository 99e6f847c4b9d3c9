import { open } from "node:fs/promises";
import { join } from "node:path";
import type { AuditPlace } from "./audit-place.io.ts";

const LF = 10;
const CHUNK_BYTES = 256 * 1024;
/** No line of a trail is longer. */
const MOST_LINE_BYTES = 64 * 1024;

/** One line of a trail's file as its bytes stand there. */
export interface TrailLine {
  /** Without the end of line; `null` when it is longer than any line of a trail. */
  readonly bytes: Buffer | null;
  /** From 1. */
  readonly line: number;
  /** Whether an end of line follows; without one it is the file's last piece. */
  readonly isWhole: boolean;
}

/** The lines of one file of a trail, byte for byte: nothing is trimmed. */
export async function* trailLines(place: AuditPlace, name: string): AsyncGenerator<TrailLine> {
  const file = await open(join(place.folder, name), "r");
  try {
    let rest: Buffer = Buffer.alloc(0);
    let isLong = false;
    let line = 1;
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      const bytes =
        rest.length === 0 ? chunk.subarray(0, bytesRead) : Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      let from = 0;
      for (let to = bytes.indexOf(LF); to !== -1; to = bytes.indexOf(LF, from)) {
        const isFit = !isLong && to - from <= MOST_LINE_BYTES;
        yield { bytes: isFit ? bytes.subarray(from, to) : null, line, isWhole: true };
        isLong = false;
        line += 1;
        from = to + 1;
      }
      rest = Buffer.from(bytes.subarray(from));
      if (rest.length > MOST_LINE_BYTES) {
        isLong = true;
        rest = Buffer.alloc(0);
      }
    }
    if (isLong || rest.length > 0) yield { bytes: isLong ? null : rest, line, isWhole: false };
  } finally {
    await file.close();
  }
}
