import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { basename } from "node:path";
import { RangeTable } from "../format/range-table.ts";
import { beginsWithAddress, RANGE_LINE_BYTES, readRangeLine } from "../format/range-csv.ts";
import { Complaint } from "../model/complaint.ts";
import { instantOf } from "../model/instant.ts";
import type { NetworkTable } from "./locate.ts";
import { mmdbTable } from "./mmdb-table.io.ts";
import { unreadableFile } from "./unreadable-file.ts";

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 10;
/** A table larger than this is none of networks. */
const MOST_BYTES = 512 * 2 ** 20;

/**
 * Opens a table of networks: `.mmdb`, or CSV of ranges (see `readRangeLine`), whose first line may be a header.
 *
 * @throws a `Complaint` that names file and line.
 */
export function openNetworkTable(path: string): NetworkTable {
  const name = basename(path);
  try {
    return path.toLowerCase().endsWith(".mmdb") ? openMmdb(path, name) : openCsv([path], name);
  } catch (error) {
    if (error instanceof Complaint) throw error;
    if (error instanceof Error && "syscall" in error) throw unreadableFile(path, error);
    const message = `cannot be read as a table of networks: ${error instanceof Error ? error.message : String(error)}`;
    throw new Complaint([{ place: path, message }], "give a .mmdb file, or CSV: first,last,asn,organisation");
  }
}

/** Opens an MMDB file; its build date is its own. */
export function openMmdb(path: string, name: string): NetworkTable {
  return mmdbTable(readFileSync(path), name);
}

/**
 * Opens CSV files as one table; `builtOn` is the day on which the first was written unless it is given. Ranges that share addresses are a mistake in a
 * user's file; in the published one (one such pair in 2.3.2026061719) the range that begins first counts.
 */
export function openCsv(paths: readonly string[], name: string, builtOn: string | null = null): NetworkTable {
  const table = new RangeTable();
  const [written] = paths.map((path) => readCsv(path, table));
  const overlap = table.settle();
  if (overlap !== null && builtOn === null) {
    const { family, row } = overlap;
    const message = `two ranges share an address: IPv${family} range ${row + 1} and one before or after it`;
    throw new Complaint([{ place: paths.join(", "), message }], "each address may stand in one range only");
  }
  if (table.ranges === 0) throw new Complaint([{ place: paths.join(", "), message: "holds no range" }]);
  return {
    name,
    builtOn: builtOn ?? written ?? "unknown",
    place: (address) => table.place(address),
    rangesOf: (asns) => table.rangesOf(asns),
  };
}

/** Reads a file in pieces, so that no more than one of them lies in memory; returns the day on which it was written. */
function readCsv(path: string, table: RangeTable): string {
  const file = openSync(path, "r");
  try {
    const { size, mtimeMs } = fstatSync(file);
    if (size > MOST_BYTES) throw new Complaint([{ place: path, message: "is larger than 512 MiB" }]);
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let kept = 0;
    let line = 0;
    for (;;) {
      const read = readSync(file, chunk, kept, chunk.length - kept, null);
      const filled = kept + read;
      let from = 0;
      for (;;) {
        const end = chunk.indexOf(NEWLINE, from);
        const isLast = end === -1 || end >= filled;
        if (isLast && (read > 0 || from === filled)) break;
        line += 1;
        take(chunk, from, isLast ? filled : end, { path, line }, table);
        if (isLast) return instantOf(mtimeMs).slice(0, 10);
        from = end + 1;
      }
      if (read === 0) return instantOf(mtimeMs).slice(0, 10);
      if (filled - from > RANGE_LINE_BYTES) throw tooLong(path, line + 1);
      chunk.copyWithin(0, from, filled);
      kept = filled - from;
    }
  } finally {
    closeSync(file);
  }
}

function take(
  chunk: Buffer,
  from: number,
  to: number,
  at: { readonly path: string; readonly line: number },
  table: RangeTable,
): void {
  const message = readRangeLine(chunk, from, to, table);
  if (message !== null && (at.line > 1 || beginsWithAddress(chunk, from, to)))
    throw new Complaint([{ place: `${at.path}:${at.line}`, message }]);
}

function tooLong(path: string, line: number): Complaint {
  return new Complaint([{ place: `${path}:${line}`, message: `is longer than ${RANGE_LINE_BYTES} bytes` }]);
}
