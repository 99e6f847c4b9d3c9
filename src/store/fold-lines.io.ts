import { appendFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { FieldProblem } from "../format/shape.ts";
import type { Result } from "../model/result.ts";
import { ok } from "../model/result.ts";
import type { CommitOptions } from "./fold.io.ts";
import type { FoldPlace } from "./segment.io.ts";
import { commitStaged } from "./fold.io.ts";
import type { FoldReport, Reject } from "./fold-report.ts";
import { uniqueName } from "./lease.io.ts";
import type { Piece } from "./sift.io.ts";
import { siftLines, writePiece } from "./sift.io.ts";
import { stage } from "./stage.io.ts";
import type { LineFile } from "./stage-sql.ts";

/** One file to fold, and as what. */
export interface FoldJob {
  readonly label: string;
  /** Stands in for `run: null`; an import's may still be under way while the file is staged. */
  readonly run: string | Promise<string>;
  /** Name of the journal chunk that is folded; `null` for an import. */
  readonly chunk: string | null;
  /** Row of the import's own run; `null` for a journal chunk. */
  readonly importRun: string | Promise<string> | null;
}

/** Folds one file of lines in a given place: an import's, or a journal chunk. */
export async function foldLines(
  place: FoldPlace,
  file: LineFile,
  job: FoldJob,
  onReject?: (reject: Reject) => void,
): Promise<FoldReport> {
  const whole = await inFolder(place, (inner) => foldWhole(inner, file, job, job.chunk !== null));
  return whole.ok ? { ...whole.value, rejected: 0 } : inFolder(place, (inner) => siftFile(inner, file, job, onReject));
}

/** Works in a folder of its own and leaves nothing of it behind: a long run's workspace holds no stranger's lines. */
async function inFolder<T>(place: FoldPlace, work: (place: FoldPlace) => Promise<T>): Promise<T> {
  const workspace = join(place.workspace, uniqueName("fold"));
  await mkdir(workspace, { mode: 0o700 });
  try {
    return await work({ ...place, workspace });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function foldWhole(
  place: FoldPlace,
  file: LineFile,
  job: FoldJob,
  journal: boolean,
): Promise<Result<Part, string>> {
  const staged = await stage(place.engine, file, { run: job.run, workspace: place.workspace, journal });
  if (!staged.ok) return staged;
  const added = await commitStaged(place, staged.value, await settled(job));
  const known = staged.value.observations + staged.value.cards - added.observations - added.cards;
  return ok({ lines: staged.value.lines, ...added, known });
}

async function siftFile(
  place: FoldPlace,
  file: LineFile,
  job: FoldJob,
  onReject?: (reject: Reject) => void,
): Promise<FoldReport> {
  const report = { lines: 0, observations: 0, cards: 0, known: 0, rejected: 0 };
  let pending: Reject[] = [];
  const reject = (line: number, problem: FieldProblem): void => {
    pending.push({ file: job.label, line, ...problem });
  };
  const settle = async (): Promise<void> => {
    report.rejected += pending.length;
    report.lines += pending.length;
    await keepRejects(place, await job.run, pending);
    for (const one of pending) onReject?.(one);
    pending = [];
  };
  for await (const piece of siftLines(file.path, job.chunk !== null, reject)) {
    await settle();
    const part = await foldPiece(place, piece, { ...job, chunk: null }, reject, job.chunk !== null);
    report.lines += part.lines;
    report.observations += part.observations;
    report.cards += part.cards;
    report.known += part.known;
  }
  await settle();
  if (job.chunk !== null) await place.catalog.write(async () => markFolded(place, job.chunk ?? ""));
  return report;
}

async function settled({ chunk, importRun }: FoldJob): Promise<CommitOptions> {
  return { chunk, importRun: await importRun };
}

function markFolded(place: FoldPlace, chunk: string): Promise<void> {
  place.catalog.db.prepare("INSERT OR IGNORE INTO folded VALUES (?)").run(chunk);
  return Promise.resolve();
}

type Part = Omit<FoldReport, "rejected">;

/** Folds a piece; when the engine still refuses it, its halves, down to the one line that is to blame. */
async function foldPiece(
  place: FoldPlace,
  piece: Piece,
  job: FoldJob,
  reject: (line: number, problem: FieldProblem) => void,
  journal: boolean,
): Promise<Part> {
  const folded = await inFolder(place, async (inner) =>
    foldWhole(inner, await writePiece(piece, inner.workspace), job, journal),
  );
  if (folded.ok) return folded.value;
  const [only] = piece.numbers;
  if (piece.numbers.length === 1 && only !== undefined) {
    reject(only, { field: "", reason: "a value that does not fit its field" });
    return { lines: 0, observations: 0, cards: 0, known: 0 };
  }
  const middle = Math.ceil(piece.numbers.length / 2);
  const first = await foldPiece(place, slice(piece, 0, middle), job, reject, journal);
  const second = await foldPiece(place, slice(piece, middle, piece.numbers.length), job, reject, journal);
  return {
    lines: first.lines + second.lines,
    observations: first.observations + second.observations,
    cards: first.cards + second.cards,
    known: first.known + second.known,
  };
}

function slice({ numbers, texts }: Piece, from: number, to: number): Piece {
  return { numbers: numbers.slice(from, to), texts: texts.slice(from, to) };
}

/** Appends to `rejects/<run>.jsonl`; the lines themselves are not kept. */
export async function keepRejects(
  place: Pick<FoldPlace, "paths">,
  run: string,
  rejects: readonly Reject[],
): Promise<void> {
  if (rejects.length === 0) return;
  const text = rejects.map((one) => `${JSON.stringify(one)}\n`).join("");
  await appendFile(join(place.paths.rejects, `${run.replaceAll(/[^0-9a-zA-Z_-]/gu, "_")}.jsonl`), text, {
    mode: 0o600,
  });
}
