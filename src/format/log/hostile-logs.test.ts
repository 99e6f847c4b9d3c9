import fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LOG_SETTING, readLog, rowsOf } from "../../../test/support/log-reading.ts";
import type { LogEvent } from "../../model/event.ts";
import type { LogGrammar } from "../../model/log-grammar.ts";
import { LOG_GRAMMARS } from "./grammars.ts";

const CORPUS = new URL("../../../corpus/log/", import.meta.url);

const REASON = /^[a-z][a-z0-9-]+$/u;

/** Rows of every log of the corpus. */
const ROWS = readdirSync(CORPUS).flatMap((id) =>
  readdirSync(new URL(`${id}/`, CORPUS))
    .filter((name) => name.endsWith(".log"))
    .flatMap((name) => rowsOf(readFileSync(new URL(`${id}/${name}`, CORPUS), "utf8")).map((row) => row.text)),
);

/** Reads rows; tells every promise of the contract that was broken: whole events with finite times, stable words for rejections. */
function broken(grammar: LogGrammar, rows: readonly string[]): readonly string[] {
  const problems: string[] = [];
  const reader = grammar.read(LOG_SETTING);
  const events: LogEvent[] = [];
  const sink = {
    event: (event: LogEvent): void => {
      events.push(event);
    },
    reject: (_row: unknown, reason: string): void => {
      if (!REASON.test(reason)) problems.push(`reason ${reason}`);
    },
    pass: (): void => {},
  };
  const share = grammar.recognise(rows.slice(0, 64));
  if (!(share >= 0 && share <= 1)) problems.push(`share ${share}`);
  for (const [index, text] of rows.entries()) reader.row({ line: index + 1, offset: index, text }, sink);
  reader.end(sink);
  for (const { at, place } of events)
    if (!Number.isFinite(at) || place.line < 1 || place.line > rows.length) problems.push(`event of ${place.text}`);
  return problems;
}

const cut = fc
  .tuple(fc.constantFrom(...ROWS), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([row, share]) => row.slice(0, Math.floor(row.length * share)));
const changed = fc
  .tuple(fc.constantFrom(...ROWS), fc.nat(), fc.string({ unit: "binary", maxLength: 4 }))
  .map(([row, place, piece]) => {
    const at = row.length === 0 ? 0 : place % row.length;
    return row.slice(0, at) + piece + row.slice(at + 1);
  });
const joined = fc.tuple(cut, fc.constantFrom(...ROWS)).map(([one, other]) => one + other);
const row = fc.oneof(
  fc.constantFrom(...ROWS),
  cut,
  changed,
  joined,
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.json({ maxDepth: 4 }),
);

describe.for(LOG_GRAMMARS.map((grammar) => ({ id: grammar.id, grammar })))("$id", ({ grammar }) => {
  test("cut, changed and random rows are told or rejected, never thrown", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        expect(broken(grammar, rows)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("huge rows cost time in proportion", () => {
    const huge = [
      "x".repeat(1 << 20),
      "[".repeat(1 << 20),
      '{"a":'.repeat(200_000),
      "\u001b[".repeat(1 << 19),
      `${" ".repeat(1 << 20)}x`,
      `[GIN] 2026/01/30 - 10:05:11 | 200 | 1s | 192.0.2.1 | GET "/${"a\\".repeat(1 << 19)}`,
      `time=2026-01-30T10:05:11Z level=INFO msg=${"a=".repeat(1 << 19)}`,
      `192.0.2.1 - ${"[".repeat(1 << 20)}`,
      `Dec 11 09:58:58 host ${":".repeat(1 << 20)}`,
      `type=SYSCALL msg=audit(1:1): ${"a=b ".repeat(1 << 18)}`,
      "1,".repeat(1 << 19),
      "\t".repeat(1 << 20),
    ];
    expect(broken(grammar, huge)).toEqual([]);
  });
});

test("a log that is read in one go is read as one that is cut into files is: no row changes another's words", () => {
  for (const id of ["access-log", "nginx-json", "caddy-access", "docker-json"]) {
    const grammar = LOG_GRAMMARS.find((one) => one.id === id);
    const [name] = readdirSync(new URL(`${id}/`, CORPUS)).filter((file) => file.endsWith(".log"));
    if (grammar === undefined || name === undefined) throw new Error(id);
    const text = readFileSync(new URL(`${id}/${name}`, CORPUS), "utf8");
    const alone = readLog(grammar, text).events;
    const twice = readLog(grammar, `${text}${text.endsWith("\n") ? "" : "\n"}${text}`).events;
    expect(twice.slice(0, alone.length)).toEqual(alone);
    expect(twice).toHaveLength(alone.length * 2);
  }
});
