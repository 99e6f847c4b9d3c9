import type { KeyObject } from "node:crypto";
import { systemClock } from "../../machine/clock.io.ts";
import type { Clock } from "../../machine/clock.ts";
import { instantOf } from "../../model/instant.ts";
import { findTrailEnd } from "./audit-end.io.ts";
import type { TrailEnd } from "./audit-end.io.ts";
import { auditDay, auditFileName, nextAuditFile } from "./audit-file.ts";
import type { AuditFile } from "./audit-file.ts";
import { makeAuditKey, readAuditKey } from "./audit-key.io.ts";
import { chainedLine, checkpointLine, headAfter, lineStart, noteLine } from "./audit-line.ts";
import type { TrailHead, TrailNote } from "./audit-line.ts";
import { auditPlace, holdTrail, readHeadLine, writeHeadLine } from "./audit-place.io.ts";
import type { AuditPlace } from "./audit-place.io.ts";
import { AuditWriter } from "./audit-writer.io.ts";

const SYNC_MS = 1000;
const RETRY_MS = 250;
/** A disk that takes longer than this for one write counts as gone. */
const STALL_MS = 10_000;
const ROW_START = '{"at":"';

/** How a trail is kept; what is absent has its default. */
export interface AuditOptions {
  readonly checkpointSeconds: number;
  /** A file of this size is followed by the next (256 MiB). */
  readonly fileBytes?: number;
  /** Characters held while the disk takes none; rows beyond are counted, not kept (16 Mi). */
  readonly mostPending?: number;
  readonly clock?: Clock;
  /** Told when the trail can no longer be written (with the system's words), and when it can again (`null`). */
  readonly onChange?: (trouble: string | null) => void;
}

/** What an earlier process left behind, as words to say at the start. */
export type TrailStory = readonly string[];

/** The primary's audit trail: chains lines, writes them at once, syncs them at least once a second, signs checkpoints. */
export class AuditTrail {
  readonly #place: AuditPlace;
  readonly #key: KeyObject;
  readonly #clock: Clock;
  readonly #fileBytes: number;
  readonly #mostPending: number;
  readonly #onChange: (trouble: string | null) => void;
  readonly #writer: AuditWriter;
  readonly #release: () => void;
  readonly #timers: NodeJS.Timeout[] = [];
  #file: AuditFile;
  #fileSize: number;
  #head: TrailHead;
  #durable: number;
  #checkpointed: { readonly seq: number; readonly line: string };
  #headWritten = 0;
  #dropped: { rows: number; readonly from: string; until: string } | null = null;
  #trouble: string | null = null;
  #work: Promise<void> | null = null;
  #wantsSync = false;
  #startedMs: number | null = null;

  constructor(place: AuditPlace, key: KeyObject, end: TrailEnd, release: () => void, options: AuditOptions) {
    this.#place = place;
    this.#key = key;
    this.#clock = options.clock ?? systemClock;
    this.#fileBytes = options.fileBytes ?? 256 * 1024 * 1024;
    this.#mostPending = options.mostPending ?? 16 * 1024 * 1024;
    this.#onChange = options.onChange ?? ((): void => {});
    this.#release = release;
    this.#file = end.file ?? nextAuditFile(null, auditDay(this.#now()), false);
    this.#fileSize = end.sizeBytes;
    this.#head = end.head;
    this.#durable = end.head.seq;
    this.#checkpointed = { seq: end.isSigned ? end.head.seq : -1, line: "" };
    this.#writer = new AuditWriter(place.folder, auditFileName(this.#file), end.sizeBytes);
  }

  /** Whether rows can be written now; while `false`, nothing may be let through. */
  get available(): boolean {
    return this.#trouble === null;
  }

  /** What the system said when it took no more; `null` while all is well. */
  get trouble(): string | null {
    return this.#trouble;
  }

  /** Number of the last line, 0 before the first. */
  get seq(): number {
    return this.#head.seq;
  }

  /** Number of the last line that is on the disk. */
  get durableSeq(): number {
    return this.#durable;
  }

  /** Characters that wait to be written. */
  get pending(): number {
    return this.#writer.pending;
  }

  /** The last checkpoint's line, for those who keep it elsewhere; empty before the first. */
  get lastCheckpoint(): string {
    return this.#checkpointed.line;
  }

