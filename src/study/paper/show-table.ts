import type { Block } from "../../render/document.ts";
import { type Inline, outside } from "../../render/inline.ts";
import { count, share } from "../../render/number.ts";
import type { Column, Table } from "../../render/table.ts";
import type { Value } from "../../store/snapshot.ts";
import type { StudyColumn } from "../study-output.ts";
import { type FigureContext, figureOf } from "./paper-figures.ts";
import { nameOf } from "./paper-name.ts";
import type { PaperTable, Population } from "./paper-table.ts";
import { type Shown, type ShownRow, WITHHELD } from "./withheld.ts";

const MOST_ROWS = 25;

/** The blocks that show an output: its figure, its table, once more without likely decoys where that differs, and its definition. */
export function showTable(table: PaperTable, floor: number, context: FigureContext): readonly Block[] {
  const { undefinedBecause } = table;
  const name = nameOf(table);
  if (undefinedBecause !== null)
    return [{ kind: "paragraph", text: [`${name}: not defined over this lake: ${undefinedBecause}.`] }];
  const all = table.shown.all ?? NOTHING;
  if (all.rows.length === 0)
    return [{ kind: "paragraph", text: [`${name}: nothing to show.`] }, noteOf(table, all, floor)];
  const other = table.shown["without-decoys"];
  const differs = other !== undefined && JSON.stringify(other) !== JSON.stringify(all);
  const figure = figureOf(table, context);
  return [
    ...(figure === null ? [] : [figure]),
    tableOf(table, "all", name),
    ...(differs ? [tableOf(table, "without-decoys", `${name}, likely decoys left out`)] : []),
    noteOf(table, all, floor),
  ];
}

const NOTHING: Shown = { rows: [], leftOut: 0 };

function tableOf(table: PaperTable, population: Population, caption: string): Table {
  const { words } = wordsOf(table);
  const rows = (table.shown[population]?.rows ?? []).slice(0, MOST_ROWS);
  const columns = table.columns.flatMap((column): readonly Column[] => {
    const isNumber = !["text", "outside", "day"].includes(column.holds);
    const own: Column = { name: column.name, holds: isNumber ? "number" : "text" };
    return column.of === undefined ? [own] : [own, { name: "share", holds: "number" }];
  });
  const cells = rows.map((row) => table.columns.flatMap((column) => cellsOf(row, column, words)));
  return { kind: "table", caption, columns, rows: cells };
}

function cellsOf(row: ShownRow, column: StudyColumn, words: Readonly<Record<string, string>>): readonly Inline[] {
  const value = row[column.from] ?? null;
  const own = cellText(value, column, words);
  if (column.of === undefined) return [own];
  const of = row[column.of];
  return [own, typeof value === "number" && typeof of === "number" ? share(value, of) : "–"];
}

/** A value as a cell: null is what is not known or not defined there. */
function cellText(value: Value, { from, holds }: StudyColumn, words: Readonly<Record<string, string>>): Inline {
  if (value === null) return holds === "text" || holds === "outside" ? "unknown" : "–";
  if (value === WITHHELD) return WITHHELD;
  if (typeof value === "number") return holds === "measure" ? measureText(value) : count(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (holds === "outside") return outside(text);
  if (from === "month") return text.slice(0, "2026-01".length);
  return Object.hasOwn(words, text) ? (words[text] ?? text) : text;
}

/** Whole numbers as they are, others with three significant digits at least. */
export function measureText(value: number): string {
  if (Number.isInteger(value)) return count(value);
  return Math.abs(value) >= 100 ? count(value) : Number(value.toPrecision(3)).toString();
}

function wordsOf({ output }: PaperTable): { readonly words: Readonly<Record<string, string>> } {
  return { words: output.shape.kind === "shares" ? (output.shape.words ?? {}) : {} };
}

function noteOf({ output, file }: PaperTable, shown: Shown, floor: number): Block {
  const left = `Rows that stand for fewer than ${count(floor)}, left out with their names: ${count(shown.leftOut)}.`;
  const further = `The first ${count(MOST_ROWS)} of ${count(shown.rows.length)} rows; all stand in study.json and in the CSV files.`;
  const words = [
    `Unit: ${output.unit}.`,
    capital(file.definition),
    ...(shown.leftOut > 0 ? [left] : []),
    ...(shown.rows.length > MOST_ROWS ? [further] : []),
    `Source: ${file.source}`,
  ];
  return { kind: "note", text: [words.join(" ")] };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
