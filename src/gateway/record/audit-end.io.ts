import { createHash } from "node:crypto";
import { join } from "node:path";
import { auditFileOf } from "./audit-file.ts";
import type { AuditFile } from "./audit-file.ts";
import { EMPTY_HEAD, lineHash, lineStart } from "./audit-line.ts";
import type { TrailHead } from "./audit-line.ts";
import { auditFiles, readEnd } from "./audit-place.io.ts";
import type { AuditPlace } from "./audit-place.io.ts";

const LF = 10;
/** Bytes looked at from the end of a file: far more than the longest line. */
const END_BYTES = 1024 * 1024;

/** Where a trail of an earlier process ends. */
export interface TrailEnd {
  /** `null` before the first line. */
  readonly file: AuditFile | null;
  readonly sizeBytes: number;
  readonly head: TrailHead;
  /** Whether the last line is a checkpoint, or there is no line. */
  readonly isSigned: boolean;
  /** Bytes behind the last whole line: a process died while it wrote them. */
  readonly torn: { readonly bytes: number; readonly sha256: string } | null;
}

const NO_LINE = { head: EMPTY_HEAD, isSigned: true };

/** Finds the last whole line of a trail. */
export async function findTrailEnd(place: AuditPlace): Promise<TrailEnd> {
  const names = await auditFiles(place);
  for (const name of names.toReversed()) {
    const file = auditFileOf(name);
    const { bytes, size } = await readEnd(join(place.folder, name), END_BYTES);
    const last = lastLine(bytes);
    const isNewest = name === names.at(-1);
    if (file === null || (last === null && size === 0 && !isNewest)) continue;
    if (last === null) {
      const before = await endBefore(place, names.slice(0, names.indexOf(name)));
      return { file, sizeBytes: size, ...before, torn: tornPiece(bytes) };
    }
    const { head, isSigned } = last;
    return { file, sizeBytes: size, head, isSigned, torn: tornPiece(bytes.subarray(last.end)) };
  }
  return { file: null, sizeBytes: 0, ...NO_LINE, torn: null };
}

/** The head left by the files before one that holds no whole line. */
async function endBefore(place: AuditPlace, names: readonly string[]): Promise<Pick<TrailEnd, "head" | "isSigned">> {
  for (const name of names.toReversed()) {
    const { bytes } = await readEnd(join(place.folder, name), END_BYTES);
    const last = lastLine(bytes);
    if (last !== null) return { head: last.head, isSigned: last.isSigned };
  }
  return NO_LINE;
}

/** The last line of a trail among these bytes, and where it ends. */
function lastLine(bytes: Buffer): (Pick<TrailEnd, "head" | "isSigned"> & { readonly end: number }) | null {
  let end = bytes.lastIndexOf(LF);
  while (end !== -1) {
    const from = end === 0 ? 0 : bytes.lastIndexOf(LF, end - 1) + 1;
    const line = bytes.subarray(from, end);
    const start = lineStart(line);
    if (start !== null) {
      return { head: { seq: start.seq, hash: lineHash(line) }, isSigned: start.kind === "checkpoint", end: end + 1 };
    }
    end = from === 0 ? -1 : from - 1;
  }
  return null;
}

function tornPiece(bytes: Buffer): TrailEnd["torn"] {
  if (bytes.length === 0) return null;
  return { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}