  /** Chains lines of a worker and begins to write them; returns the number of the first one. Lines that are no row are left out. */
  append(lines: readonly string[]): number {
    const first = this.#head.seq + 1;
    const day = auditDay(this.#now());
    for (const line of lines) {
      if (!line.startsWith(ROW_START)) continue;
      if (this.#writer.pending > this.#mostPending) this.#drop();
      else this.#addRow(line, day);
    }
    void this.#drain(false);
    return first;
  }

  /** Resolves when all that was appended is on the disk (`true`) or cannot be put there now (`false`). */
  async sync(): Promise<boolean> {
    const seq = this.#head.seq;
    while (this.#durable < seq) {
      await this.#drain(true);
      if (!this.available) return false;
    }
    return true;
  }

  /** Signs all lines so far, if any came since the last checkpoint, and puts them on the disk. */
  async checkpoint(): Promise<boolean> {
    if (this.#checkpointed.seq !== this.#head.seq) this.#addCheckpoint();
    return this.sync();
  }

  /** Signs, syncs and lets go of the trail. Tells whether all of it is on the disk. */
  async close(): Promise<boolean> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#addDropped();
    const isWhole = await this.checkpoint();
    await this.#work;
    await this.#writer.close();
    this.#release();
    return isWhole;
  }

  /** Begins the timers; adds what the last process left to tell. */
  start(notes: readonly TrailNote[], tornFirst: boolean, checkpointSeconds: number): void {
    // The torn bytes stay as they are: this end of line makes them a line of their own.
    if (tornFirst) this.#put("\n");
    for (const note of notes) this.#add(noteLine(this.#head, note));
    const every = (ms: number, run: () => void): void => void this.#timers.push(setInterval(run, ms).unref());
    every(SYNC_MS, () => void this.sync());
    every(RETRY_MS, () => {
      this.#judgeStall();
      if (!this.available) void this.#drain(true);
    });
    every(checkpointSeconds * 1000, () => void this.checkpoint());
  }

  #now(): string {
    return instantOf(this.#clock.epochMs());
  }

  #addRow(line: string, day: string): void {
    this.#addDropped();
    const next = nextAuditFile(this.#file, day, this.#fileSize >= this.#fileBytes);
    if (next !== this.#file) {
      if (this.#checkpointed.seq !== this.#head.seq) this.#addCheckpoint();
      this.#file = next;
      this.#fileSize = 0;
    }
    this.#add(chainedLine(this.#head, line));
  }

  #add(line: string): void {
    this.#head = headAfter(this.#head, line);
    this.#put(`${line}\n`);
  }

  #put(text: string): void {
    this.#fileSize += text.length;
    this.#writer.add(auditFileName(this.#file), text);
  }

  #addCheckpoint(): void {
    const line = checkpointLine(this.#head, this.#now(), this.#key);
    this.#add(line);
    this.#checkpointed = { seq: this.#head.seq, line };
  }

  #drop(): void {
    const at = this.#now();
    this.#dropped ??= { rows: 0, from: at, until: at };
    this.#dropped.rows += 1;
    this.#dropped.until = at;
  }

  #addDropped(): void {
    if (this.#dropped === null) return;
    this.#add(noteLine(this.#head, { gap: { ...this.#dropped } }));
    this.#dropped = null;
  }

  /** Writes all there is; one at a time, and everybody who asks meanwhile waits for the same. */
  #drain(sync: boolean): Promise<void> {
    this.#wantsSync ||= sync;
    this.#work ??= this.#writeAll().finally(() => {
      this.#work = null;
      if (this.available && this.#writer.pending > 0) void this.#drain(false);
    });
    return this.#work;
  }

  async #writeAll(): Promise<void> {
    this.#startedMs = this.#clock.monotonicMs();
    const seq = this.#head.seq;
    const signed = this.#checkpointed;
    try {
      await this.#writer.write();
      if (this.#wantsSync) {
        await this.#writer.sync();
        this.#wantsSync = false;
        this.#durable = Math.max(this.#durable, seq);
      }
      if (this.#durable >= signed.seq && signed.line !== "" && signed.seq > this.#headWritten) {
        await writeHeadLine(this.#place, signed.line);
        this.#headWritten = signed.seq;
      }
      this.#change(null);
      this.#addDropped();
    } catch (error) {
      this.#change(error instanceof Error ? error.message : String(error));
    } finally {
      this.#startedMs = null;
    }
  }

  #judgeStall(): void {
    const since = this.#startedMs;
    if (since !== null && this.#clock.monotonicMs() - since > STALL_MS) this.#change("the disk does not answer");
  }

  #change(trouble: string | null): void {
    const isNews = (trouble === null) !== (this.#trouble === null);
    this.#trouble = trouble;
    if (isNews) this.#onChange(trouble);
  }
}

/** Opens the trail of a state folder for writing, alone, and goes on where the last process stopped; `story` tells what that one left. */
export async function openAuditTrail(
  stateDir: string,
  options: AuditOptions,
): Promise<{ readonly trail: AuditTrail; readonly story: TrailStory }> {
  const release = await holdTrail(stateDir);
  try {
    const place = auditPlace(stateDir);
    const end = await findTrailEnd(place);
    const known = await readHeadLine(place);
    // A trail that was begun has its key: a new one would sign what the old one did not.
    if (end.file === null && known === null) await makeAuditKey(stateDir);
    const key = await readAuditKey(stateDir);
    const at = instantOf((options.clock ?? systemClock).epochMs());
    const notes: TrailNote[] = [];
    const story: string[] = [];
    if (end.torn !== null) {
      notes.push({ torn: { ...end.torn, at } });
      story.push(`the audit trail ends in ${end.torn.bytes} bytes of a line that was never finished; kept and noted`);
    }
    const checkpoint = known === null ? 0 : (lineStart(known)?.seq ?? 0);
    if (checkpoint > end.head.seq) {
      notes.push({ lost: { checkpoint, at } });
      story.push(
        `the audit trail was cut: it ends at line ${end.head.seq}, but checkpoint ${checkpoint} was written; noted`,
      );
    }
    const trail = new AuditTrail(place, key, end, release, options);
    trail.start(notes, end.torn !== null, options.checkpointSeconds);
    return { trail, story };
  } catch (error) {
    release();
    throw error;
  }
}
