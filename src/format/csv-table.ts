import { type LookReader, type LookReading, NO_RECORD, wrong } from "./stored-look.ts";

/** A row of a table with a header: the text of a column, empty when the file has no such column. */
export type TableRow = (column: string) => string;

/** What a table must look like. */
export interface TableShape {
  /** Columns without which it is another file's header. */
  readonly required: readonly string[];
  readonly read: (row: TableRow, has: (column: string) => boolean) => LookReading;
}

const MAX_COLUMNS = 1_024;

/** Reads a table row by row: the first row is the header, in any order and case. A row of another length is rejected. */
export function createTableReader(shape: TableShape): LookReader {
  let at: ReadonlyMap<string, number> | null = null;
  let width = 0;
  return (value) => {
    if (!isRow(value)) return wrong("", "is not a row");
    if (at === null) {
      at = columnsOf(value);
      width = value.length;
      const missing = shape.required.filter((name) => at?.has(name) === false);
      return missing.length === 0 ? NO_RECORD : wrong("header", `lacks the column ${missing.join(", ")}`);
    }
    const columns = at;
    if (value.length !== width) return wrong("", `has ${value.length} fields where the header has ${width}`);
    return shape.read(
      (name) => value[columns.get(name) ?? -1]?.trim() ?? "",
      (name) => columns.has(name),
    );
  };
}

/** Where the columns of a header stand; of two with one name the first counts. */
export function columnsOf(header: readonly string[]): ReadonlyMap<string, number> {
  const at = new Map<string, number>();
  for (const [index, name] of header.slice(0, MAX_COLUMNS).entries()) {
    const key = name.trim().toLowerCase();
    if (!at.has(key)) at.set(key, index);
  }
  return at;
}

/** Narrows a value to the fields of a row. */
export function isRow(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
