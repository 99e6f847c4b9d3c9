import type { Row } from "../../store/snapshot.ts";
import type { RowsShape, StudyColumn } from "../study-output.ts";
import { type Shown, type ShownRow, WITHHELD } from "./withheld.ts";

/**
 * Applies the floor (docs/study.md S15) to the rows of one population. A row that strangers named is left out when one of its cells holds
 * 1 to `floor` - 1; in a row of ours such cells are withheld with the measures beside them. In lines that add up the next smallest go, too,
 * until what is withheld there cannot be told by subtraction. A cell may be what others are of: where it goes, all numbers of its row go.
 *
 * @param floor - fewest a shown cell may hold; 1 shows all.
 */
export function applyFloor(rows: readonly Row[], shape: RowsShape, floor: number): Shown {
  const cells = shape.columns.filter(({ holds }) => holds === "cell");
  const isSmall = (value: unknown): boolean => typeof value === "number" && value > 0 && value < floor;
  const small = new Map(cells.map(({ from }) => [from, new Set(rows.filter((row) => isSmall(row[from])))] as const));
  if (shape.columns.some(({ holds }) => holds === "outside")) {
    const gone = wholeRows(rows, small, shape, floor);
    return { rows: rows.filter((row) => !gone.has(row)), leftOut: gone.size };
  }
  const wholes = new Set(cells.flatMap(({ of }) => (of !== undefined && small.has(of) ? [of] : [])));
  for (const column of wholes) {
    const hidden = small.get(column) ?? new Set();
    hideAlong(rows, column, hidden, shape, floor);
    for (const other of small.values()) for (const row of hidden) other.add(row);
  }
  for (const [column, set] of small) if (!wholes.has(column)) hideAlong(rows, column, set, shape, floor);
  return { rows: rows.map((row) => withoutHidden(row, shape.columns, { hidden: small, wholes })), leftOut: 0 };
}

/** The rows that go whole: those with a small cell, and those that would give a cell of them away. */
function wholeRows(rows: readonly Row[], small: Cells, shape: RowsShape, floor: number): ReadonlySet<Row> {
  const gone = new Set([...small.values()].flatMap((set) => [...set]));
  for (let size = -1; size !== gone.size;) {
    size = gone.size;
    for (const column of small.keys()) hideAlong(rows, column, gone, shape, floor);
  }
  return gone;
}

/** Rows by the column of a cell. */
type Cells = ReadonlyMap<string, Set<Row>>;

interface Hidden {
  readonly hidden: Cells;
  /** Columns of cells that other cells are of. */
  readonly wholes: ReadonlySet<string>;
}

function withoutHidden(row: Row, columns: readonly StudyColumn[], { hidden, wholes }: Hidden): ShownRow {
  const isHidden = [...hidden.values()].some((set) => set.has(row));
  if (!isHidden) return row;
  const isWhole = [...wholes].some((column) => hidden.get(column)?.has(row) === true);
  const shown = columns.map(({ from, holds }) => {
    const goes = holds === "measure" || hidden.get(from)?.has(row) === true || (isWhole && holds === "of");
    return [from, goes ? WITHHELD : (row[from] ?? null)] as const;
  });
  return { ...row, ...Object.fromEntries(shown) };
}

/** Hides more cells of a column until no line of it gives a hidden one away; each line is walked again while anything changes. */
function hideAlong(rows: readonly Row[], column: string, hidden: Set<Row>, shape: RowsShape, floor: number): void {
  const lines = (shape.addsUp ?? []).flatMap((dimension) =>
    linesOf(rows, dimension.column, shape).map((line) => [line, dimension.column] as const),
  );
  for (let changed = hidden.size > 0; changed;) {
    changed = false;
    for (const [line, dimension] of lines) {
      const next = nextToHide(line, { column, dimension, floor }, hidden);
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
    ({ holds, from }) =>
      (holds === "text" || holds === "outside" || holds === "day") && from !== dimension && !others.includes(from),
  );
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([...others, ...names.map(({ from }) => from)].map((name) => row[name] ?? null));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

interface Line {
  readonly column: string;
  readonly dimension: string;
  readonly floor: number;
}

function nextToHide(line: readonly Row[], { column, dimension, floor }: Line, hidden: ReadonlySet<Row>): Row | null {
  const amount = (row: Row): number => (typeof row[column] === "number" ? row[column] : 0);
  const gone = line.filter((row) => hidden.has(row));
  const sum = gone.reduce((total, row) => total + amount(row), 0);
  if (sum === 0 || (gone.length > 1 && sum >= floor)) return null;
  const open = line.filter((row) => !hidden.has(row) && amount(row) > 0);
  const order = (a: Row, b: Row): number =>
    lateness(a[dimension]) - lateness(b[dimension]) ||
    amount(a) - amount(b) ||
    (JSON.stringify(a[dimension]) < JSON.stringify(b[dimension]) ? -1 : 1);
  return open.toSorted(order)[0] ?? null;
}

/** What is unknown goes after the classes, totals last: other tables tell them, and must not tell what this one hides. */
function lateness(name: unknown): number {
  return name === "all" ? 2 : name === null || name === undefined || name === "unknown" ? 1 : 0;
}
