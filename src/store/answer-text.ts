import type { Answer, Value } from "./snapshot.ts";

type Columns = Answer["columns"];
type Cells = readonly Value[];

const WIDEST = 60;
// C0 and C1 controls, DEL, line and paragraph separators, and marks that turn the direction of text.
// eslint-disable-next-line no-control-regex -- these are what must not reach a terminal
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A value as one line of text that cannot steer a terminal: controls become `\u001b`. */
export function shownValue(value: Value): string {
  if (value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.replaceAll(UNSAFE, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Widths of a table's columns, told from its first rows. */
export function columnWidths(columns: Columns, rows: readonly Cells[]): readonly number[] {
  return columns.map(({ name }, at) => {
    const widths = rows.map((cells) => shownValue(cells[at] ?? null).length);
    return Math.min(WIDEST, Math.max(name.length, ...widths));
  });
}

/** The head of a table: names, then a rule. */
export function tableHead(columns: Columns, widths: readonly number[]): string {
  const names = line(
    columns.map(({ name }) => name),
    columns,
    widths,
  );
  return `${names}\n${widths.map((width) => "-".repeat(width)).join("  ")}\n`;
}

/** One row of a table: numbers to the right, the rest to the left; a longer value is not cut. */
export function tableRow(cells: Cells, columns: Columns, widths: readonly number[]): string {
  return `${line(cells.map(shownValue), columns, widths)}\n`;
}

function line(texts: readonly string[], columns: Columns, widths: readonly number[]): string {
  const padded = texts.map((text, at) => {
    const width = widths[at] ?? 0;
    return isNumeric(columns[at]?.type ?? "") ? text.padStart(width) : text.padEnd(width);
  });
  return padded.join("  ").trimEnd();
}

function isNumeric(type: string): boolean {
  return /INT|DOUBLE|FLOAT|DECIMAL|BIGNUM/u.test(type);
}

/** One line of CSV (RFC 4180, but ending in a newline alone). */
export function csvRow(cells: Cells): string {
  return `${cells.map(csvCell).join(",")}\n`;
}

function csvCell(value: Value): string {
  if (value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One row as a JSON object. */
export function jsonRow(cells: Cells, columns: Columns): string {
  return JSON.stringify(Object.fromEntries(columns.map(({ name }, at) => [name, cells[at] ?? null])));
}
