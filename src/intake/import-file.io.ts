import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { parseRecord, RECORD_BYTES } from "../format/json-record.ts";
import type { Given } from "../format/stored-look.ts";
import type { LineRecord } from "../format/observation-line.ts";
import { writeFileAtomic } from "../machine/atomic-file.io.ts";
import type { Clock } from "../machine/clock.ts";
import { openJson } from "../machine/json-pieces.io.ts";
import { type ByteSource, openBytes } from "../machine/packed-bytes.io.ts";
import { peekBytes } from "../machine/peeked-bytes.io.ts";
import { Complaint } from "../model/complaint.ts";
import { instantOf } from "../model/instant.ts";
import { foldFile } from "../store/fold-file.io.ts";
import { createLake, type LakePaths } from "../store/lake.io.ts";
import { newLease } from "../store/lease.io.ts";
import { convert, type ConvertTarget, readThrough, unpackTo } from "./convert.io.ts";
import { DETECT_BYTES, detectFormat, EMPTY_HINT, isBlank } from "./detect-format.ts";
import type { FileReport } from "./file-report.ts";
import { IMPORT_FORMATS, type ImportFormat, type ImportFormatName } from "./import-format.ts";
import { importRun, importRunId } from "./import-run.ts";
import { PLACED_COLUMNS, type Placer } from "./placer.io.ts";
import type { Reporter } from "./progress.io.ts";
import { NO_TALLY, type RejectedRecord, rejectText, type Tally } from "./tally.ts";

/** What an import needs of the world. */
export interface ImportEffects {
  readonly stdin: () => AsyncIterable<Uint8Array>;
  readonly clock: Clock;
  readonly stopped: AbortSignal;
  readonly reporter: Reporter;
  /** What the user adds to files that do not say it. */
  readonly given: Given;
  readonly placer: Placer;
  /** Called for each of the first rejects of a file. */
  readonly onReject: (words: string) => void;
}

const SNIFFED = 20;
const REJECTS_KEPT = 100_000;

/** Tells whether a file begins like lines of the format that can be folded as they lie; throws the source's complaint. */
async function beginsAsLines(path: string, name: ImportFormatName, fx: ImportEffects): Promise<boolean> {
  const { layout, pieces } = await openJson(await openBytes(path, { stdin: fx.stdin }), RECORD_BYTES);
  const read = IMPORT_FORMATS[name].open(fx.given);
  let seen = 0;
  for await (const batch of pieces) {
    for (const { bytes } of batch) {
      const parsed = parseRecord(bytes);
      if (layout === "lines" && parsed.ok && read(parsed.value).problems.length === 0) return true;
      seen += 1;
      if (seen === SNIFFED) return false;
    }
  }
  return seen === 0;
}

/** Reads a whole file and tells what would be taken; writes nothing. */
export async function tryFile(path: string, name: ImportFormatName, fx: ImportEffects): Promise<FileReport> {
  const { source, sha512 } = await openHashed(path, fx);
  const rejects = openRejects(fx);
  fx.reporter.watch(source.place, source.readBytes, source.sizeBytes);
  try {
    const tally = await readWhole(source, name, { lines: null, onReject: rejects.add }, rejects.kept, fx);
    const unknown = { new_observations: null, new_cards: null, already_there: null, rejects_file: null };
    return { ...reportHead(source.place, name, sha512(), fx.given), lines: tally.values, ...unknown, ...parts(tally) };
  } finally {
    fx.reporter.rest();
  }
}

/**
 * Imports one file into a lake. A plain file of Corral's own lines is folded as it lies; anything else is unpacked, or read record by
 * record, into the lake's `tmp/` first, so that a file that breaks off leaves nothing behind.
 *
 * @throws Complaint when the file cannot be read to its end or holds nothing of the format.
 */
export async function importFile(
  root: string,
  path: string,
  name: ImportFormatName,
  fx: ImportEffects,
): Promise<FileReport> {
  const startedAt = instantOf(fx.clock.epochMs());
  const paths = await createLake(root);
  const lease = await newLease(paths);
  let reading: Promise<unknown> = Promise.resolve();
  try {
    const ready = await prepare(path, name, join(lease.workspace, "lines.jsonl"), fx);
    const head = ready.sha512.then((sha512) => reportHead(ready.place, name, sha512, fx.given));
    const run = head.then(async (known) => {
      await keepRejects(paths, known.run, ready.rejects);
      const placed = fx.placer.isOpen ? PLACED_COLUMNS : [];
      return importRun(name, known.run, { startedAt, finishedAt: instantOf(fx.clock.epochMs()) }, placed);
    });
    reading = run.catch(() => undefined);
    const onReject = (one: RejectedRecord): void => fx.onReject(rejectText(one));
    const from = { label: ready.place, compression: "uncompressed" } as const;
    const folded = await foldFile(root, ready.lines, { run, ...from, onReject });
    const rejected = ready.tally.rejected + folded.rejected;
    return {
      ...(await head),
      lines: ready.tally.values === 0 ? folded.lines : ready.tally.values,
      new_observations: folded.observations,
      new_cards: folded.cards,
      already_there: folded.known,
      skipped: ready.tally.skipped,
      rejected,
      rejects_file: rejected > 0 ? rejectsPath(paths, (await head).run) : null,
    };
  } finally {
    await reading;
    await lease.release();
  }
}

interface Ready {
  readonly place: string;
  /** Of the bytes as they lie there; of a file that is folded as it lies, computed while the engine reads it too. */
  readonly sha512: Promise<string>;
  /** Path of Corral's own lines, unpacked. */
  readonly lines: string;
  readonly tally: Tally;
  readonly rejects: readonly RejectedRecord[];
}

