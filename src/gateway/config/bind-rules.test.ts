import { describe, expect, test } from "vitest";
import { bindFaults, bindWarnings } from "./bind-rules.ts";
import type { Listen } from "./gateway-config.ts";
import { peerRule } from "./peers.ts";

const LISTEN: Listen = { address: "127.0.0.1", port: 11_435, tls: null, names: [], behind: [], plain: "no" };
const OWN = { certificate: "/c.pem", key: "/k.pem" };

describe("may start", () => {
  test.for<[string, Partial<Listen>]>([
    ["loopback", {}],
    ["IPv6 loopback", { address: "::1" }],
    ["loopback by its IPv4-mapped form", { address: "::ffff:127.0.0.1" }],
    ["everywhere with its own certificate", { address: "0.0.0.0", tls: OWN }],
    ["public with the local authority", { address: "192.0.2.1", tls: "local-ca" }],
    ["everywhere behind a proxy", { address: "0.0.0.0", behind: ["192.0.2.7"] }],
    ["behind proxies of one's own network", { address: "::", behind: ["172.16.0.0/12", "fd00::/8"] }],
    ["at home, plain", { address: "192.168.1.2", plain: "private-ranges" }],
    ["everywhere, plain for private ranges", { address: "0.0.0.0", plain: "private-ranges" }],
  ])("%s", ([, change]) => {
    expect(bindFaults({ ...LISTEN, ...change })).toEqual([]);
  });
});

describe("may not start", () => {
  test.for<[string, Partial<Listen>, string, string]>([
    ["everywhere", { address: "0.0.0.0" }, "listen.address", "is open beyond this machine without TLS"],
    ["everywhere, IPv6", { address: "::" }, "listen.address", "is open beyond this machine without TLS"],
    ["private", { address: "10.0.0.1" }, "listen.address", "is open beyond this machine without TLS"],
    ["mapped", { address: "::ffff:10.0.0.1" }, "listen.address", "is open beyond this machine without TLS"],
    ["a name", { address: "localhost" }, "listen.address", "is no IP address; a name may come to mean another machine"],
    ["a number", { address: "0" }, "listen.address", "is no IP address; a name may come to mean another machine"],
    [
      "plain on a public address",
      { address: "192.0.2.1", plain: "private-ranges" },
      "listen.address",
      "is a public address: private-ranges cannot keep keys off the internet there",
    ],
    ["plain and TLS", { tls: OWN, plain: "private-ranges" }, "listen.plain", "goes without tls; take one of them"],
    [
      "plain and a proxy",
      { behind: ["192.0.2.7"], plain: "private-ranges" },
      "listen.plain",
      "goes without behind; take one of them",
    ],
    [
      "behind everybody",
      { address: "0.0.0.0", behind: ["0.0.0.0/0"] },
      "listen.behind.0",
      "holds more public addresses than one proxy has; name the proxy's own",
    ],
    [
      "behind half of everybody",
      { behind: ["::1", "2000::/3"] },
      "listen.behind.1",
      "holds more public addresses than one proxy has; name the proxy's own",
    ],
    [
      "behind a name",
      { behind: ["proxy"] },
      "listen.behind.0",
      '"proxy" is neither an IP address nor a prefix such as 192.0.2.0/24',
    ],
  ])("%s", ([, change, place, message]) => {
    const faults = bindFaults({ ...LISTEN, ...change });
    expect(faults.map((fault) => [fault.path.join("."), fault.message])).toEqual([[place, message]]);
  });
});

test("what crosses a network readable is said", () => {
  expect(bindWarnings(LISTEN)).toEqual([]);
  expect(bindWarnings({ ...LISTEN, address: "0.0.0.0", tls: OWN, behind: ["192.0.2.7"] })).toEqual([]);
  expect(bindWarnings({ ...LISTEN, address: "0.0.0.0", plain: "private-ranges" })).toEqual([
    "plain mode: keys and prompts cross the network readable; whoever listens there can use them. Only peers in private ranges are let in.",
  ]);
  expect(bindWarnings({ ...LISTEN, address: "0.0.0.0", behind: ["192.0.2.7"] })).toEqual([
    "between the proxy and the gateway keys cross the network readable; see that nobody else is on it",
  ]);
});

describe("case 16: who may connect", () => {
  const any = peerRule(LISTEN);
  const proxied = peerRule({ behind: ["192.0.2.7", "2001:db8::/120"], plain: "no" });
  const home = peerRule({ behind: [], plain: "private-ranges" });
  test.for<[string, boolean, boolean]>([
    ["192.0.2.7", true, false],
    ["::ffff:192.0.2.7", true, false],
    ["192.0.2.8", false, false],
    ["2001:db8::ff", true, false],
    ["2001:db8::100", false, false],
    ["127.0.0.1", false, true],
    ["::1", false, true],
    ["10.1.2.3", false, true],
    ["::ffff:192.168.1.9", false, true],
    ["172.31.255.255", false, true],
    ["172.32.0.0", false, false],
    ["169.254.1.1", false, true],
    ["fd12::1", false, true],
    ["fe80::1%eth0", false, true],
    ["100.64.0.1", false, false],
    ["198.51.100.1", false, false],
    ["", false, false],
    ["nonsense", false, false],
  ])("%s", ([peer, byProxy, byHome]) => {
    expect([any(peer), proxied(peer), home(peer)]).toEqual([true, byProxy, byHome]);
  });
});
