import type { LogGrammar } from "../model/log-grammar.ts";
import type { Packing } from "./packing.ts";
import type { SourceTally } from "./source-tally.ts";

/** A file that the user named or that lies in a folder they named. */
export interface HuntFile {
  /** As the user would type it; `-` for standard input. */
  readonly path: string;
  readonly folder: string;
  readonly name: string;
  /** Packed bytes; `null` = a pipe. */
  readonly sizeBytes: number | null;
  /** When it was last written, ms since 1970. */
  readonly modifiedMs: number;
  /** Found in a folder, not named itself. */
  readonly walked: boolean;
}

/** Where a file begins within its source: local line = line - `lineBase`, local offset = offset - `offsetBase`. */
export interface FileSpan {
  readonly file: number;
  readonly lineBase: number;
  readonly offsetBase: number;
}

/** A file or a pipe that could not be read, or not to its end. */
export interface Unread {
  readonly path: string;
  readonly reason: string;
  /** Whether the hunt is incomplete without it: files that are no log, found in a folder, are only told. */
  readonly isMissing: boolean;
}

/** One log, of one file or of several that it was cut into. */
export interface HuntSource {
  readonly number: number;
  readonly files: readonly { readonly file: HuntFile; readonly packing: Packing }[];
  /** `null` = none knew its first rows; it is looked for while reading. */
  readonly grammar: LogGrammar | null;
  /** Time of its first event; `-Infinity` = not known. */
  readonly firstAt: number;
}

/** What became of a source. */
export interface SourceReport {
  readonly number: number;
  readonly files: readonly { readonly path: string; readonly packing: Packing }[];
  readonly grammar: string | null;
  readonly tally: SourceTally;
  readonly spans: readonly FileSpan[];
  readonly bytes: number;
}
