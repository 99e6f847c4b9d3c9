import { Buffer } from "node:buffer";
import type { Edit } from "./edit.ts";

/** A body with edits made; every other byte stays as the client wrote it. Without edits it is the same buffer. */
export function spliceBody(bytes: Buffer, edits: readonly Edit[]): Buffer {
  return edits.length === 0 ? bytes : Buffer.concat(splicedPieces(bytes, edits));
}

/** The same in pieces, which lie in the body itself and in the edits: a long body is not copied. */
export function splicedPieces(bytes: Buffer, edits: readonly Edit[]): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  // Insertions at one place keep their order: sorting is stable.
  for (const { start, end, text } of edits.toSorted((one, other) => one.start - other.start)) {
    if (start < at) throw new TypeError("edits overlap");
    pieces.push(bytes.subarray(at, start), Buffer.from(text));
    at = end;
  }
  pieces.push(bytes.subarray(at));
  return pieces;
}
