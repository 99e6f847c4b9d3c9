import type { EventField } from "../../../src/model/condition.ts";
import type { LogEvent } from "../../../src/model/event.ts";
import type { FieldTable } from "../../../src/rules/fields/column.ts";

type Values = Record<string, unknown>;
const ALWAYS_TOLD = new Set(["class", "at", "place"]);

/** What is left of an event in a product's rows; `null` = the product keeps no such row. */
export function toldEvent<Source>(event: LogEvent, table: FieldTable<Source>): LogEvent | null {
  const { columns, fixed = {} } = table;
  const told: Values = {};
  for (const [name, value] of Object.entries(event)) {
    const word = fixed[name as EventField];
    if (word !== undefined && word !== value) return null;
    told[name] = ALWAYS_TOLD.has(name) || word !== undefined || Object.hasOwn(columns, name) ? value : null;
  }
  return told as unknown as LogEvent;
}

/** The columns of an event that has been through {@link toldEvent}; fields that are not told have none. */
export function columnValues<Source>(event: LogEvent, table: FieldTable<Source>): Values {
  const row: Values = {};
  const values: Values = { ...event };
  for (const [field, column] of Object.entries(table.columns)) {
    const value = values[field];
    if (value !== null && value !== undefined) row[column] = productValue(field as EventField, value, table);
  }
  return row;
}

function productValue<Source>(field: EventField, value: unknown, { values, scale }: FieldTable<Source>): unknown {
  if (typeof value === "number") return value * (scale?.[field] ?? 1);
  const words = values?.[field];
  return typeof value === "string" && words !== undefined && Object.hasOwn(words, value)
    ? (words[value]?.[0] ?? value)
    : value;
}
