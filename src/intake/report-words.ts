import { visibleText } from "../render/visible-text.ts";
import type { FileReport } from "./file-report.ts";
import { IMPORT_FORMATS } from "./import-format.ts";

/** Characters of a path that are shown: as many as it may have. */
const LONGEST_PATH = 4096;

/** A file's name as it may be shown: an unpacked archive may bring names that steer a terminal. */
export function shownPath(path: string): string {
  return visibleText(path, LONGEST_PATH);
}

/** One line of words on a file: what is new, what was there, what was passed over or rejected and where that stands. */
export function fileWords(report: FileReport): string {
  const { file, format, lines, skipped, rejected, rejects_file: rejects } = report;
  const parts = [`${number(lines)} ${lines === 1 ? "record" : "records"}`, ...added(report)];
  if (skipped > 0) parts.push(`${number(skipped)} ${IMPORT_FORMATS[format].skips} passed over`);
  if (rejected > 0) parts.push(`${number(rejected)} rejected${rejects === null ? "" : ` (${shownPath(rejects)})`}`);
  return `${shownPath(file)}: ${parts.join(", ")}`;
}

/** One line of words on all files. */
export function sumWords(reports: readonly FileReport[]): string {
  const sum = (of: (report: FileReport) => number | null): number =>
    reports.reduce((total, one) => total + (of(one) ?? 0), 0);
  const fresh = sum((one) => one.new_observations) + sum((one) => one.new_cards);
  const known = sum((one) => one.already_there);
  return `${reports.length} files: ${number(fresh)} new, ${number(known)} already there, ${number(sum((one) => one.rejected))} rejected`;
}

function added(report: FileReport): readonly string[] {
  const { format, lines, rejected, new_observations: observations, new_cards: cards, already_there: known } = report;
  if (observations === null || cards === null || known === null) return ["nothing written (dry run)"];
  // In other formats records and rows are not the same number: a record may hold several services, several records one.
  const runs = IMPORT_FORMATS[format].isOwn ? lines - rejected - observations - cards - known : 0;
  const rows = runs > 0 ? [`${number(runs)} rows of runs`] : [];
  return [`${number(observations + cards)} new`, `${number(known)} already there`, ...rows];
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
