import { fail, ok, type Result } from "../model/result.ts";
import { field as own, isObject } from "./bounded-value.ts";

/** Where in a record something is wrong (`models[3].digest`, empty for the record itself) and what. */
export interface FieldProblem {
  readonly field: string;
  readonly reason: string;
}

/** Reads one value of a stranger: the value as the record keeps it, or the first thing wrong with it. Never echoes the value. */
export type Reader<T> = (value: unknown) => Result<T, FieldProblem>;

/** One reader per key; a key that the value lacks is read as `undefined`, a key that nobody reads is passed over. */
export type Shape<T> = { readonly [K in keyof T]-?: Reader<T[K]> };

/** A text of at most `max` UTF-16 units without half surrogate pairs; `fits` may ask for more. */
export function text(
  max: number,
  fits?: { readonly test: (value: string) => boolean; readonly reason: string },
): Reader<string> {
  return (value) => {
    if (typeof value !== "string") return wrong("is not a text");
    if (value.length > max) return wrong(`is longer than ${max} characters`);
    if (!value.isWellFormed()) return wrong("holds half a surrogate pair");
    return fits === undefined || fits.test(value) ? ok(value) : wrong(fits.reason);
  };
}

/** A whole number within bounds, both inclusive; by default what a double holds exactly. */
export function whole(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value)) return wrong("is not a whole number below 2^53");
    return value >= min && value <= max ? ok(value) : wrong(`is not between ${min} and ${max}`);
  };
}

/** A finite number not below zero. */
export const amount: Reader<number> = (value) =>
  typeof value === "number" && Number.isFinite(value) && value >= 0
    ? ok(value)
    : wrong("is not a number of zero or more");

/** `true` or `false`. */
export const flag: Reader<boolean> = (value) =>
  typeof value === "boolean" ? ok(value) : wrong("is not true or false");

/** One of a few words. */
export function word<const W extends string>(words: readonly W[]): Reader<W> {
  return (value) => {
    const found = words.find((one) => one === value);
    return found === undefined ? wrong(`is not one of ${words.join(", ")}`) : ok(found);
  };
}

/** Exactly this value. */
export function exactly<const V extends string | number>(expected: V): Reader<V> {
  return (value) => (value === expected ? ok(expected) : wrong(`is not ${JSON.stringify(expected)}`));
}

/** `null` and a key left out alike are `null`: not seen. */
export function orNull<T>(reader: Reader<T>): Reader<T | null> {
  return (value) => (value === null || value === undefined ? ok(null) : reader(value));
}

/** A list of at most `max` entries. */
export function list<T>(reader: Reader<T>, max: number): Reader<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return wrong("is not a list");
    if (value.length > max) return wrong(`has more than ${max} entries`);
    const kept: T[] = [];
    for (const [index, entry] of value.entries()) {
      const read = reader(entry);
      if (!read.ok) return fail(within(`[${index}]`, read.error));
      kept.push(read.value);
    }
    return ok(kept);
  };
}

/** An object; only the keys of the shape are read, and only its own. */
export function record<T extends object>(shape: Shape<T>): Reader<T> {
  const fields: readonly (readonly [string, Reader<unknown>])[] = Object.entries(shape);
  return (value) => {
    if (!isObject(value)) return wrong("is not an object");
    const kept: Record<string, unknown> = {};
    for (const [key, reader] of fields) {
      const read = reader(own(value, key));
      if (!read.ok) return fail(within(key, read.error));
      kept[key] = read.value;
    }
    // Every key of T was read by its own reader: the loop above is the proof that the compiler cannot follow.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    return ok(kept as T);
  };
}

function wrong(reason: string): { readonly ok: false; readonly error: FieldProblem } {
  return { ok: false, error: { field: "", reason } };
}

/** Names the place of a problem from outside: key and index first. */
function within(outer: string, inner: FieldProblem): FieldProblem {
  const joint = inner.field === "" || inner.field.startsWith("[") ? "" : ".";
  return { field: `${outer}${joint}${inner.field}`, reason: inner.reason };
}
