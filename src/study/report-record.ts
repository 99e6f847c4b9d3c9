import type { Label } from "../render/document.ts";
import type { Value } from "../store/snapshot.ts";
import type { Share } from "./distribution.ts";
import type { LakeFacts } from "./lake-facts.ts";
import { methodPoints } from "./method.ts";
import type { Computed, DayRow } from "./read-output.ts";

/** `report.json`: every output with its definition, its query and the numbers that may be shown. */
export interface ReportRecord {
  readonly kind: "report";
  readonly schema: 1;
  /** `synthetic data`, or `null`. */
  readonly label: string | null;
  readonly full: boolean;
  /** What its maker knew besides the lake: of `corral start`, who else could reach what it found. */
  readonly preface: readonly string[];
  readonly first_observation: string | null;
  readonly newest_observation: string | null;
  readonly method: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, OutputRecord>>;
}

/** One output: `shares` rows have `counted: null` where a small cell is withheld. */
export interface OutputRecord {
  readonly caption: string;
  readonly label: string | null;
  readonly definition: string;
  readonly source: string;
  readonly sql: string;
  readonly unit: string | null;
  readonly rows: readonly (Share | DayRow | Readonly<Record<string, Value>>)[];
  /** Rows held back because they stand for too few. */
  readonly held_back: number;
}

/** Gathers the outputs of a report as one JSON value. */
export function reportRecord(
  facts: LakeFacts,
  label: Label | null,
  options: { readonly full: boolean; readonly preface: { readonly sentences: readonly string[] } | null },
  computed: readonly Computed[],
): ReportRecord {
  const mark = label?.mark ?? null;
  return {
    kind: "report",
    schema: 1,
    label: mark,
    full: options.full,
    preface: options.preface?.sentences ?? [],
    first_observation: facts.first,
    newest_observation: facts.newest,
    method: methodPoints(options.full),
    outputs: Object.fromEntries(computed.map((one) => [one.output.id, outputRecord(one, mark)])),
  };
}

function outputRecord(one: Computed, label: string | null): OutputRecord {
  const { caption, definition, source, sql } = one.output;
  const shared = { caption, label, definition, source, sql };
  switch (one.kind) {
    case "shares":
      return { ...shared, unit: one.output.unit, rows: one.distribution.shares, held_back: heldBack(one.distribution) };
    case "numbers":
      return {
        ...shared,
        unit: null,
        rows: [Object.fromEntries(one.numbers.map((row) => [row.item, row.value]))],
        held_back: 0,
      };
    case "days":
      return { ...shared, unit: one.output.unit, rows: one.days, held_back: 0 };
    case "rows": {
      const names = one.output.columns.map((column) => column.from);
      const rows = one.rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])));
      return { ...shared, unit: null, rows, held_back: one.held };
    }
  }
}

function heldBack(distribution: { readonly shares: readonly Share[]; readonly pooledItems: number }): number {
  return distribution.pooledItems + distribution.shares.filter((one) => one.counted === null).length;
}
