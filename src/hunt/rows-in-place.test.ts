import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { OLLAMA_SERVER } from "../format/log/ollama-server.ts";
import type { Detection } from "../model/detection.ts";
import type { LogEvent } from "../model/event.ts";
import type { LogSetting } from "../model/log-grammar.ts";
import { DETECTIONS } from "../knowledge/detections/detections.ts";
import { startEvaluator } from "./evaluator.ts";
import { RowCutter } from "./row-cutter.ts";
import type { RowTaker } from "./row-cutter.ts";
import { SourceReader } from "./source-reader.ts";
import type { SourceTally } from "./source-tally.ts";

const SETTING: LogSetting = {
  source: 3,
  zoneMinutes: null,
  year: 2026,
  serverPorts: new Set([11_434]),
  serverAddresses: new Set(),
};
const TIMES = { sinceMs: -Infinity, untilMs: Infinity, seen: null };
/** Everything is kept, or what Corral's detections look at. */
const JUDGES: Readonly<Record<string, () => (event: LogEvent) => boolean>> = {
  everything: () => () => true,
  detections: () => {
    const sink = { opened: () => undefined, closed: () => undefined };
    // Those that compare two logs look at every request.
    const asked = Object.values<Detection>(DETECTIONS).filter(({ correlation }) => correlation.kind !== "disagree");
    const evaluator = startEvaluator(asked, { known: [], serverPorts: new Set([11_434]) }, sink);
    return (event) => evaluator.isCandidate(event);
  },
};

/** Rows as servers write them, and rows that are not quite. */
const ROWS = [
  '[GIN] 2026/01/30 - 10:05:11 | 200 |    1.234567ms |     203.0.113.9 | POST     "/api/chat"',
  '[GIN] 2026/01/30 - 10:05:12 | 200 |         441ns |       127.0.0.1 | GET      "/api/tags"',
  '[GIN] 2026/01/30 - 10:05:13 | 500 |        2m14s |     2001:db8::7 | DELETE   "/api/delete"',
  '[GIN] 2026/01/30 - 10:05:13 | 200 |          12ms |    192.168.1.23 | POST     "/api/chat"',
  '[GIN] 2026/01/30 - 10:05:13 | 200 |          12ms |    192.168.1.23 | DELETE   "/api/delete"',
  '[GIN] 2026/01/30 - 10:05:13 | 404 |          12ms |    192.168.1.23 | GET      "/nothing"',
  '[GIN] 2026/10/25 - 01:05:13 | 404 |     12.291µs |             ::1 | HEAD     "/v1/models/ä"',
  '[GIN] 2026/10/25 - 02:05:13 | 404 |     12.291µs |             ::1 | GET      "/x?key=1"',
  '[GIN] 2026/01/30 - 10:05:14 |\u001b[97;42m 200 \u001b[0m|   1.2ms |  192.0.2.1 |\u001b[97;44m POST    \u001b[0m "/api/generate"',
  'time=2026-01-30T10:05:15.123+02:00 level=INFO source=routes.go:1 msg="Listening on [::]:11434 (version 0.5.1)"',
  '[GIN] 2026/01/30\n- 10:05:11 | 200 | 1s | 192.0.2.1 | GET "/"',
  '[GIN] 2026/01/30 - 10:05:11 | 200 | 1s | 192.0.2.1 | GET "/api\n/tags"',
  "llama_model_loader: loaded meta data",
  "",
] as const;

interface Read {
  readonly events: readonly LogEvent[];
  readonly tally: SourceTally;
}

/** Reads chunks of bytes, rows in place or cut out. */
function readRows(chunks: readonly Uint8Array[], inPlace: boolean, isCandidate: (event: LogEvent) => boolean): Read {
  const reader = new SourceReader([OLLAMA_SERVER], OLLAMA_SERVER, SETTING, { ...TIMES, isCandidate });
  const cutting: RowTaker = { row: (row) => reader.row(row), tooLong: (row) => reader.tooLong(row) };
  const taker = inPlace ? reader : cutting;
  const cutter = new RowCutter();
  for (const chunk of chunks) cutter.cut(chunk, taker);
  cutter.rest(taker);
  const events: LogEvent[] = [];
  reader.end((event) => void events.push(event));
  return { events, tally: reader.tally };
}

/** Bytes that mean something here, and any. */
const byte = fc.oneof(fc.constantFrom(...Buffer.from('\n\r |"[]?\\/:-0m\u001b\0'), 0xe2, 0xff), fc.nat(255));
const change = fc.record({ at: fc.nat(), byte, removes: fc.nat(3), inserts: fc.boolean() });

function changed(
  text: string,
  changes: readonly { at: number; byte: number; removes: number; inserts: boolean }[],
): Buffer {
  const bytes = [...Buffer.from(text)];
  for (const one of changes) bytes.splice(one.at % (bytes.length + 1), one.removes, ...(one.inserts ? [one.byte] : []));
  return Buffer.from(bytes);
}

test.for(Object.entries(JUDGES))(
  "rows read where they stand tell what rows that were cut out tell, %s",
  ([, judge]) => {
    const placedJudge = judge();
    const cutJudge = judge();
    let told = 0;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...ROWS), { minLength: 1, maxLength: 30 }),
        fc.array(change, { maxLength: 12 }),
        fc.array(fc.nat(), { maxLength: 3 }),
        fc.constantFrom("\n", "\r\n"),
        (rows, changes, cuts, end) => {
          const bytes = changed(rows.map((row) => row + end).join(""), changes);
          const places = [0, ...cuts.map((at) => at % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
          const chunks = places.slice(1).map((to, at) => bytes.subarray(places[at], to));
          const placed = readRows(chunks, true, placedJudge);
          const cut = readRows(chunks, false, cutJudge);
          expect(placed.events).toEqual(cut.events);
          expect(placed.tally).toEqual(cut.tally);
          told += placed.events.length;
        },
      ),
      { numRuns: 3000 },
    );
    expect(told).toBeGreaterThan(3000);
  },
);
