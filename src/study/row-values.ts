import type { Row } from "../store/snapshot.ts";

/** The text in a column; a `TypeError` when the query holds none there, which is a bug of the query. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value === "string") return value;
  throw new TypeError(`column ${column} holds no text`);
}

/** The number in a column; a `TypeError` when the query holds none there. */
export function numberOf(row: Row, column: string): number {
  const value = row[column];
  if (typeof value === "number") return value;
  throw new TypeError(`column ${column} holds no number`);
}

/** The text in a column, `null` for anything else. */
export function textOrNull(row: Row | undefined, column: string): string | null {
  const value = row?.[column];
  return typeof value === "string" ? value : null;
}
