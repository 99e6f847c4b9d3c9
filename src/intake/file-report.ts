import type { ImportFormatName } from "./import-format.ts";

/** What importing one file did; the row of `--json`. */
export interface FileReport {
  readonly file: string;
  readonly format: ImportFormatName;
  /** SHA-512 of the file's bytes as they lie there. */
  readonly sha512: string;
  /** The import's own run, 32 hex. */
  readonly run: string;
  readonly lines: number;
  /** New in the lake; `null` in a dry run, where nobody looked. */
  readonly new_observations: number | null;
  readonly new_cards: number | null;
  readonly already_there: number | null;
  readonly skipped: number;
  readonly rejected: number;
  /** Path of the rejects file; `null` when nothing was rejected, or in a dry run. */
  readonly rejects_file: string | null;
}
