import { csvText } from "../../store/csv-text.ts";
import { visibleText } from "../../render/visible-text.ts";
import type { Price } from "../config/gateway-config.ts";
import { canonicalModel } from "../request/canonical-model.ts";
import type { UsageRow } from "./usage-row.ts";

/** What usage costs by a tariff. */
export interface Cost {
  readonly amount: number;
  /** ISO 4217 code. */
  readonly currency: string;
}

/** A row of the report; `cost` is `null` without a price for its model. */
export interface PricedRow extends UsageRow {
  /** Name of the key; `null` when the key is known no longer. */
  readonly name: string | null;
  readonly cost: Cost | null;
}

/** What the report needs beside the usage itself. */
export interface UsageNames {
  /** Names of keys by public id. */
  readonly keys: ReadonlyMap<string, string>;
  /** Prices by model name, in any way of writing it. */
  readonly tariff: Readonly<Record<string, Price>>;
}

const TOKENS_A_PRICE = 1_000_000;
const LONGEST_CELL = 60;

/** Adds names and costs; a price counts for every way of writing its model's name. */
export function pricedRows(rows: readonly UsageRow[], { keys, tariff }: UsageNames): readonly PricedRow[] {
  const prices = new Map<string, Price>();
  for (const [name, price] of Object.entries(tariff)) {
    const model = canonicalModel(name);
    if (model.ok) prices.set(model.value.key, price);
  }
  return rows.map((row) => {
    const price = prices.get(row.model);
    const amount =
      price === undefined
        ? 0
        : (row.promptTokens * price.perMillionPrompt + row.answerTokens * price.perMillionAnswer) / TOKENS_A_PRICE;
    return {
      ...row,
      name: keys.get(row.key) ?? null,
      cost: price === undefined ? null : { amount: rounded(amount), currency: price.currency },
    };
  });
}

/** Six decimals: a millionth of what a million tokens cost. */
function rounded(amount: number): number {
  return Math.round(amount * 1_000_000) / 1_000_000;
}

interface ReportColumn {
  readonly name: string;
  readonly value: (row: PricedRow) => string | number;
}

const COLUMNS: readonly ReportColumn[] = [
  { name: "key", value: (row) => row.key },
  { name: "name", value: (row) => row.name ?? "" },
  { name: "owner", value: (row) => row.owner },
  { name: "model", value: (row) => row.model },
  { name: "first_day", value: (row) => row.firstDay },
  { name: "last_day", value: (row) => row.lastDay },
  { name: "requests", value: (row) => row.requests },
  { name: "refused", value: (row) => row.refused },
  { name: "prompt_tokens", value: (row) => row.promptTokens },
  { name: "answer_tokens", value: (row) => row.answerTokens },
  { name: "estimated_tokens", value: (row) => row.estimatedTokens },
  { name: "model_seconds", value: (row) => row.modelSeconds },
];
const COST_COLUMNS: readonly ReportColumn[] = [
  { name: "cost", value: (row) => row.cost?.amount ?? "" },
  { name: "currency", value: (row) => row.cost?.currency ?? "" },
];

function columnsFor(rows: readonly PricedRow[]): readonly ReportColumn[] {
  return rows.some((row) => row.cost !== null) ? [...COLUMNS, ...COST_COLUMNS] : COLUMNS;
}

/** The report as CSV with a header; texts are safe in a spreadsheet. */
export function usageCsv(rows: readonly PricedRow[]): string {
  const columns = [...COLUMNS, ...COST_COLUMNS];
  const cells = rows.map((row) => columns.map(({ value }) => csvCell(value(row))));
  return [columns.map(({ name }) => name), ...cells].map((line) => `${line.join(",")}\r\n`).join("");
}

function csvCell(value: string | number): string {
  return typeof value === "number" ? String(value) : `"${csvText(value).replaceAll('"', '""')}"`;
}

/** The report as a table for a terminal, numbers to the right. */
export function usageTable(rows: readonly PricedRow[]): string {
  if (rows.length === 0) return "no usage in this span\n";
  const columns = columnsFor(rows);
  const head = columns.map(({ name }) => name.replaceAll("_", " "));
  const lines = rows.map((row) => columns.map(({ value }) => visibleText(String(value(row)), LONGEST_CELL)));
  const widths = head.map((name, at) => Math.max(name.length, ...lines.map((line) => line[at]?.length ?? 0)));
  const isNumber = columns.map(({ value }) => rows.every((row) => typeof value(row) === "number"));
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, at) => (isNumber[at] === true ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}
