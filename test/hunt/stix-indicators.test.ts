import { expect, test } from "vitest";
import { REMOTE_DELETE } from "../../src/knowledge/detections/remote-delete.ts";
import type { Alert } from "../../src/model/alert.ts";
import { alertStix } from "../../src/render/alert-stix.ts";

const ALERT: Alert = {
  detection: "remote-delete",
  severity: "high",
  number: 1,
  firstAt: 0,
  lastAt: 0,
  group: {},
  peer: null,
  peerTrust: "connection",
  peerCame: true,
  rows: 1,
  evidence: [],
};
const TEXT = "DELETE /api/delete";
const ROW = { at: 0, observer: null, product: "nginx", path: "a.log", line: 1, offset: 0, text: TEXT, command: null };

function typesOf(peer: string, more: Partial<Alert> = {}): readonly string[] {
  const alert = { ...ALERT, peer, ...more };
  const bundle = JSON.parse(alertStix([{ alert, detection: REMOTE_DELETE, evidence: [ROW] }])) as {
    objects: { type: string }[];
  };
  return bundle.objects.map(({ type }) => type);
}

test.for([
  "10.0.0.7",
  "172.16.0.1",
  "192.168.1.7",
  "100.64.0.9",
  "127.0.0.1",
  "169.254.1.1",
  "169.254.169.254",
  "0.0.0.0",
  "::1",
  "::",
  "fe80::7",
  "fd00:ec2::254",
  "fd12:3456:789a::5",
])("%s is seen and no indicator", (peer) => {
  const types = typesOf(peer);
  expect(types).toContain(peer.includes(":") ? "ipv6-addr" : "ipv4-addr");
  expect(types).toContain("sighting");
  expect(types).not.toContain("indicator");
  expect(types).not.toContain("relationship");
});

test.for(["203.0.113.9", "2001:db8::9"])("%s, which came, is an indicator", (peer) => {
  expect(typesOf(peer)).toEqual(expect.arrayContaining(["indicator", "relationship"]));
});

test("what the server itself connected to is seen and no indicator", () => {
  const types = typesOf("203.0.113.9", { peerCame: false });
  expect(types).toContain("ipv4-addr");
  expect(types).not.toContain("indicator");
});

test("what a header claims is not even seen", () => {
  const types = typesOf("203.0.113.9", { peerTrust: "claimed" });
  expect(types).not.toContain("ipv4-addr");
  expect(types).not.toContain("indicator");
});
