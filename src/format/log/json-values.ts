import { type JsonObject, field, isObject } from "../bounded-value.ts";
import { isoTimeAt } from "./civil-time.ts";

/** A finite number, or decimal text of one; `null` for anything else. */
export function numberIn(value: unknown): number | null {
  const number = typeof value === "string" && DECIMAL.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

const DECIMAL = /^-?\d{1,15}(?:\.\d{1,12})?$/u;

/** Text of an object's own field, of 1 to `longest` characters, and not the sign `-` of nothing; `null` for anything else. */
export function textOf(object: JsonObject, key: string, longest = 4096): string | null {
  const value = field(object, key);
  return typeof value === "string" && value !== "" && value !== "-" && value.length <= longest ? value : null;
}

/** An object's own field that is an object; an empty one for anything else. */
export function objectOf(object: JsonObject, key: string): JsonObject {
  const value = field(object, key);
  return isObject(value) ? value : NOTHING;
}

const NOTHING: JsonObject = {};

/** First text of a header, whose name is written as in `names`. */
export function headerOf(headers: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    const value = field(headers, name);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof first === "string" && first !== "" && first.length <= 4096) return first;
  }
  return null;
}

/** A whole ISO time with its zone as milliseconds since 1970; `null` for anything else. */
export function isoMs(text: string | null): number | null {
  const time = text === null ? null : isoTimeAt(text, 0);
  return time === null || time.zoneMinutes === null || text === null || time.end !== text.length ? null : time.ms;
}
