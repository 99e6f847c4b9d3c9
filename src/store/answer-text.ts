import { UNSEEN } from "../model/unseen-text.ts";
import { csvText, seenText } from "./csv-text.ts";
import type { Answer, Value } from "./snapshot.ts";

type Columns = Answer["columns"];
type Cells = readonly Value[];

const WIDEST = 60;

/** A value as one line of text that cannot steer a terminal or hide a part of itself: what cannot be seen becomes `\u001b`, `\u{e0041}`. */
export function shownValue(value: Value): string {
  if (value === null) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.replaceAll(UNSEEN, escaped);
}

/** A character as JavaScript escapes it. */
function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, "0");
  return code.length === 4 ? `\\u${code}` : `\\u{${code}}`;
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

/** One line of CSV (RFC 4180, but ending in a newline alone); no text in it is a formula to a spreadsheet, and what cannot be seen is U+FFFD. */
export function csvRow(cells: Cells): string {
  return `${cells.map(csvCell).join(",")}\n`;
}

function csvCell(value: Value): string {
  if (value === null) return "";
  const text = typeof value === "string" ? csvText(value) : seenText(JSON.stringify(value));
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One row as a JSON object; what cannot be seen is escaped, so that a parser has it back and a terminal does not. */
export function jsonRow(cells: Cells, columns: Columns): string {
  const row = JSON.stringify(Object.fromEntries(columns.map(({ name }, at) => [name, cells[at] ?? null])));
  return row.replaceAll(UNSEEN, (character) => character.split("").map(escaped).join(""));
}
