/** Members of an object of JSON whose shape nothing promises. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value is an object, no list. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object's members; of anything else none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** A list's elements; of anything else none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
