import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trialDetection, trialRow, tryDetections } from "../../../../test/support/detect-trial.ts";
import { all, is } from "../../../model/condition.ts";
import type { Correlation } from "../../../model/detection.ts";
import type { HttpEvent } from "../../../model/event.ts";

// The oracle keeps every row and looks at all of them again for each: slow, short, and shares nothing with what it judges.

const WITHIN = 10;
const SELECTIONS = {
  any: { class: "http", where: all() },
  a: { class: "http", where: is("path", "/a", "/ab") },
  b: { class: "http", where: is("path", "/b", "/ab") },
  c: { class: "http", where: is("path", "/c") },
} as const;
const STEPS: readonly (readonly string[])[] = [["/a", "/ab"], ["/b", "/ab"], ["/c"]];

interface Expected {
  readonly user: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly rows: number;
}

type Opens = (window: readonly HttpEvent[]) => readonly HttpEvent[] | null;

const inOrder = (rows: readonly HttpEvent[]): readonly HttpEvent[] =>
  rows
    .map((row, place) => ({ row, place }))
    .toSorted((x, y) => x.row.at - y.row.at || x.place - y.place)
    .map(({ row }) => row);

/** What should be said of the rows of one group, in the order in which they come. */
function expectedOf(user: string, rows: readonly HttpEvent[], opens: Opens): Expected[] {
  const alerts: Expected[] = [];
  let since: HttpEvent[] = [];
  let open: HttpEvent[] | null = null;
  let newest = Number.NaN;
  const close = (): void => {
    if (open === null) return;
    const times = open.map((row) => row.at);
    alerts.push({ user, firstAt: Math.min(...times), lastAt: Math.max(...times), rows: open.length });
  };
  for (const row of rows) {
    if (Math.abs(row.at - newest) > WITHIN * 1000) {
      close();
      since = [];
      open = null;
      newest = row.at;
    }
    newest = Number.isNaN(newest) ? row.at : Math.max(newest, row.at);
    since.push(row);
    if (open !== null) {
      open.push(row);
      continue;
    }
    const from = newest - WITHIN * 1000;
    const found = opens(inOrder(since.filter((one) => one.at >= from)));
    open = found === null ? null : [...found];
  }
  close();
  return alerts;
}

function chainIn(window: readonly HttpEvent[], step: number, after: number): readonly HttpEvent[] | null {
  if (step === STEPS.length) return [];
  let best: readonly HttpEvent[] | null = null;
  for (let at = after; at < window.length; at += 1) {
    const row = window[at];
    if (row === undefined || STEPS[step]?.includes(row.path) !== true) continue;
    const rest = chainIn(window, step + 1, at + 1);
    if (rest !== null) best = [row, ...rest];
  }
  return best;
}

const KINDS: readonly (readonly [string, Correlation, Opens])[] = [
  ["each", { kind: "each", of: "any", by: ["user"], withinSeconds: WITHIN }, (window) => window.slice(-1)],
  [
    "count",
    { kind: "count", of: "any", by: ["user"], atLeast: 4, withinSeconds: WITHIN },
    (window) => (window.length >= 4 ? window : null),
  ],
  [
    "distinct",
    { kind: "distinct", of: "any", field: "path", by: ["user"], atLeast: 3, withinSeconds: WITHIN },
    (window) => {
      const newest = new Map(window.map((row) => [row.path, row]));
      return newest.size >= 3 ? [...newest.values()] : null;
    },
  ],
  [
    "sum",
    { kind: "sum", of: "any", field: "responseBytes", by: ["user"], atLeast: 10, withinSeconds: WITHIN },
    (window) => (window.reduce((sum, row) => sum + (row.responseBytes ?? 0), 0) >= 10 ? window : null),
  ],
  [
    "sequence",
    { kind: "sequence", steps: ["a", "b", "c"], by: ["user"], withinSeconds: WITHIN },
    (window) => chainIn(window, 0, 0),
  ],
];

const told = fc.record({
  step: fc.nat({ max: 12 }).map((halves) => halves * 500),
  late: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    fc.nat({ max: WITHIN * 2 }).map((halves) => halves * 500),
  ),
  user: fc.constantFrom("x", "y"),
  path: fc.constantFrom("/a", "/b", "/c", "/ab"),
  responseBytes: fc.integer({ min: 0, max: 6 }),
});

/** Rows of a stream whose clock goes on by steps; with `late` some come up to a window after their time. */
function stream(
  rows: readonly { step: number; late: number; user: string; path: string; responseBytes: number }[],
  late: boolean,
): HttpEvent[] {
  let clock = 1_000_000;
  return rows.map((row) => {
    clock += row.step;
    return trialRow((clock - (late ? row.late : 0)) / 1000, row);
  });
}

const byNumber = (alerts: readonly Expected[]): readonly Expected[] =>
  alerts.toSorted((x, y) => x.firstAt - y.firstAt || x.lastAt - y.lastAt || (x.user < y.user ? -1 : 1));

describe.each(KINDS)("%s", (_kind, correlation, opens) => {
  test.for([
    ["in order", false],
    ["with late rows", true],
  ] as const)("says what looking at all rows again says: %s", ([, late]) => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 40 }), (rows) => {
        const events = stream(rows, late);
        const { closed } = tryDetections([trialDetection(correlation, SELECTIONS)], events);
        const said = closed.map(({ group, firstAt, lastAt, rows: count }) => ({
          user: group["user"] ?? "",
          firstAt,
          lastAt,
          rows: count,
        }));
        const expected = ["x", "y"].flatMap((user) =>
          expectedOf(
            user,
            events.filter((row) => row.user === user),
            opens,
          ),
        );
        expect(byNumber(said)).toEqual(byNumber(expected));
      }),
      { numRuns: 300 },
    );
  });
});
