import { createHash } from "node:crypto";
import type { Hash, KeyObject } from "node:crypto";
import type { Instant } from "../../model/instant.ts";
import { checkpointOf, EMPTY_HEAD, lineHash, lineStart, tornOf } from "./audit-line.ts";
import type { LineStart, TornNote, TrailHead } from "./audit-line.ts";

/** Where a line stands: the file's name and the line's number from 1. */
export interface TrailPlace {
  readonly file: string;
  readonly line: number;
}

/** One thing wrong in a trail, or worth telling of it. */
export interface TrailFinding {
  readonly place: TrailPlace;
  readonly message: string;
}

/** What a trail amounts to. */
export interface TrailVerdict {
  /** Edits, deletions, insertions, wrong order, missing ends: none in a whole trail. */
  readonly findings: readonly TrailFinding[];
  /** Told, and nothing against the trail: the gateway's own notes, what no checkpoint covers yet. */
  readonly notes: readonly TrailFinding[];
  readonly lines: number;
  readonly rows: number;
  readonly checkpoints: number;
  /** The last checkpoint that holds; `null` when there is none. */
  readonly signedUntil: { readonly seq: number; readonly at: Instant } | null;
  /** Rows behind the last checkpoint that holds. */
  readonly unsigned: number;
}

/** A checkpoint line kept outside of the trail: it must be found there as it is. */
export interface KnownCheckpoint {
  /** Where it was kept, for the message. */
  readonly from: string;
  readonly line: Buffer;
}

/** Lines that are none of a trail, until a torn note explains them. */
interface Suspect {
  readonly place: TrailPlace;
  readonly digest: Hash;
  bytes: number;
}

/** What was known before a line, to take it back when a note says that it was never finished. */
interface Before {
  readonly head: TrailHead;
  readonly headPlace: TrailPlace | null;
  readonly place: TrailPlace;
  readonly bytes: number;
  readonly counts: readonly [rows: number, checkpoints: number, unsigned: number];
  readonly signedUntil: TrailVerdict["signedUntil"];
  readonly told: readonly [findings: number, notes: number];
}

/** Reads a trail line by line and finds what is not as it was written; owns the state between two lines. */
export class TrailVerifier {
  readonly #key: KeyObject;
  readonly #isPruned: boolean;
  readonly #known: readonly (KnownCheckpoint & { readonly start: LineStart | null })[];
  readonly #findings: TrailFinding[] = [];
  readonly #notes: TrailFinding[] = [];
  readonly #met = new Set<KnownCheckpoint>();
  #head: TrailHead = EMPTY_HEAD;
  #headPlace: TrailPlace | null = null;
  #suspect: Suspect | null = null;
  #before: Before | null = null;
  #lines = 0;
  #rows = 0;
  #checkpoints = 0;
  #unsigned = 0;
  #signedUntil: TrailVerdict["signedUntil"] = null;

  /** `isPruned`: lines before the first were removed on purpose; the checkpoints behind it vouch for its number and its link. */
  constructor(key: KeyObject, known: readonly KnownCheckpoint[] = [], isPruned = false) {
    this.#key = key;
    this.#isPruned = isPruned;
    this.#known = known.map((one) => ({ ...one, start: lineStart(one.line) }));
  }

  /** Takes the next line, without its end; `null` for one too long to be of a trail. */
  take(line: Buffer | null, place: TrailPlace): void {
    const start = line === null ? null : lineStart(line);
    if (line === null || start === null) {
      this.#suspectLine(line ?? Buffer.alloc(0), place);
      return;
    }
    if (this.#isPruned && this.#lines === 0) this.#head = { seq: start.seq - 1, hash: start.prev };
    const wasTorn = this.#settle(line, start);
    const before = this.#remember(line, place);
    this.#lines += 1;
    this.#judgeLink(start, place, wasTorn);
    this.#judgeKind(line, start, place, wasTorn);
    this.#meetKnown(line, start, place);
    if (start.seq > this.#head.seq) this.#headPlace = place;
    this.#head = { seq: Math.max(start.seq, this.#head.seq), hash: lineHash(line) };
    this.#before = before;
  }

  /** Takes a last piece without an end of line; `isEnd` tells that nothing follows it in the trail. */
  takeRest(piece: Buffer | null, place: TrailPlace, isEnd: boolean): void {
    if (piece?.length === 0) return;
    if (isEnd && this.#suspect === null) {
      this.#note(place, `the last ${piece?.length ?? "many"} bytes are a line that was never finished`);
    } else this.#suspectLine(piece ?? Buffer.alloc(0), place);
  }

  /** The verdict, when every line was taken. */
  end(): TrailVerdict {
    if (this.#suspect !== null) this.#find(this.#suspect.place, "not a line of the trail: changed or inserted");
    const end = this.#headPlace ?? { file: "", line: 0 };
    for (const known of this.#known) {
      const { from, start } = known;
      if (start === null || start.kind !== "checkpoint") {
        this.#find({ file: from, line: 1 }, "holds no checkpoint line");
      } else if (!this.#met.has(known)) {
        this.#find(end, `the trail was cut: line ${start.seq}, a checkpoint kept in ${from}, is not in it`);
      }
    }
    if (this.#unsigned > 0) this.#note(end, `${this.#unsigned} rows after the last checkpoint are not signed yet`);
    return {
      findings: this.#findings,
      notes: this.#notes,
      lines: this.#lines,
      rows: this.#rows,
      checkpoints: this.#checkpoints,
      signedUntil: this.#signedUntil,
      unsigned: this.#unsigned,
    };
  }

  #find(place: TrailPlace, message: string): void {
    this.#findings.push({ place, message });
  }

  #note(place: TrailPlace, message: string): void {
    this.#notes.push({ place, message });
  }

  #suspectLine(bytes: Buffer, place: TrailPlace): void {
    if (this.#suspect === null) {
      this.#suspect = { place, digest: createHash("sha256").update(bytes), bytes: bytes.length };
      return;
    }
    this.#suspect.digest.update("\n").update(bytes);
    this.#suspect.bytes += bytes.length + 1;
  }

  /** Explains what came before a line and was none, or looked like one; tells whether there was such. */
  #settle(line: Buffer, start: LineStart): boolean {
    const note = start.kind === "torn" ? tornOf(line, start) : null;
    const suspect = this.#suspect;
    this.#suspect = null;
    if (suspect === null) return note !== null && this.#takeBack(note, start);
    const isTold = note !== null && note.bytes === suspect.bytes && note.sha256 === suspect.digest.digest("hex");
    if (isTold) this.#noteTorn(suspect.place, note);
    else this.#find(suspect.place, "not a line of the trail: changed or inserted");
    return true;
  }

