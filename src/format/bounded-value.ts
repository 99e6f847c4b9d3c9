/**
 * Reads single fields of a stranger's JSON. Everywhere here `null` means "not sent" (or sent as null) and `undefined` means
 * "not what the route says": the caller leaves the entry out, or gives the whole answer up as `wrong-shape`.
 */

/** A JSON object; arrays and null are none. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** C0, DEL and C1: never part of a name, a version or a digest. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
export const CONTROL = /[\u0000-\u001f\u007f-\u009f]/u;

/** Narrows to a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field of the object itself; what its prototype holds does not count. */
export function field(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Text of at most `maxLength` characters, well-formed and without control characters. */
export function textField(value: unknown, maxLength: number): string | null | undefined {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" || value.length > maxLength) return undefined;
  return CONTROL.test(value) || !value.isWellFormed() ? undefined : value;
}

/** A whole number from 0 to 2^53 − 1. */
export function countField(value: unknown): number | null | undefined {
  if (value === undefined || value === null) return null;
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** A list of short texts. */
export function textListField(
  value: unknown,
  maxItems: number,
  maxLength: number,
): readonly string[] | null | undefined {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value) || value.length > maxItems) return undefined;
  const texts: string[] = [];
  for (const item of value as readonly unknown[]) {
    const text = textField(item, maxLength);
    if (typeof text !== "string") return undefined;
    texts.push(text);
  }
  return texts;
}
