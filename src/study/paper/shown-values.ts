import type { ShownRow } from "./withheld.ts";

/** The number in a column; `null` for what is withheld or not known. */
export function numberIn(row: ShownRow, column: string): number | null {
  const value = row[column];
  return typeof value === "number" ? value : null;
}

/** The text in a column; `null` for anything else. */
export function textIn(row: ShownRow, column: string): string | null {
  const value = row[column];
  return typeof value === "string" ? value : null;
}
