import { Buffer } from "node:buffer";
import { type JsonObject, field } from "../bounded-value.ts";
import type { Envelope } from "./inner-grammar.ts";
import { countIn } from "./told-values.ts";

const MICRO_IN_MILLI = 1000;
const LONGEST_NAME = 4096;

/** What journald says of a message; `null` = it has no time, so it is no entry. */
export function journaldEnvelope(entry: JsonObject): Envelope | null {
  const micros = Number(one(entry, "__REALTIME_TIMESTAMP") ?? Number.NaN);
  if (!Number.isFinite(micros) || micros < 0) return null;
  const isContainer = one(entry, "CONTAINER_NAME") !== null;
  const program = isContainer ? null : (one(entry, "SYSLOG_IDENTIFIER") ?? one(entry, "_COMM"));
  return {
    at: Math.floor(micros / MICRO_IN_MILLI),
    observer: one(entry, "_HOSTNAME"),
    program: program === null ? null : program.slice(program.lastIndexOf("/") + 1).toLowerCase(),
    // Of a message of the service manager `UNIT` is the unit that it is about.
    unit: one(entry, "UNIT") ?? one(entry, "_SYSTEMD_UNIT") ?? one(entry, "CONTAINER_NAME"),
    pid: countIn(one(entry, "_PID")),
    executable: one(entry, "_EXE"),
  };
}

/** The message as text: journald gives one that holds other than plain text as a list of bytes, and one too large as `null`. */
export function journaldMessage(entry: JsonObject): string | null {
  return textIn(field(entry, "MESSAGE"));
}

function textIn(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (!Array.isArray(value) || value.length === 0) return null;
  const list: readonly unknown[] = value;
  if (!list.every(isByte)) return textIn(list[0]);
  return Buffer.from(list).toString("utf8");
}

function isByte(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}

/** The first value of a field: an entry may hold several of one name. */
function one(entry: JsonObject, key: string): string | null {
  const text = textIn(field(entry, key));
  return text === null || text === "" || text.length > LONGEST_NAME ? null : text;
}
