import type { Cell, Engine } from "./engine.io.ts";
import { sqlText } from "./stage-sql.ts";

/** One distinct input as the engine gives it. */
export type InputRow = Readonly<Record<string, Cell>>;

const BATCH = 2000;

/** Appends rows to a table whose columns are those of the shape, in its order. */
export async function insertRows(
  engine: Engine,
  table: string,
  shape: Readonly<Record<string, string>>,
  rows: readonly object[],
): Promise<void> {
  const columns = Object.keys(shape)
    .map((name) => `r.${name}`)
    .join(", ");
  for (let from = 0; from < rows.length; from += BATCH) {
    const batch = JSON.stringify(rows.slice(from, from + BATCH));
    await engine.run(`INSERT INTO ${table} SELECT ${columns} FROM
      (SELECT unnest(from_json_strict(${sqlText(batch)}, ${sqlText(JSON.stringify([shape]))})) AS r)`);
  }
}

/** A cell of text; `null` for anything else. */
export function textOrNull(value: Cell | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** A cell of a number; `null` for anything else. */
export function numberOrNull(value: Cell | undefined): number | null {
  return typeof value === "number" ? value : null;
}

/** A cell of truth; `null` for anything else. */
export function flagOf(value: Cell | undefined): boolean | null {
  return typeof value === "boolean" ? value : null;
}

/** The texts of a JSON list; `null` where there is none. */
export function textListOf(value: Cell | undefined): readonly string[] | null {
  if (typeof value !== "string") return null;
  const list: unknown = JSON.parse(value);
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : null;
}
