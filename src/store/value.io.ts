import type { Json } from "@duckdb/node-api";
import type { Value } from "./snapshot.ts";

/** Turns the engine's JSON form of a value into an answer's: whole numbers to numbers where exact, times to ISO text. */
export function valueOf(value: Json, type: string): Value {
  if (typeof value !== "string") return value;
  if (type.startsWith("TIMESTAMP")) return isoText(value);
  if (!NUMBER_TYPE.test(type)) return value;
  const number = Number(value);
  return type.startsWith("DECIMAL") || Number.isSafeInteger(number) ? number : value;
}

const NUMBER_TYPE = /^(?:U?BIGINT|U?HUGEINT|BIGNUM|DECIMAL)/u;

/** `2026-01-10 03:04:05.12` → `2026-01-10T03:04:05.120Z`; microseconds stay when there are any. */
function isoText(text: string): string {
  const match = /^(\d{4,6}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(?:\+00)?$/u.exec(text);
  if (match === null) return text;
  const [, date, time, fraction = ""] = match;
  return `${date}T${time}.${fraction.padEnd(3, "0")}Z`;
}
