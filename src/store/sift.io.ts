import { open } from "node:fs/promises";
import { join } from "node:path";
import { linesOf } from "../machine/lines.io.ts";
import type { Line } from "../machine/lines.io.ts";
import { openBytes } from "../machine/packed-bytes.io.ts";
import { uniqueName } from "./lease.io.ts";
import { checkLine } from "./line-check.ts";
import type { LineFile } from "./stage-sql.ts";
import { LINE_MOST_BYTES } from "./stage-sql.ts";

/** Lines that fit, with the numbers they had in their file. */
export interface Piece {
  readonly numbers: readonly number[];
  readonly texts: readonly string[];
}

const PIECE = { lines: 50_000, bytes: 64 * 1024 * 1024 };
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Reads a file line by line, slowly, and hands on in pieces what fits the published shape; tells of every other line. Used only when the
 * engine refused the file as a whole. `checkpoints` lets a journal's resume points pass.
 */
export async function* siftLines(
  path: string,
  checkpoints: boolean,
  reject: (line: number, reason: string) => void,
): AsyncGenerator<Piece> {
  const source = await openBytes(path, { stdin: () => process.stdin });
  let numbers: number[] = [];
  let texts: string[] = [];
  let bytes = 0;
  for await (const batch of linesOf(source, LINE_MOST_BYTES)) {
    for (const line of batch) {
      if (line.bytes?.length === 0) continue;
      const sifted = siftLine(line, checkpoints);
      if (!sifted.fits) {
        reject(line.number, sifted.reason);
        continue;
      }
      numbers.push(line.number);
      texts.push(sifted.text);
      bytes += sifted.text.length;
    }
    if (numbers.length < PIECE.lines && bytes < PIECE.bytes) continue;
    yield { numbers, texts };
    [numbers, texts, bytes] = [[], [], 0];
  }
  if (numbers.length > 0) yield { numbers, texts };
}

type Sifted = { readonly fits: true; readonly text: string } | { readonly fits: false; readonly reason: string };

function siftLine(line: Line, checkpoints: boolean): Sifted {
  if (line.bytes === null) return { fits: false, reason: `longer than ${LINE_MOST_BYTES} bytes` };
  let text: string;
  try {
    text = UTF8.decode(line.bytes);
  } catch {
    return { fits: false, reason: "not UTF-8" };
  }
  if (checkpoints && isCheckpoint(text)) return { fits: true, text };
  const checked = checkLine(text);
  return checked.ok ? { fits: true, text: checked.value.text } : { fits: false, reason: checked.error };
}

function isCheckpoint(text: string): boolean {
  if (!text.startsWith('{"kind":"checkpoint"')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
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
  return { path, compression: "uncompressed" };
}
