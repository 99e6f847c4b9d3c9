import type { LogEvent } from "../model/event.ts";
import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../model/log-grammar.ts";
import { detachEvent } from "./detach-event.ts";
import { recogniseRows, SAMPLE_ROWS } from "./recognise.ts";
import { ReorderWindow } from "./reorder-window.ts";
import type { RowsInPlace, RowTaker } from "./row-cutter.ts";
import { countRejected, emptyTally } from "./source-tally.ts";
import type { SourceTally } from "./source-tally.ts";

/** What is asked of every row, whatever source it is from. */
export interface RowQuestions {
  readonly sinceMs: number;
  readonly untilMs: number;
  /** Whether some detection looks at it. */
  isCandidate(event: LogEvent): boolean;
  /** Every event within the time asked for, candidate or not. */
  readonly seen: ((event: LogEvent) => void) | null;
}

/** Grammars that one source may be mixed of. */
const MOST_GRAMMARS = 4;
const NO_LOG = "not-of-this-log";
/** End of the year 9999, ms since 1970. */
const LAST_TIME = 253_402_300_799_999;

/**
 * Reads the rows of one source into events in the order of time. Rows that its grammar does not know go to further ones, which are
 * recognised from samples of such rows: the first 64, then 64 at every doubling of their number.
 */
export class SourceReader implements RowTaker {
  readonly tally: SourceTally = emptyTally();
  readonly #grammars: readonly LogGrammar[];
  readonly #setting: LogSetting;
  readonly #questions: RowQuestions;
  readonly #window = new ReorderWindow();
  readonly #readers: { readonly grammar: LogGrammar; readonly reader: LogReader; readonly sink: LogSink }[] = [];
  #sample: { readonly row: LogRow; readonly reason: string }[] = [];
  #strange = 0;
  #nextSample = 0;

  constructor(grammars: readonly LogGrammar[], first: LogGrammar | null, setting: LogSetting, questions: RowQuestions) {
    this.#grammars = grammars;
    this.#setting = setting;
    this.#questions = questions;
    if (first !== null) this.#add(first);
  }

  row(row: LogRow): void {
    this.tally.rows += 1;
    const [first] = this.#readers;
    if (first === undefined) this.#unknown(row, NO_LOG);
    else first.reader.row(row, first.sink);
  }

  /** The first grammar's own reading of rows in place. */
  get inPlace(): RowsInPlace | null {
    return this.#readers[0]?.reader.rowAt === undefined ? null : this.#rowAt;
  }

  readonly #rowAt: RowsInPlace = (bytes, from, line, offset) => {
    const first = this.#readers[0];
    const end = first?.reader.rowAt?.(bytes, from, line, offset, first.sink) ?? 0;
    if (end > 0) this.tally.rows += 1;
    return end;
  };

  tooLong(row: LogRow): void {
    this.tally.rows += 1;
    countRejected(this.tally, row, "row-too-long");
  }

  /** Takes what a reader of records (EVTX) tells itself: each call is one record. */
  records(grammar: string): LogSink {
    const { tally } = this;
    tally.grammars.set(grammar, 0);
    return {
      event: (event) => {
        tally.rows += 1;
        this.#event(event, grammar);
      },
      reject: (row, reason) => {
        tally.rows += 1;
        countRejected(tally, row, reason);
      },
      pass: () => {
        tally.rows += 1;
        tally.passed += 1;
      },
    };
  }

  /** Hands on the events whose time has come. */
  ripe(take: (event: LogEvent) => void): void {
    this.#window.ripe(take);
  }

  /** The source has ended: hands on the rest. */
  end(take: (event: LogEvent) => void): void {
    for (let at = 0; at < this.#readers.length || this.#sample.length > 0; at += 1) {
      const one = this.#readers[at];
      if (one !== undefined) one.reader.end(one.sink);
      if (at >= this.#readers.length - 1 && this.#sample.length > 0) this.#judgeSample();
    }
    this.#window.drain(take);
    for (const { grammar, reader } of this.#readers) {
      if (reader.zone !== null) this.tally.zones.set(grammar.id, reader.zone);
    }
    this.tally.late = this.#window.disorder.late;
    this.tally.jumps = this.#window.disorder.jumps;
  }

  #add(grammar: LogGrammar): void {
    const at = this.#readers.length;
    const { tally } = this;
    this.tally.grammars.set(grammar.id, 0);
    const sink: LogSink = {
      event: (event) => {
        this.#event(event, grammar.id);
      },
      reject: (row, reason) => {
        const next = this.#readers[at + 1];
        if (next === undefined) this.#unknown(row, reason);
        else next.reader.row(row, next.sink);
      },
      pass: () => {
        tally.passed += 1;
      },
    };
    this.#readers.push({ grammar, reader: grammar.read(this.#setting), sink });
  }

  #event(event: LogEvent, grammar: string): void {
    const { tally } = this;
    const { at } = event;
    // A clock that was broken, a duration of ages: no calendar has such a time.
    if (!(at >= 0 && at <= LAST_TIME)) {
      countRejected(tally, event.place, "impossible-time");
      return;
    }
    tally.events += 1;
    if (this.#readers.length > 1) tally.grammars.set(grammar, (tally.grammars.get(grammar) ?? 0) + 1);
    if (at < this.#questions.sinceMs || at > this.#questions.untilMs) {
      tally.outside += 1;
      return;
    }
    if (tally.firstAt === null || at < tally.firstAt) tally.firstAt = at;
    if (tally.lastAt === null || at > tally.lastAt) tally.lastAt = at;
    this.#window.saw(at);
    this.#questions.seen?.(event);
    if (!this.#questions.isCandidate(event)) return;
    tally.candidates += 1;
    this.#window.push(detachEvent(event));
  }

  #unknown(row: LogRow, reason: string): void {
    this.#strange += 1;
    if (this.#strange <= this.#nextSample || this.#readers.length >= MOST_GRAMMARS) {
      countRejected(this.tally, row, reason);
      return;
    }
    this.#sample.push({ row, reason });
    if (this.#sample.length === SAMPLE_ROWS) this.#judgeSample();
  }

  /** A grammar that knows rows of the sample reads them now; they come in their order, after rows that were taken meanwhile. */
  #judgeSample(): void {
    const sample = this.#sample;
    this.#sample = [];
    const taken = new Set(this.#readers.map(({ grammar }) => grammar));
    const rest = this.#grammars.filter((grammar) => !taken.has(grammar));
    const found = recogniseRows(
      rest,
      sample.map(({ row }) => row.text),
    );
    if (found === null) {
      this.#nextSample = Math.max(this.#strange, SAMPLE_ROWS) * 2;
      for (const { row, reason } of sample) countRejected(this.tally, row, reason);
      return;
    }
    this.#add(found);
    const added = this.#readers.at(-1);
    for (const { row } of sample) added?.reader.row(row, added.sink);
  }
}
