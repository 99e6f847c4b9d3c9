import { type Fields, isFields, plainText } from "../windows/windows-fields.ts";

const DECIMAL = /^\d{1,15}$/u;
const MOST_WORDS = 64;

/** The document out of what an export puts around it; `null` = none. */
export function elasticDocument(value: unknown): Fields | null {
  if (!isFields(value)) return null;
  const inner = value["_source"] ?? value["fields"];
  const document = isFields(inner) ? inner : value;
  const hasKind = ["event.category", "event.dataset", "event.kind", "event.code", "ecs.version", "winlog.event_id"];
  return ecs(document, "@timestamp") !== undefined && hasKind.some((name) => ecs(document, name) !== undefined)
    ? document
    : null;
}

/**
 * A field of the common schema by its name with points, however much of it is nested: `process.pid`, `{"process": {"pid"`,
 * `{"process.parent": {"pid"`.
 */
export function ecs(document: Fields, name: string): unknown {
  if (Object.hasOwn(document, name)) return document[name];
  for (let point = name.indexOf("."); point !== -1; point = name.indexOf(".", point + 1)) {
    const key = name.slice(0, point);
    const inner = Object.hasOwn(document, key) ? document[key] : undefined;
    const found = isFields(inner) ? ecs(inner, name.slice(point + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A field as text, the first of a list; `null` when it is none. */
export function ecsText(document: Fields, name: string): string | null {
  const value = ecs(document, name);
  return value === undefined ? null : plainText(value);
}

/** A field as a whole number. */
export function ecsNumber(document: Fields, name: string): number | null {
  const text = ecsText(document, name);
  return text !== null && DECIMAL.test(text) ? Number(text) : null;
}

/** A field as texts: a text alone is a list of one. */
export function ecsWords(document: Fields, name: string): readonly string[] {
  const value = ecs(document, name);
  const words: readonly unknown[] = Array.isArray(value) ? value.slice(0, MOST_WORDS) : [value];
  return words.filter((word) => typeof word === "string");
}
