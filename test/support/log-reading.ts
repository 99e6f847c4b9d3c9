import type { LogEvent } from "../../src/model/event.ts";
import { instantOf } from "../../src/model/instant.ts";
import type { LogGrammar, LogRow, LogSetting } from "../../src/model/log-grammar.ts";

/** What a grammar made of a log: events without place and what they do not tell, times as text, numbers of rejected rows. */
export interface LogReading {
  readonly zone: string | null;
  readonly events: readonly Readonly<Record<string, unknown>>[];
  readonly rejected: readonly string[];
  readonly passed: number;
}

/** The world of the logs in tests, unless they say otherwise. */
export const LOG_SETTING: LogSetting = {
  source: 0,
  zoneMinutes: null,
  year: 2026,
  month: 12,
  serverPorts: new Set([11_434]),
  serverAddresses: new Set(),
};

/** The rows of a text, with line numbers and offsets. */
export function rowsOf(text: string): readonly LogRow[] {
  const rows: LogRow[] = [];
  let offset = 0;
  for (const [index, line] of text.split("\n").entries()) {
    rows.push({ line: index + 1, offset, text: line.endsWith("\r") ? line.slice(0, -1) : line });
    offset += Buffer.byteLength(line) + 1;
  }
  if (rows.at(-1)?.text === "") rows.pop();
  return rows;
}

/** Reads a whole log. */
export function readLog(grammar: LogGrammar, text: string, setting: Partial<LogSetting> = {}): LogReading {
  const events: LogEvent[] = [];
  const rejected: string[] = [];
  let passed = 0;
  const sink = {
    event: (event: LogEvent): void => {
      events.push(event);
    },
    reject: (row: LogRow, reason: string): void => {
      rejected.push(`${row.line} ${reason}`);
    },
    pass: (): void => {
      passed += 1;
    },
  };
  const reader = grammar.read({ ...LOG_SETTING, ...setting });
  for (const row of rowsOf(text)) reader.row(row, sink);
  reader.end(sink);
  return { zone: reader.zone, events: events.map(shortEvent), rejected, passed };
}

/** An event as a person writes it: `line` for the place, ISO for the time, no fields that are not told. */
export function shortEvent(event: LogEvent): Readonly<Record<string, unknown>> {
  const { place, at, class: kind, ...rest } = event;
  const told = Object.entries(rest).filter(([, value]) => value !== null);
  return { line: place.line, at: instantOf(at), class: kind, ...Object.fromEntries(told) };
}
