import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trialDetection, trialRow, tryDetections } from "../../../../test/support/detect-trial.ts";
import { is } from "../../../model/condition.ts";
import type { HttpEvent } from "../../../model/event.ts";

const DISAGREE = trialDetection(
  { kind: "disagree", claimed: "claimed", seen: "seen", withinSeconds: 2 },
  {
    claimed: { class: "http", where: is("sourceTrust", "claimed") },
    seen: { class: "http", where: is("sourceTrust", "connection") },
  },
);
const A = "203.0.113.1";
const B = "203.0.113.2";
const C = "203.0.113.3";

const claim = (second: number, sourceIp: string | null, rest: Partial<HttpEvent> = {}): HttpEvent =>
  trialRow(second, { sourceTrust: "claimed", sourceIp, product: "ollama", ...rest });
const seen = (
  second: number,
  sourceIp: string,
  seconds: number | null = null,
  rest: Partial<HttpEvent> = {},
): HttpEvent => trialRow(second, { sourceIp, durationMs: seconds === null ? null : seconds * 1000, ...rest });

type Said = readonly (readonly [first: number, last: number, rows: number, peer: string | null])[];

function said(events: readonly HttpEvent[]): Said {
  return tryDetections([DISAGREE], events).closed.map((alert) => [
    alert.firstAt / 1000,
    alert.lastAt / 1000,
    alert.rows,
    alert.peer,
  ]);
}

describe("disagree, within 2 s", () => {
  test.for<[string, readonly HttpEvent[], Said]>([
    ["nothing tells of connections", [claim(0, A)], []],
    ["connections alone", [seen(0, A)], []],
    ["both agree", [seen(0, A), claim(1, A)], []],
    ["in another spelling", [seen(0, "2001:db8::1"), claim(1, "2001:0DB8::0001")], []],
    ["IPv4 in IPv6", [seen(0, `::ffff:${A}`), claim(1, A)], []],
    ["they disagree", [seen(0, A), claim(1, B)], [[1, 1, 1, A]]],
    ["the connection is told later", [claim(0, B), seen(2, A)], [[0, 0, 1, A]]],
    ["much later it is another matter", [claim(0, B), seen(2.001, A)], []],
    ["the right one is told later", [seen(0, A), claim(1, B), seen(3, B)], []],
    ["a long connection covers all its time", [seen(0, A, 60), claim(62, B)], [[62, 62, 1, A]]],
    ["and no more", [seen(0, A, 60), claim(62.001, B)], []],
    ["a long connection confirms all its time", [seen(0, B, 60), seen(59, A), claim(60, B)], []],
    ["claims near each other are one alert", [seen(0, A, 9), claim(1, B), claim(3, C)], [[1, 3, 2, A]]],
    [
      "claims apart are two",
      [seen(0, A, 9), claim(1, B), claim(3.001, C)],
      [
        [1, 1, 1, A],
        [3.001, 3.001, 1, A],
      ],
    ],
    ["two could have asked: no one is blamed", [seen(0, A), seen(0, C), claim(1, B)], [[1, 1, 1, null]]],
    ["a claim without address", [seen(0, A), claim(1, null)], []],
    ["a claim that is no address", [seen(0, A), claim(1, "gpu-1")], []],
    [
      "another machine's connections, one server: a sensor",
      [seen(0, A, 1, { observer: "tap" }), claim(1, B)],
      [[1, 1, 1, A]],
    ],
    [
      "two servers and a sensor: nobody knows whose",
      [seen(0, A, 1, { observer: "tap" }), claim(1, B), claim(1, A, { observer: "gpu-2" })],
      [],
    ],
    [
      "two servers, each with its own log",
      [seen(0, A), seen(0, B, 1, { observer: "gpu-2" }), claim(1, B), claim(1, B, { observer: "gpu-2" })],
      [[1, 1, 1, A]],
    ],
    ["a log that names no machine tells of all", [seen(0, A, 1, { observer: null }), claim(1, B)], [[1, 1, 1, A]]],
  ])("%s", ([, events, expected]) => {
    expect(said(events)).toEqual(expected);
  });

  test("the evidence is the claim and who was connected", () => {
    const { closed } = tryDetections([DISAGREE], [seen(0, A), claim(1, B)]);
    expect(closed.map((alert) => [alert.group, alert.evidence.map((row) => row.product)])).toEqual([
      [{ observer: "gpu-1" }, ["ollama", "nginx"]],
    ]);
  });

  test("what was forgotten for want of room accuses nobody", () => {
    const many = Array.from({ length: 200 }, (_, n) => seen(n / 1000, `198.51.100.${n}`, 30));
    const { closed, evicted } = tryDetections([DISAGREE], [...many, claim(1, "198.51.100.0"), claim(1, B)], {
      groups: 100,
      held: 100,
    });
    expect(closed).toEqual([]);
    expect(evicted).toBeGreaterThan(90);
  });
});

test("claims are accused exactly when the connections of that time say otherwise", () => {
  const rows = fc.record({
    step: fc.nat({ max: 6 }).map((halves) => halves * 500),
    late: fc.nat({ max: 4 }).map((halves) => halves * 500),
    claimed: fc.boolean(),
    address: fc.constantFrom(A, B, C),
    seconds: fc.constantFrom(null, 0, 1, 5, 30),
  });
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 30 }), (told) => {
      let clock = 1_000_000;
      const events = told.map((row) => {
        clock += row.step;
        const second = (clock - row.late) / 1000;
        return row.claimed ? claim(second, row.address) : seen(second, row.address, row.seconds);
      });
      const connections = events.filter((event) => event.sourceTrust === "connection");
      const accused = events.filter((event) => {
        if (event.sourceTrust !== "claimed") return false;
        const then = connections.filter(
          (one) => one.at - 2000 <= event.at && event.at <= one.at + (one.durationMs ?? 0) + 2000,
        );
        return then.length > 0 && then.every((one) => one.sourceIp !== event.sourceIp);
      });
      const { closed } = tryDetections([DISAGREE], events);
      expect(closed.reduce((sum, alert) => sum + alert.rows, 0)).toBe(accused.length);
      expect(closed.every((alert) => accused.some((event) => event.at === alert.firstAt))).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
