import type { LakeFacts } from "../lake-facts.ts";
import type { Paper } from "./compute-paper.ts";
import { methodWords } from "./method-words.ts";
import type { ComparisonRecord, PaperRecord } from "./paper-schema.ts";
import type { PaperTable } from "./paper-table.ts";
import type { Row, Value } from "../../store/snapshot.ts";

/** What a paper is set beside. */
export interface Comparison {
  /** `published`, or words on the other lake. */
  readonly with: string;
  readonly rows: readonly ComparisonRecord[];
}

/** Gathers a paper as one JSON value. */
export function paperRecord(paper: Paper, label: string | null, compared: Comparison | null): PaperRecord {
  return {
    kind: "study",
    schema: 1,
    label,
    floor: paper.floor,
    first_observation: paper.facts.first,
    newest_observation: paper.facts.newest,
    methods: methodWords(paper),
    run: plainRow(paper.run ?? {}),
    outputs: paper.tables.map(outputRecord),
    compared_with: compared?.with ?? null,
    comparisons: compared?.rows ?? [],
  };
}

/** `synthetic data` or `partly synthetic data`; `null` when no run of the lake was made by a generator. */
export function labelOf({ runs, syntheticRuns }: LakeFacts): string | null {
  if (syntheticRuns === 0) return null;
  return syntheticRuns < runs ? "partly synthetic data" : "synthetic data";
}

function outputRecord({ output, file, columns, shown, undefinedBecause }: PaperTable): PaperRecord["outputs"][number] {
  const populations = Object.entries(shown).map(
    ([population, { rows, leftOut }]) =>
      [
        population,
        {
          rows: rows.map((row) =>
            pick(
              row,
              columns.map(({ from }) => from),
            ),
          ),
          left_out: leftOut,
        },
      ] as const,
  );
  return {
    id: output.id,
    title: file.title,
    section: output.section,
    unit: output.unit,
    definition: file.definition,
    source: file.source,
    sql: file.sql,
    undefined_because: undefinedBecause,
    columns: columns.map(({ from, name, holds, of }) => ({ from, name, holds, of: of ?? null })),
    populations: Object.fromEntries(populations),
  };
}

type Plain = string | number | boolean | null;

function plainRow(row: Row): Record<string, Plain> {
  return pick(row, Object.keys(row));
}

function pick(row: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Plain> {
  return Object.fromEntries(names.map((name) => [name, plain(row[name] ?? null)]));
}

function plain(value: Value): Plain {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}
