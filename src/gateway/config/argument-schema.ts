import type { ConfigFault } from "./config-fault.ts";
import { LONGEST_TRIED, patternFault } from "../../format/linear-pattern.ts";

/** Formats whose judgement takes time in proportion to the text. */
const FORMATS: ReadonlySet<string> = new Set(
  "date time date-time duration email hostname ipv4 ipv6 uri uuid".split(" "),
);
/** Keywords whose members are schemas by a name of the author's. */
const MAPS: ReadonlySet<string> = new Set(
  "properties patternProperties $defs definitions dependentSchemas dependencies".split(" "),
);
/** Keywords that hold values, not schemas. */
const VALUES: ReadonlySet<string> = new Set("const enum default examples required dependentRequired type".split(" "));
const MOST_DEPTH = 64;
const LOCAL_REF = /^#(?:\/|$)/u;

type Path = readonly (string | number)[];
type Members = Readonly<Record<string, unknown>>;

/** What of a JSON Schema cannot be tried on what strangers make a model write. */
export function schemaFaults(schema: unknown, path: Path): ConfigFault[] {
  if (path.length > MOST_DEPTH) return [{ path, message: "goes deeper than is judged" }];
  if (Array.isArray(schema)) return schema.flatMap((one: unknown, at) => schemaFaults(one, [...path, at]));
  if (!isMembers(schema)) return [];
  return Object.entries(schema).flatMap(([key, value]) => keywordFaults(key, value, [...path, key]));
}

function keywordFaults(key: string, value: unknown, path: Path): ConfigFault[] {
  const told = (message: string | null): ConfigFault[] => (message === null ? [] : [{ path, message }]);
  if (VALUES.has(key)) return [];
  if (key === "pattern") return told(typeof value === "string" ? patternFault(value) : "is no text");
  if (key === "format")
    return told(FORMATS.has(String(value)) ? null : `is none that is judged here: ${[...FORMATS].join(", ")}`);
  if (key === "$ref") return told(LOCAL_REF.test(String(value)) ? null : "leads out of this schema; begin it with #/");
  if (!MAPS.has(key) || !isMembers(value)) return schemaFaults(value, path);
  return Object.entries(value).flatMap(([name, one]) => {
    const fault = key === "patternProperties" ? patternFault(name) : null;
    const named = [...path, name];
    return [...(fault === null ? [] : [{ path: named, message: fault }]), ...schemaFaults(one, named)];
  });
}

/** The same schema, where a text that is longer than patterns may be tried on fails them untried. */
export function withBoundedTexts(schema: Members): Members {
  const made: Record<string, unknown> = {};
  const tried: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "pattern" || key === "format") tried[key] = value;
    else made[key] = VALUES.has(key) ? value : MAPS.has(key) ? boundedMap(value) : boundedValue(value);
  }
  if (Object.keys(tried).length === 0) return made;
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  const bounded = { if: { maxLength: LONGEST_TRIED }, then: tried, else: false };
  return { ...made, allOf: [...(Array.isArray(made["allOf"]) ? (made["allOf"] as unknown[]) : []), bounded] };
}

function boundedMap(value: unknown): unknown {
  if (!isMembers(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, boundedValue(one)]));
}

function boundedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(boundedValue);
  return isMembers(value) ? withBoundedTexts(value) : value;
}

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
