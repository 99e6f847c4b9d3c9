import { isMasscanList, parseMasscanJson, parseMasscanList } from "./masscan.ts";
import type { Result } from "../model/result.ts";
import { parseTargetLine } from "./target-line.ts";
import type { ListedTarget } from "./target-line.ts";
import { parseZmapRow, ZMAP_DEFAULT, zmapHeader } from "./zmap-csv.ts";

/** What one line of a list gives: targets, or why it gives none. */
export type ListedLine = readonly Result<ListedTarget, string>[];

/** Reads the lines of one list in turn. */
export type TargetListReader = (line: string) => ListedLine;

/**
 * A reader that tells the form by the first line that is not empty: lines of targets (`#` begins a comment), zmap's CSV with or
 * without header, masscan's JSON, NDJSON or list.
 */
export function createTargetListReader(): TargetListReader {
  let read: TargetListReader | null = null;
  return (line) => {
    if (line.trim() === "") return [];
    if (read !== null) return read(line);
    const form = formOf(line);
    read = form.read;
    return form.isHeader ? [] : read(line);
  };
}

function formOf(first: string): { readonly read: TargetListReader; readonly isHeader: boolean } {
  const header = zmapHeader(first);
  if (header !== null) return { read: (line) => one(parseZmapRow(line, header)), isHeader: true };
  if (isMasscanList(first)) return { read: (line) => one(parseMasscanList(line)), isHeader: false };
  if (/^\s*(?:\{|\[\s*(?:\{|$))/u.test(first)) return { read: parseMasscanJson, isHeader: false };
  if (first.includes(",")) return { read: (line) => one(parseZmapRow(line, ZMAP_DEFAULT)), isHeader: false };
  return { read: readPlain, isHeader: false };
}

function readPlain(line: string): ListedLine {
  const text = line.trim();
  return text.startsWith("#") ? [] : [parseTargetLine(text)];
}

function one(result: Result<ListedTarget, string> | null): ListedLine {
  return result === null ? [] : [result];
}
