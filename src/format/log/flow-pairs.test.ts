import { describe, expect, test } from "vitest";
import { LOG_SETTING } from "../../../test/support/log-reading.ts";
import type { LogEvent, NetworkEvent } from "../../model/event.ts";
import type { FlowHalf } from "./flow-pairs.ts";
import { FlowPairs } from "./flow-pairs.ts";
import { serverSide } from "./server-side.ts";

const BEGIN = 1_769_767_511_000;

function half(port: number, isAnswer: boolean, rest: Partial<FlowHalf> = {}): FlowHalf {
  const [sourceIp, destinationIp] = isAnswer ? ["192.168.1.9", "203.0.113.9"] : ["203.0.113.9", "192.168.1.9"];
  return {
    at: BEGIN,
    endAt: BEGIN + 1000,
    sourceIp,
    sourcePort: isAnswer ? 11_434 : port,
    destinationIp,
    destinationPort: isAnswer ? port : 11_434,
    transport: "tcp",
    packets: isAnswer ? 41 : 14,
    bytes: isAnswer ? 50_343 : 1552,
    flags: null,
    hasAllFlags: false,
    action: null,
    observer: null,
    toOurs: false,
    fromOurs: false,
    place: { source: 0, line: isAnswer ? 2 : 1, offset: 0, text: "" },
    ...rest,
  };
}

function told(halves: readonly FlowHalf[], isEnded = true): readonly NetworkEvent[] {
  const events: LogEvent[] = [];
  const sink = { event: (event: LogEvent) => events.push(event), reject: () => {}, pass: () => {} };
  const pairs = new FlowPairs("nfdump", serverSide(LOG_SETTING));
  for (const one of halves) pairs.add(one, sink);
  if (isEnded) pairs.end(sink);
  return events.filter((event) => event.class === "network");
}

const bytes = (events: readonly NetworkEvent[]) => events.map((event) => [event.sourceBytes, event.destinationBytes]);

describe("two halves of a connection", () => {
  test("are one event in whatever order they come, at the opener's row", () => {
    const forth = told([half(51_514, false), half(51_514, true)], false);
    const back = told([half(51_514, true), half(51_514, false)], false);
    expect(bytes(forth)).toEqual([[1552, 50_343]]);
    expect(back).toEqual(forth);
    expect(forth[0]).toMatchObject({ sourceIp: "203.0.113.9", destinationPort: 11_434, established: true });
    expect(forth[0]?.place.line).toBe(1);
  });

  test("of different times stay apart", () => {
    const late = { at: BEGIN + 60_000, endAt: BEGIN + 61_000 };
    expect(bytes(told([half(51_514, false), half(51_514, true, late)]))).toEqual([
      [1552, null],
      [null, 50_343],
    ]);
  });

  test("find each other by time when a long connection is told in pieces", () => {
    const second = { at: BEGIN + 60_000, endAt: BEGIN + 61_000, bytes: 7 };
    const events = told([
      half(1, false),
      half(1, false, second),
      half(1, true),
      half(1, true, { ...second, bytes: 8 }),
    ]);
    expect(bytes(events)).toEqual([
      [1552, 50_343],
      [7, 8],
    ]);
  });

  test("seen by two machines are two connections", () => {
    expect(told([half(1, false, { observer: "a" }), half(1, true, { observer: "b" })])).toHaveLength(2);
  });

  test("told twice of one way count once", () => {
    expect(bytes(told([half(1, false), half(1, false), half(1, true)]))).toEqual([[1552, 50_343]]);
  });

  test("one of them blocked: the connection is, and was never made", () => {
    expect(told([half(1, false, { action: "blocked" })])[0]).toMatchObject({ action: "blocked", established: false });
  });

  test("of UDP are an exchange when both are there, else nobody knows", () => {
    const udp = { transport: "udp" } as const;
    expect(told([half(1, false, udp), half(1, true, udp)])[0]?.established).toBe(true);
    expect(told([half(1, false, udp)])[0]?.established).toBeNull();
  });
});

describe("what waits is bounded", () => {
  test("by number: the oldest is told alone", () => {
    const many = Array.from({ length: 10_000 }, (_, port) => half(20_000 + port, false));
    const early = told(many, false);
    expect(early).toHaveLength(10_000 - 8192);
    expect(early[0]?.sourcePort).toBe(20_000);
    expect(told(many)).toHaveLength(10_000);
  });

  test("by time: a half waits two minutes of the log's time", () => {
    const later = half(2, false, { at: BEGIN + 200_000, endAt: BEGIN + 200_000 });
    expect(told([half(1, false), later], false)).toHaveLength(1);
  });

  test("by time no more when one row lies about it, or the log is sorted by something else", () => {
    const lie = half(1, false, { endAt: 253_402_300_799_000 });
    const pairs = Array.from({ length: 200 }, (_, at) => [half(1000 + at, false), half(1000 + at, true)]).flat();
    const whole = told([lie, ...pairs]).filter(
      ({ sourceBytes, destinationBytes }) => sourceBytes !== null && destinationBytes !== null,
    );
    expect(whole.length).toBeGreaterThan(130);
  });

  test("not at all when a filter stopped it", () => {
    expect(told([half(1, false, { action: "blocked" })], false)).toHaveLength(1);
  });

  test("by key: a thousand pieces of one connection wait as sixteen", () => {
    const pieces = Array.from({ length: 1000 }, (_, piece) => half(1, false, { bytes: piece }));
    expect(told(pieces, false)).toHaveLength(1000 - 16);
  });
});