  /** A torn line may have a whole beginning: the note behind it, which takes its number, tells that it is none. */
  #takeBack(note: TornNote, start: LineStart): boolean {
    const before = this.#before;
    if (before === null || note.bytes !== before.bytes || note.sha256 !== this.#head.hash) return false;
    if (start.seq !== before.head.seq + 1 || start.prev !== before.head.hash) return false;
    this.#head = before.head;
    this.#headPlace = before.headPlace;
    this.#lines -= 1;
    [this.#rows, this.#checkpoints, this.#unsigned] = before.counts;
    this.#signedUntil = before.signedUntil;
    this.#findings.length = before.told[0];
    this.#notes.length = before.told[1];
    this.#noteTorn(before.place, note);
    return true;
  }

  #remember(line: Buffer, place: TrailPlace): Before {
    return {
      head: this.#head,
      headPlace: this.#headPlace,
      place,
      bytes: line.length,
      counts: [this.#rows, this.#checkpoints, this.#unsigned],
      signedUntil: this.#signedUntil,
      told: [this.#findings.length, this.#notes.length],
    };
  }

  #noteTorn(place: TrailPlace, note: TornNote): void {
    this.#note(place, `${note.bytes} bytes of a line that was never finished, noted at ${note.at}`);
  }

  #judgeLink(start: LineStart, place: TrailPlace, followsSuspect: boolean): void {
    const { seq, hash } = this.#head;
    if (start.seq === seq + 1) {
      if (start.prev === hash) return;
      if (seq === 0) this.#find(place, "the first line does not begin a trail");
      else this.#find(this.#headPlace ?? place, `line ${seq} or what line ${start.seq} says of it was changed`);
    } else if (start.seq > seq + 1) {
      // The line that could not be read was told already.
      if (followsSuspect && start.seq === seq + 2) return;
      const gone = start.seq === seq + 2 ? `line ${seq + 1} is` : `lines ${seq + 1} to ${start.seq - 1} are`;
      this.#find(place, `${gone} missing before line ${start.seq}`);
    } else this.#find(place, `line ${start.seq} stands behind line ${seq}: inserted or out of order`);
  }

  #judgeKind(line: Buffer, start: LineStart, place: TrailPlace, followsSuspect: boolean): void {
    switch (start.kind) {
      case "row":
        this.#rows += 1;
        this.#unsigned += 1;
        return;
      case "torn":
        if (!followsSuspect) this.#find(place, "the torn line that is noted here is gone");
        return;
      case "gap":
        this.#note(place, "rows were lost while nothing could be written: the line tells how many");
        return;
      case "lost":
        this.#find(place, "the trail had been cut before this line when the gateway started");
        return;
      case "checkpoint":
        this.#judgeCheckpoint(line, start, place);
    }
  }

  #judgeCheckpoint(line: Buffer, start: LineStart, place: TrailPlace): void {
    this.#checkpoints += 1;
    const held = checkpointOf(line, start, this.#key);
    if (held === null) {
      this.#find(place, "the checkpoint's signature does not hold: a line before it or the checkpoint was changed");
      return;
    }
    this.#unsigned = 0;
    this.#signedUntil = { seq: start.seq, at: held.at };
  }

  #meetKnown(line: Buffer, start: LineStart, place: TrailPlace): void {
    for (const known of this.#known) {
      if (known.start?.seq !== start.seq || this.#met.has(known)) continue;
      this.#met.add(known);
      if (!known.line.equals(line)) this.#find(place, `line ${start.seq} is not the checkpoint kept in ${known.from}`);
    }
  }
}
