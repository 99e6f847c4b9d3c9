import type { SourceReport } from "./hunt-source.ts";
import type { Packing } from "./packing.ts";
import type { RowPlace } from "./source-tally.ts";

/** Where a row stands: in a file as the user named it. */
export interface FilePlace {
  readonly path: string;
  readonly packing: Packing;
  /** From 1; of an EVTX file the number of the record. */
  readonly line: number;
  /** Bytes from the beginning of the unpacked file. */
  readonly offset: number;
}

/** The file and line of a row of a source; of a source of several files the one in which the row begins. */
export function filePlace(sources: readonly SourceReport[], source: number, row: RowPlace): FilePlace {
  const report = sources[source];
  const span = report?.spans.findLast(({ offsetBase }) => offsetBase <= row.offset) ?? report?.spans[0];
  const file = report?.files[span?.file ?? 0];
  return {
    path: file?.path ?? "?",
    packing: file?.packing ?? "plain",
    line: row.line - (span?.lineBase ?? 0),
    offset: row.offset - (span?.offsetBase ?? 0),
  };
}

const PLAIN_NAME = /^[\w@%+=:,./-]+$/u;
/** What may not stand raw in a command that a terminal shows. */
const UNSEEN_BYTES = /[^ -~]/u;

/** A command that prints the row again, or the rows of a record of several (`text` has their ends); `null` for standard input. */
export function showCommand({ path, packing, line }: FilePlace, text: string): string | null {
  if (path === "-") return null;
  const file = quoted(path);
  const last = line + text.split("\n").length - 1;
  const print = last === line ? `sed -n '${line}{p;q}'` : `sed -n '${line},${last}p;${last}q'`;
  switch (packing) {
    case "plain":
      return `${print} ${file}`;
    case "gz":
      return `zcat ${file} | ${print}`;
    case "zst":
      return `zstdcat ${file} | ${print}`;
    case "evtx":
      return `corral hunt --show ${quoted(`${path}:${line}`)}`;
  }
}

/** A word for a POSIX shell; a name with characters that cannot be seen in the form `$'…'` of bash, zsh and ksh. */
export function quoted(text: string): string {
  const safe = text.startsWith("-") ? `./${text}` : text;
  if (PLAIN_NAME.test(safe)) return safe;
  if (!UNSEEN_BYTES.test(safe)) return `'${safe.replaceAll("'", `'\\''`)}'`;
  const bytes = [...new TextEncoder().encode(safe)];
  const letters = bytes.map((byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x27 || byte === 0x5c
      ? `\\x${byte.toString(16).padStart(2, "0")}`
      : String.fromCharCode(byte),
  );
  return `$'${letters.join("")}'`;
}
