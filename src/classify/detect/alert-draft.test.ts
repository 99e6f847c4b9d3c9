import { describe, expect, test } from "vitest";
import { trialDetection, trialRow, tryDetections } from "../../../test/support/detect-trial.ts";
import { all } from "../../model/condition.ts";
import type { AddressTrust, LogEvent } from "../../model/event.ts";
import { networkEvent } from "../../model/make-event.ts";

const BOTH = trialDetection(
  { kind: "sequence", steps: ["row", "row"], by: ["observer"], withinSeconds: 60 },
  { row: { class: "http", where: all() } },
);
const EACH_FLOW = trialDetection(
  { kind: "each", of: "row", by: [], withinSeconds: 60 },
  { row: { class: "network", where: all() } },
);

const row = (second: number, sourceIp: string | null, sourceTrust: AddressTrust = "connection"): LogEvent =>
  trialRow(second, { sourceIp, sourceTrust });
const flow = (
  second: number,
  direction: "inbound" | "outbound" | null,
  sourceIp: string,
  destinationIp: string,
): LogEvent =>
  networkEvent(
    { at: second * 1000, observer: null, product: "zeek", place: { source: 0, line: 1, offset: 0, text: "" } },
    { direction, sourceIp, destinationIp },
  );

describe("whom an alert names", () => {
  test.for<[string, readonly LogEvent[], string | null, AddressTrust | null]>([
    ["the address of the connections", [row(0, "203.0.113.9"), row(1, "203.0.113.9")], "203.0.113.9", "connection"],
    ["nobody, when there are several", [row(0, "203.0.113.9"), row(1, "203.0.113.8")], null, null],
    ["the machine itself is no stranger", [row(0, "127.0.0.1"), row(1, "203.0.113.9")], "203.0.113.9", "connection"],
    ["nor is a known address", [row(0, "192.0.2.65"), row(1, "::1")], null, null],
    ["one in the same network can be", [row(0, "192.168.1.7"), row(1, null)], "192.168.1.7", "connection"],
    [
      "never a header's word alone",
      [row(0, "203.0.113.9", "claimed"), row(1, "203.0.113.9", "claimed")],
      null,
      "claimed",
    ],
    [
      "the connection's, whatever a header says",
      [row(0, "203.0.113.8", "claimed"), row(1, "203.0.113.9")],
      "203.0.113.9",
      "connection",
    ],
    [
      "a header's word that a connection confirms",
      [row(0, "203.0.113.9", "claimed"), row(1, "203.0.113.9")],
      "203.0.113.9",
      "connection",
    ],
    ["the same in another spelling", [row(0, "2001:db8::9"), row(1, "2001:0db8:0::9")], "2001:db8::9", "connection"],
    ["no text that is no address", [row(0, "gpu-1"), row(1, "")], null, null],
  ])("%s", ([, events, peer, trust]) => {
    const [alert] = tryDetections([BOTH], events).closed;
    expect([alert?.peer, alert?.peerTrust]).toEqual([peer, trust]);
  });

  test.for<["inbound" | "outbound" | null, string]>([
    ["inbound", "203.0.113.9"],
    [null, "203.0.113.9"],
    ["outbound", "198.51.100.7"],
  ])("of a connection that is %s: %s", ([direction, peer]) => {
    const [alert] = tryDetections([EACH_FLOW], [flow(0, direction, "203.0.113.9", "198.51.100.7")]).closed;
    expect(alert?.peer).toBe(peer);
  });
});

test("an alert shows its first rows and its last, and counts all", () => {
  const rows = Array.from({ length: 100 }, (_, n) => row(n, "203.0.113.9"));
  const { opened, closed } = tryDetections([BOTH], rows);
  expect(opened.map((alert) => [alert.number, alert.rows, alert.evidence.length])).toEqual([[1, 2, 2]]);
  expect(closed.map((alert) => [alert.number, alert.rows, alert.evidence.map((one) => one.at / 1000)])).toEqual([
    [1, 100, [0, 1, 2, 3, 4, 5, 6, 7, 99]],
  ]);
});

test("what was said of an alert when it opened does not change afterwards", () => {
  const rows = [row(0, "203.0.113.9"), row(1, "203.0.113.9"), row(2, "203.0.113.8")];
  const { opened } = tryDetections([BOTH], rows);
  expect(opened.map((alert) => [alert.rows, alert.lastAt, alert.peer, alert.evidence.length])).toEqual([
    [2, 1000, "203.0.113.9", 2],
  ]);
});

test.for<[string, readonly LogEvent[], boolean]>([
  ["a connection that came in", [flow(0, "inbound", "203.0.113.9", "192.0.2.1")], true],
  ["one whose direction nothing tells", [flow(0, null, "203.0.113.9", "192.0.2.1")], true],
  ["one that the server opened", [flow(0, "outbound", "192.0.2.1", "203.0.113.9")], false],
  [
    "both ways",
    [flow(0, "outbound", "192.0.2.1", "203.0.113.9"), flow(1, "inbound", "203.0.113.9", "192.0.2.1")],
    true,
  ],
  [
    "both ways, in another spelling",
    [flow(0, "outbound", "2001:db8::1", "2001:db8::9"), flow(1, "inbound", "2001:db8:0::9", "2001:db8::1")],
    true,
  ],
  [
    "several: nobody",
    [flow(0, "inbound", "203.0.113.9", "192.0.2.1"), flow(1, "inbound", "203.0.113.8", "192.0.2.1")],
    false,
  ],
])("whether the one it names came: %s", ([, events, came]) => {
  expect(tryDetections([EACH_FLOW], events).closed[0]?.peerCame).toBe(came);
});

test("a header's word with the address the server reached is no coming", () => {
  const both = trialDetection(
    { kind: "sequence", steps: ["out", "row"], by: [], withinSeconds: 60 },
    { out: { class: "network", where: all() }, row: { class: "http", where: all() } },
  );
  const events = [flow(0, "outbound", "192.0.2.1", "203.0.113.9"), row(1, "203.0.113.9", "claimed")];
  const [alert] = tryDetections([both], events).closed;
  expect([alert?.peer, alert?.peerCame]).toEqual(["203.0.113.9", false]);
});
