import { open } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "../format/bounded-value.ts";
import { isBlank, parseRecord, RECORD_BYTES } from "../format/json-record.ts";
import { readLine } from "../format/observation-line.ts";
import type { FieldProblem } from "../format/shape.ts";
import { linesOf } from "../machine/lines.io.ts";
import { openBytes } from "../machine/packed-bytes.io.ts";
import { ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";
import { uniqueName } from "./lease.io.ts";
import type { LineFile } from "./stage-sql.ts";

/** Lines that fit, with the numbers they had in their file. */
export interface Piece {
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
}

const PIECE = { lines: 50_000, bytes: 64 * 1024 * 1024 };

/**
 * Reads a file line by line, slowly, and hands on in pieces what fits the published shape; tells of every other line. Used only when the
 * engine refused the file as a whole. `checkpoints` lets a journal's resume points pass.
 */
export async function* siftLines(
  path: string,
  checkpoints: boolean,
  reject: (line: number, problem: FieldProblem) => void,
): AsyncGenerator<Piece> {
  const source = await openBytes(path, { stdin: () => process.stdin });
  let numbers: number[] = [];
  let texts: string[] = [];
  let bytes = 0;
  for await (const batch of linesOf(source, RECORD_BYTES)) {
    for (const line of batch) {
      if (isBlank(line.bytes)) continue;
      const sifted = siftLine(line.bytes, checkpoints);
      if (!sifted.ok) {
        reject(line.number, sifted.error);
        continue;
      }
      numbers.push(line.number);
      texts.push(sifted.value);
      bytes += sifted.value.length;
    }
    if (numbers.length < PIECE.lines && bytes < PIECE.bytes) continue;
    yield { numbers, texts };
    [numbers, texts, bytes] = [[], [], 0];
  }
  if (numbers.length > 0) yield { numbers, texts };
}

/** A line's text as it is folded, every field present, or what is wrong with it. */
function siftLine(bytes: Uint8Array | null, checkpoints: boolean): Result<string, FieldProblem> {
  const parsed = parseRecord(bytes);
  if (!parsed.ok) return parsed;
  if (checkpoints && isCheckpoint(parsed.value)) return ok(JSON.stringify(parsed.value));
  const read = readLine(parsed.value);
  return read.ok ? ok(JSON.stringify(read.value)) : read;
}

function isCheckpoint(value: unknown): boolean {
  return isObject(value) && value["kind"] === "checkpoint";
}

/** Writes a piece as a file in the workspace. */
export async function writePiece(piece: Piece, workspace: string): Promise<LineFile> {
  const path = join(workspace, uniqueName("jsonl"));
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(`${piece.texts.join("\n")}\n`);
  } finally {
    await file.close();
  }
  return { path, compression: "uncompressed", isChecked: true };
}
