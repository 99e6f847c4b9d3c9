import type { Buffer } from "node:buffer";
import type { LogEvent } from "./event.ts";
import type { ZoneRule } from "./zone-rule.ts";

/** One row of a text log. */
export interface LogRow {
  /** From 1. */
  readonly line: number;
  /** Bytes from the beginning of the unpacked file. */
  readonly offset: number;
  /** Without its end. */
  readonly text: string;
}

/** What the reader of a log must know of the world. */
export interface LogSetting {
  /** Number of the source, for the events' places. */
  readonly source: number;
  /** The zone that rows without one are in, as the user said: minutes east of UTC, or one by name; `null` = the neighbours tell, else UTC is taken. */
  readonly zoneMinutes: number | ZoneRule | null;
  /** Year of rows without one: that of the file's last change. */
  readonly year: number;
  /** Month (1 to 12) of the file's last change: rows without year of a later month are of the year before; left out = all are of `year`. */
  readonly month?: number;
  /** Ports on which a model server listens here. */
  readonly serverPorts: ReadonlySet<number>;
  /** Addresses of the machine with the model server, as the user said; empty = what the logs show. */
  readonly serverAddresses: ReadonlySet<string>;
}

/** Where a reader puts what it found. */
export interface LogSink {
  event(event: LogEvent): void;
  /** A row that is none of this log, or broken: `reason` is a stable kebab-case word. */
  reject(row: LogRow, reason: string): void;
  /** A row that is whole and tells nothing Corral asks for. */
  pass(): void;
}

/** Reads one file, from its first row to its last; owns what rows before have told (headers, zone, parts of a record). */
export interface LogReader {
  row(row: LogRow, sink: LogSink): void;
  /**
   * Reads a row where it stands in a chunk, which is cheaper than to cut it out; for logs of many plain rows. The event is the reader's:
   * the sink copies what it keeps of it.
   *
   * @param bytes - Whole rows; the last byte is a line feed.
   * @returns Index behind the row's line feed; 0 = nothing was told of it, `row` is to read it.
   */
  rowAt?(bytes: Buffer, from: number, line: number, offset: number, sink: LogSink): number;
  /** The file has ended: what waits for further rows is told now. */
  end(sink: LogSink): void;
  /** How times without zone were read, once it is known: words for the person. */
  readonly zone: string | null;
}

/** One way in which logs are written. */
export interface LogGrammar {
  /** Kebab-case: `ollama-server`, `zeek-conn-json`. */
  readonly id: string;
  readonly title: string;
  /** What its events carry in `product`. */
  readonly product: string;
  /** From a file's first rows (at most 64): the share of them, 0 to 1, that this grammar reads without doubt; 0 = not mine. */
  recognise(rows: readonly string[]): number;
  read(setting: LogSetting): LogReader;
}