async function prepare(path: string, name: ImportFormatName, workFile: string, fx: ImportEffects): Promise<Ready> {
  const format = IMPORT_FORMATS[name];
  const asItIs = format.isOwn && path !== "-" && (await beginsAsLines(path, name, fx));
  const { source, sha512 } = await openHashed(path, fx);
  const ready = { place: source.place, lines: workFile, tally: NO_TALLY, rejects: [] };
  fx.reporter.watch(source.place, source.readBytes, source.sizeBytes);
  if (asItIs && source.sizeBytes !== null && source.packing === "plain") {
    const reading = readThrough(source, fx.stopped).finally(() => fx.reporter.rest());
    return { ...ready, lines: path, sha512: reading.then(sha512) };
  }
  try {
    if (asItIs && source.sizeBytes !== null) {
      await unpackTo(source, workFile, fx.stopped);
      return { ...ready, sha512: Promise.resolve(sha512()) };
    }
    const rejects = openRejects(fx);
    const tally = await readWhole(source, name, { lines: workFile, onReject: rejects.add }, rejects.kept, fx);
    return { ...ready, sha512: Promise.resolve(sha512()), tally, rejects: rejects.kept };
  } finally {
    fx.reporter.rest();
  }
}

async function openHashed(path: string, fx: ImportEffects): Promise<{ source: ByteSource; sha512: () => string }> {
  // Without processor support SHA-512 takes 0.6 of the time of SHA-256, and the whole file goes through it.
  const hash = createHash("sha512");
  const source = await openBytes(path, { stdin: fx.stdin, tap: (bytes) => hash.update(bytes) });
  return { source, sha512: () => hash.digest("hex") };
}

function openRejects(fx: ImportEffects): {
  readonly kept: readonly RejectedRecord[];
  readonly add: (one: RejectedRecord) => void;
} {
  const kept: RejectedRecord[] = [];
  return {
    kept,
    add(one) {
      if (kept.length < REJECTS_KEPT) kept.push(one);
      fx.onReject(rejectText(one));
    },
  };
}

/** Reads a file through; throws when its beginning or its end shows that it is of another format. */
async function readWhole(
  source: ByteSource,
  name: ImportFormatName,
  target: ConvertTarget,
  rejects: readonly RejectedRecord[],
  fx: ImportEffects,
): Promise<Tally> {
  const peeked = await peekBytes(source, DETECT_BYTES);
  const head = Buffer.from(peeked.head).toString("utf8");
  const format: ImportFormat = IMPORT_FORMATS[name];
  if (!format.mayBeEmpty && peeked.failure === null) refuseEmpty(source.place, name, peeked.head);
  const looksLike = detectFormat(head);
  if (!format.isOwn) refuseOther(source.place, name, looksLike);
  const origin = { source: name, vantage: format.vantage };
  // Corral's own lines are kept as they lie.
  const placed = (record: LineRecord): LineRecord => (format.isOwn ? record : fx.placer.placed(record));
  const from = { source: peeked.source, head, format, given: fx.given, origin, placed };
  const tally = await convert(from, target, fx.stopped);
  refuseStrangers(source.place, name, tally, rejects, looksLike);
  return tally;
}

/** A file without a single character, of a format that never begins so. */
function refuseEmpty(place: string, name: ImportFormatName, head: Uint8Array): void {
  if (head.length < DETECT_BYTES && isBlank(head))
    throw new Complaint([{ place, message: `is empty, no ${name} file` }], EMPTY_HINT);
}

/** A file that begins like one other format is not read at all. */
function refuseOther(place: string, name: ImportFormatName, looksLike: readonly ImportFormatName[]): void {
  const [other] = looksLike;
  if (other === undefined || looksLike.length > 1 || other === name) return;
  throw new Complaint([{ place, message: `is no ${name} file, it looks like ${other}` }], otherHint(looksLike));
}

function otherHint(looksLike: readonly ImportFormatName[]): string | null {
  const [other] = looksLike;
  return other === undefined ? null : `corral import ${other} FILE --lake DIR (${IMPORT_FORMATS[other].describe})`;
}

/** A file of which nothing fits is of another format: nothing of it is kept. */
function refuseStrangers(
  place: string,
  name: ImportFormatName,
  tally: Tally,
  rejects: readonly RejectedRecord[],
  looksLike: readonly ImportFormatName[],
): void {
  const [first] = rejects;
  const found = tally.observations + tally.cards + tally.runs + tally.skipped;
  if (first === undefined || tally.rejected < tally.values || found > 0) return;
  const message = `holds no ${name}: ${IMPORT_FORMATS[name].describe}`;
  const isOther = looksLike.length > 0 && !looksLike.includes(name);
  throw new Complaint(
    [
      { place, message },
      { place: "first record", message: rejectText(first) },
    ],
    isOther ? otherHint(looksLike) : null,
  );
}

/** Replaces what an earlier import of the same file rejected. */
async function keepRejects(paths: LakePaths, run: string, rejects: readonly RejectedRecord[]): Promise<void> {
  await rm(rejectsPath(paths, run), { force: true });
  if (rejects.length === 0) return;
  const text = rejects.map((one) => `${JSON.stringify(one)}\n`).join("");
  await writeFileAtomic(rejectsPath(paths, run), text);
}

function rejectsPath(paths: LakePaths, run: string): string {
  return join(paths.rejects, `${run}.jsonl`);
}

function reportHead(
  file: string,
  format: ImportFormatName,
  sha512: string,
  given: Given,
): Pick<FileReport, "file" | "format" | "sha512" | "run"> {
  return { file, format, sha512, run: importRunId(format, sha512, given) };
}

function parts(tally: Tally): Pick<FileReport, "skipped" | "rejected"> {
  return { skipped: tally.skipped, rejected: tally.rejected };
}
