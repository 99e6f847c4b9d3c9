import type { Row } from "../../store/snapshot.ts";
import type { RowsShape, StudyColumn } from "../study-output.ts";
import { type Shown, type ShownRow, WITHHELD } from "./withheld.ts";

/**
 * Applies the floor (docs/study.md S15) to the rows of one population. A row that strangers named is left out when one of its cells holds
 * 1 to `floor` - 1; in a row of ours such cells are withheld with the measures beside them, and with the next smallest cell of each line
 * that adds up, until what is withheld there cannot be told by subtraction.
 *
 * @param floor - fewest a shown cell may hold; 1 shows all.
 */
export function applyFloor(rows: readonly Row[], shape: RowsShape, floor: number): Shown {
  const cells = shape.columns.filter(({ holds }) => holds === "cell");
  const isSmall = (value: unknown): boolean => typeof value === "number" && value > 0 && value < floor;
  if (shape.columns.some(({ holds }) => holds === "outside")) {
    const shown = rows.filter((row) => !cells.some(({ from }) => isSmall(row[from])));
    return { rows: shown, leftOut: rows.length - shown.length };
  }
  const hidden = new Map(cells.map(({ from }) => [from, new Set(rows.filter((row) => isSmall(row[from])))] as const));
  for (const [column, set] of hidden) hideAlong(rows, column, set, shape, floor);
  return { rows: rows.map((row) => withoutHidden(row, shape.columns, hidden)), leftOut: 0 };
}

type Hidden = ReadonlyMap<string, ReadonlySet<Row>>;

function withoutHidden(row: Row, columns: readonly StudyColumn[], hidden: Hidden): ShownRow {
  const isHidden = [...hidden.values()].some((set) => set.has(row));
  if (!isHidden) return row;
  const shown = columns.map(({ from, holds }) => {
    const goes = holds === "measure" || hidden.get(from)?.has(row) === true;
    return [from, goes ? WITHHELD : (row[from] ?? null)] as const;
  });
  return { ...row, ...Object.fromEntries(shown) };
}

/** Hides more cells of a column until no line of it gives a hidden one away; each line is walked again while anything changes. */
function hideAlong(rows: readonly Row[], column: string, hidden: Set<Row>, shape: RowsShape, floor: number): void {
  const lines = (shape.addsUp ?? []).flatMap((dimension) => linesOf(rows, dimension.column, shape));
  for (let changed = hidden.size > 0; changed;) {
    changed = false;
    for (const line of lines) {
      const next = nextToHide(line, column, hidden, floor);
      if (next === null) continue;
      hidden.add(next);
      changed = true;
    }
  }
}

/** The rows that differ in one dimension only: they and their total give each other away. */
function linesOf(rows: readonly Row[], dimension: string, shape: RowsShape): readonly (readonly Row[])[] {
  const others = (shape.addsUp ?? []).map(({ column }) => column).filter((column) => column !== dimension);
  const names = shape.columns.filter(
    ({ holds, from }) => holds === "text" && from !== dimension && !others.includes(from),
  );
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([...others, ...names.map(({ from }) => from)].map((name) => row[name] ?? null));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function nextToHide(line: readonly Row[], column: string, hidden: ReadonlySet<Row>, floor: number): Row | null {
  const amount = (row: Row): number => (typeof row[column] === "number" ? row[column] : 0);
  const gone = line.filter((row) => hidden.has(row));
  const sum = gone.reduce((total, row) => total + amount(row), 0);
  if (gone.length === 0 || (gone.length > 1 && sum >= floor)) return null;
  const open = line.filter((row) => !hidden.has(row) && amount(row) > 0);
  return open.toSorted((a, b) => amount(a) - amount(b))[0] ?? null;
}
