import type { Row } from "../../store/snapshot.ts";
import { distribution } from "../distribution.ts";
import { numberOf, textOf } from "../row-values.ts";
import type { RowsShape, SharesShape, StudyColumn, StudyOutput } from "../study-output.ts";
import { applyFloor } from "./floor.ts";
import type { SqlFile } from "./sql-file.ts";
import { type Shown, type ShownRow, WITHHELD } from "./withheld.ts";

/** Over whom an output is counted (docs/study.md S13). */
export const POPULATIONS = ["all", "without-decoys"] as const;
export type Population = (typeof POPULATIONS)[number];

/** One output with the rows that may be shown. */
export interface PaperTable {
  readonly output: StudyOutput;
  readonly file: SqlFile;
  /** The columns of its rows, `population` left out. */
  readonly columns: readonly StudyColumn[];
  /** By population; an output that knows none has its rows under `all` alone. */
  readonly shown: Readonly<Partial<Record<Population, Shown>>>;
  /** Why it is not defined over this lake; `null` = it is. */
  readonly undefinedBecause: string | null;
}

/** Turns the rows of an output's query into what may be shown. */
export function paperTable(output: StudyOutput, file: SqlFile, rows: readonly Row[], floor: number): PaperTable {
  const shape = output.shape;
  const whole = shape.kind === "rows" ? (shape.finish?.(rows) ?? rows) : rows;
  const shown = POPULATIONS.flatMap((population) => {
    const own = whole.filter((row) => (row["population"] ?? "all") === population).map(withoutPopulation);
    if (own.length === 0 && population !== "all") return [];
    return [
      [population, shape.kind === "shares" ? sharesOf(own, shape, floor) : applyFloor(own, shape, floor)] as const,
    ];
  });
  return { output, file, columns: columnsOf(output), shown: Object.fromEntries(shown), undefinedBecause: null };
}

function withoutPopulation(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([column]) => column !== "population"));
}

/** The table of an output that this lake cannot answer. */
export function undefinedTable(output: StudyOutput, file: SqlFile, reason: string): PaperTable {
  return { output, file, columns: columnsOf(output), shown: {}, undefinedBecause: reason };
}

/** The columns of an output's rows; those of shares are the same everywhere. */
export function columnsOf({ shape, unit }: StudyOutput): RowsShape["columns"] {
  if (shape.kind === "rows") return shape.columns;
  return [
    { from: "item", name: "", holds: shape.outside ? "outside" : "text" },
    { from: "counted", name: unit, holds: "cell", of: "of_units" },
    { from: "of_units", name: "of", holds: "of" },
    { from: "unknown_units", name: shape.unknownBeside === true ? "unknown, beside" : "unknown", holds: "of" },
  ];
}

function sharesOf(rows: readonly Row[], shape: SharesShape, floor: number): Shown {
  const read = rows.map((row) => ({
    item: textOf(row, "item"),
    counted: numberOf(row, "counted"),
    of: numberOf(row, "of_units"),
    unknown: numberOf(row, "unknown_units"),
  }));
  const { shares, pooledItems } = distribution(read, shape, floor);
  const own = shares.map(({ item, counted, of, unknown }): ShownRow => {
    // What it is of may be a cell itself, such as hosts with a system prompt: then nothing of the row is told.
    if (shape.unknownBeside === true && of > 0 && of < floor)
      return { item, counted: WITHHELD, of_units: WITHHELD, unknown_units: WITHHELD };
    return { item, counted: counted ?? WITHHELD, of_units: of, unknown_units: unknown };
  });
  return { rows: own, leftOut: pooledItems };
}
