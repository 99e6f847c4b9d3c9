import { columnsOf, isRow } from "./csv-table.ts";
import { isObject } from "./bounded-value.ts";
import { instantIn } from "./record-instant.ts";
import {
  addressIn,
  type Given,
  lookOf,
  type LookReader,
  type LookReading,
  NO_RECORD,
  PASSED_OVER,
  portIn,
  taken,
  wrong,
} from "./stored-look.ts";

/** The value of a field of zmap; `undefined` where the file does not have it. */
type Fields = (name: string) => unknown;

/** zmap's own columns when no fields were chosen: the address, and the port when it surveyed several. */
const DEFAULT_COLUMNS = ["saddr", "sport"];

/**
 * Makes a reader of zmap's CSV, with or without header, and JSON lines. `saddr` and `sport` describe the response, so they name the
 * surveyed host; only first answers (`success` 1, `repeat` 0) count. Port and time that the file does not tell are the user's to give.
 *
 * @see zmap/zmap src/output_modules/module_csv.c, src/probe_modules/
 */
export function createZmapReader(given: Given): LookReader {
  let columns: ReadonlyMap<string, number> | null = null;
  return (value) => {
    if (isObject(value)) return "saddr" in value ? readFields((name) => value[name], given) : NONE;
    if (!isRow(value)) return NONE;
    if (columns === null) {
      const header = columnsOf(value);
      columns = header.has("saddr") ? header : columnsOf(DEFAULT_COLUMNS);
      if (header.has("saddr")) return NO_RECORD;
    }
    const at = columns;
    return readFields((name) => {
      const index = at.get(name);
      return index === undefined ? undefined : value[index]?.trim();
    }, given);
  };
}

const NONE = wrong("", "is not a row of zmap");

function readFields(told: Fields, given: Given): LookReading {
  const address = addressIn(told("saddr"));
  if (address === null) return wrong("saddr", "is no IP address");
  if (!isFirstAnswer(told)) return PASSED_OVER;
  const sport = told("sport");
  const port = sport === undefined ? given.port : portIn(sport);
  if (port === null)
    return wrong("sport", sport === undefined ? "is missing; say which with --port" : "is no port between 1 and 65535");
  const seen = timeOf(told, given);
  if (seen === null) return wrong("timestamp_ts", "is no moment; say when with --seen-at");
  return taken(lookOf({ address, port, seen_at: seen }));
}

function isFirstAnswer(told: Fields): boolean {
  const success = told("success");
  const classification = told("classification");
  if (isFlag(told("repeat"), 1) || isFlag(success, 0)) return false;
  return isFlag(success, 1) || typeof classification !== "string" || classification === "synack";
}

function isFlag(value: unknown, wanted: 0 | 1): boolean {
  return value === wanted || value === String(wanted) || value === (wanted === 1);
}

function timeOf(told: Fields, given: Given): string | null {
  const seconds = told("timestamp_ts");
  const text = told("timestamp_str");
  if (isTold(seconds)) return instantIn(seconds);
  return isTold(text) ? instantIn(text) : given.seenAt;
}

function isTold(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
