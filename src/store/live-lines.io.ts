import { appendFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "./engine.io.ts";
import type { LakePaths } from "./lake.io.ts";
import { uniqueName } from "./lease.io.ts";
import { journalChunks } from "./recover.io.ts";
import { siftLines, writePiece } from "./sift.io.ts";
import type { Damage } from "./snapshot.ts";
import { stage } from "./stage.io.ts";
import type { Staged } from "./stage.io.ts";

const NEWLINE = 10;
const NO_RUN = "";

/** Copies what the journals hold now, each up to its last whole line, to one file in the workspace; `null` when they are empty. */
export async function copyJournals(paths: LakePaths, workspace: string): Promise<string | null> {
  const copy = join(workspace, uniqueName("jsonl"));
  let bytes = 0;
  for (const { name } of await journalChunks(paths)) {
    // A chunk that is gone was folded: the catalogue, read later, knows its rows.
    const content = await readFile(join(paths.journal, name)).catch(() => null);
    const whole = content?.subarray(0, content.lastIndexOf(NEWLINE) + 1);
    if (whole === undefined || whole.length === 0) continue;
    await appendFile(copy, whole, { mode: 0o600 });
    bytes += whole.length;
  }
  return bytes === 0 ? null : copy;
}

/** Lines of the journals made ready in the engine, and what of them could not be read. */
export interface LiveLines {
  readonly staged: Staged | null;
  readonly damaged: readonly Damage[];
}

/** Stages the copied journals; lines that do not fit are left out and told. */
export async function stageJournals(engine: Engine, copy: string | null, workspace: string): Promise<LiveLines> {
  if (copy === null) return { staged: null, damaged: [] };
  const options = { run: NO_RUN, workspace, journal: true };
  const whole = await stage(engine, { path: copy, compression: "uncompressed" }, options);
  if (whole.ok) return { staged: whole.value, damaged: [] };
  let lost = 0;
  const numbers: number[] = [];
  const texts: string[] = [];
  for await (const piece of siftLines(copy, true, () => (lost += 1))) {
    for (const number of piece.numbers) numbers.push(number);
    for (const text of piece.texts) texts.push(text);
  }
  const sifted = await stage(engine, await writePiece({ numbers, texts }, workspace), options);
  const reason = sifted.ok ? `${lost} lines unreadable` : `unreadable: ${sifted.error}`;
  const rows = sifted.ok ? lost : lost + numbers.length;
  return { staged: sifted.ok ? sifted.value : null, damaged: [{ file: "journal", reason, rows }] };
}
