import type { Row, Value } from "../store/snapshot.ts";
import { distribution, type Distribution } from "./distribution.ts";
import { numberOf, textOf } from "./row-values.ts";
import type { DaysOutput, NumbersOutput, Output, RowsOutput, SharesOutput } from "./output.ts";

/** An output with its rows read and the floor applied: what may be shown. */
export type Computed =
  | { readonly kind: "shares"; readonly output: SharesOutput; readonly distribution: Distribution }
  | { readonly kind: "numbers"; readonly output: NumbersOutput; readonly numbers: readonly NumberRow[] }
  | { readonly kind: "days"; readonly output: DaysOutput; readonly days: readonly DayRow[] }
  | {
      readonly kind: "rows";
      readonly output: RowsOutput;
      readonly rows: readonly (readonly Value[])[];
      readonly held: number;
    };

export interface NumberRow {
  readonly item: string;
  /** `null` = not known. */
  readonly value: Value;
}

export interface DayRow {
  /** `2026-06-10` */
  readonly day: string;
  readonly counted: number;
}

/** Reads the rows of an output's query; what the floor holds back leaves nothing but its number. */
export function readOutput(output: Output, rows: readonly Row[], floor: number): Computed {
  switch (output.kind) {
    case "shares":
      return { kind: "shares", output, distribution: distribution(rows.map(shareRow), output, floor) };
    case "numbers":
      return {
        kind: "numbers",
        output,
        numbers: Object.keys(output.words).map((item) => ({ item, value: rows[0]?.[item] ?? null })),
      };
    case "days":
      return {
        kind: "days",
        output,
        days: rows.map((row) => ({ day: textOf(row, "day"), counted: numberOf(row, "counted") })),
      };
    case "rows": {
      const { floorOn, columns } = output;
      const whole = output.complete?.(rows) ?? rows;
      const shown = whole.filter(
        (row) => floorOn === null || numberOf(row, floorOn) === 0 || numberOf(row, floorOn) >= floor,
      );
      return {
        kind: "rows",
        output,
        rows: shown.map((row) => columns.map((column) => row[column.from] ?? null)),
        held: whole.length - shown.length,
      };
    }
  }
}

function shareRow(row: Row): { item: string; counted: number; of: number; unknown: number } {
  return {
    item: textOf(row, "item"),
    counted: numberOf(row, "counted"),
    of: numberOf(row, "of_units"),
    unknown: numberOf(row, "unknown_units"),
  };
}
