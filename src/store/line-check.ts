import { canonicalAddress } from "../model/address.ts";
import { epochMsOf } from "../model/instant.ts";
import type { Result } from "../model/result.ts";
import { fail, ok } from "../model/result.ts";
import {
  CERTIFICATE_FIELDS,
  DETAIL_FIELDS,
  LINE_FIELDS,
  MODEL_FIELDS,
  RUNNING_FIELDS,
  TRACE_FIELDS,
} from "./line-field.ts";
import type { FieldType, LineField, LineKind } from "./line-field.ts";

type Fields = Readonly<Record<string, LineField>>;
type JsonObject = Readonly<Record<string, unknown>>;
type Checked = Result<unknown, string>;

const INT32_MOST = 2 ** 31 - 1;
/** Columns of 32 bits; the other integers have 64. */
const NARROW: ReadonlySet<string> = new Set(["port", "status", "requests", "file_type", "messages"]);

/** A line of a JSONL file that fits: its kind, and its text again with every field present. */
export interface FittingLine {
  readonly kind: LineKind;
  readonly text: string;
}

/** Checks one line of Corral's JSONL against its published shape; absent fields count as null. Fails with the reason in words. */
export function checkLine(text: string): Result<FittingLine, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail("not JSON");
  }
  if (!isObject(value)) return fail("not a JSON object");
  const { kind } = value;
  if (typeof kind !== "string" || !isKind(kind)) return fail("kind: not observation, card or run");
  if (value["schema"] !== 1) return fail("schema: not 1");
  const checked = checkFields(value, LINE_FIELDS[kind], "");
  if (!checked.ok) return checked;
  const odd = kind === "run" ? null : oddPlace(value);
  return odd === null ? ok({ kind, text: JSON.stringify({ kind, schema: 1, ...checked.value }) }) : fail(odd);
}

function isKind(kind: string): kind is LineKind {
  return Object.hasOwn(LINE_FIELDS, kind);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What the field types do not say about a service. */
function oddPlace(line: JsonObject): string | null {
  const { port, base_path: path } = line;
  if (typeof port === "number" && (port < 1 || port > 65_535)) return "port: not within 1 to 65535";
  return typeof path === "string" && path.startsWith("/") ? null : "base_path: does not begin with /";
}

function checkFields(value: JsonObject, fields: Fields, place: string): Result<JsonObject, string> {
  const kept: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const checked = checkField(Object.hasOwn(value, name) ? value[name] : null, field, `${place}${name}`);
    if (!checked.ok) return checked;
    kept[name] = checked.value;
  }
  return ok(kept);
}

function checkField(value: unknown, field: LineField, place: string): Checked {
  if (value === null) return field.nullable ? ok(null) : fail(`${place}: missing`);
  const checked = CHECKS[field.type](value, place);
  if (!checked.ok || field.values === undefined) return checked;
  return typeof value === "string" && field.values.includes(value)
    ? checked
    : fail(`${place}: not one of ${field.values.join(", ")}`);
}

const CHECKS: Readonly<Record<FieldType, (value: unknown, place: string) => Checked>> = {
  text: (value, place) =>
    typeof value === "string" && value.isWellFormed() ? ok(value) : fail(`${place}: not a text`),
  integer: checkInteger,
  number: (value, place) => (typeof value === "number" ? ok(value) : fail(`${place}: not a number`)),
  boolean: (value, place) => (typeof value === "boolean" ? ok(value) : fail(`${place}: not true or false`)),
  instant: (value, place) =>
    typeof value === "string" && epochMsOf(value) !== null ? ok(value) : fail(`${place}: not an ISO 8601 time`),
  address: (value, place) =>
    typeof value === "string" && canonicalAddress(value) === value
      ? ok(value)
      : fail(`${place}: not a canonical address`),
  texts: (value, place) =>
    Array.isArray(value) && value.every((item) => typeof item === "string" && item.isWellFormed())
      ? ok(value)
      : fail(`${place}: not a list of texts`),
  trace: (value, place) => checkObject(value, TRACE_FIELDS, place),
  certificate: (value, place) => checkObject(value, CERTIFICATE_FIELDS, place),
  models: (value, place) => checkList(value, place, checkModel),
  running: (value, place) => checkList(value, place, (item, at) => checkObject(item, RUNNING_FIELDS, at)),
  json: (value) => ok(value),
};

function checkInteger(value: unknown, place: string): Checked {
  if (!Number.isSafeInteger(value)) return fail(`${place}: not a whole number`);
  return NARROW.has(place) && Math.abs(Number(value)) > INT32_MOST ? fail(`${place}: too large`) : ok(value);
}

function checkObject(value: unknown, fields: Fields, place: string): Result<JsonObject, string> {
  return isObject(value) ? checkFields(value, fields, `${place}.`) : fail(`${place}: not an object`);
}

function checkList(value: unknown, place: string, check: (item: unknown, place: string) => Checked): Checked {
  if (!Array.isArray(value)) return fail(`${place}: not a list`);
  const kept: unknown[] = [];
  for (const [index, item] of value.entries()) {
    const checked = check(item, `${place}[${index}]`);
    if (!checked.ok) return checked;
    kept.push(checked.value);
  }
  return ok(kept);
}

function checkModel(value: unknown, place: string): Checked {
  const entry = checkObject(value, MODEL_FIELDS, place);
  if (!entry.ok) return entry;
  const details = isObject(value) ? (value["details"] ?? null) : null;
  if (details === null) return ok({ ...entry.value, details });
  const checked = checkObject(details, DETAIL_FIELDS, `${place}.details`);
  return checked.ok ? ok({ ...entry.value, details: checked.value }) : checked;
}
