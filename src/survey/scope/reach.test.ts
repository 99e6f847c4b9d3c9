import { describe, expect, test } from "vitest";
import type { HostNetwork, InterfaceAddress, ListeningSocket } from "../../model/host-network.ts";
import { reachOf } from "./reach.ts";

const LO: InterfaceAddress[] = [
  { name: "lo", address: "127.0.0.1", prefixLength: 8 },
  { name: "lo", address: "::1", prefixLength: 128 },
];
const LAN: InterfaceAddress = { name: "eth0", address: "192.168.1.10", prefixLength: 24 };
const LAN6: InterfaceAddress = { name: "eth0", address: "fd00:1::10", prefixLength: 64 };
const BRIDGE: InterfaceAddress = { name: "docker0", address: "172.17.0.1", prefixLength: 16 };
/** A documentation address stands for a public one. */
const PUBLIC: InterfaceAddress = { name: "eth1", address: "203.0.113.9", prefixLength: 29 };
const PUBLIC6: InterfaceAddress = { name: "eth1", address: "2001:db8::9", prefixLength: 64 };

const FIREWALL = "who gets past this machine's firewall; reach from the internet is unknown from here";
const LOOPBACK = "nobody beyond this machine, unless a proxy or tunnel here passes requests on";

function read(
  address: string,
  binds: readonly string[] | null,
  interfaces: readonly InterfaceAddress[],
): ReturnType<typeof reachOf> {
  const sockets: ListeningSocket[] | null =
    binds === null ? null : binds.map((bind) => ({ address: bind, port: 11434 }));
  const network: HostNetwork = { sockets, interfaces: [...LO, ...interfaces] };
  return reachOf({ address, port: 11434 }, network);
}

describe("who else could reach what answered", () => {
  test.each([
    ["127.0.0.1", ["127.0.0.1"], [LAN], "loopback", `listens on loopback only (127.0.0.1): ${LOOPBACK}`],
    ["::1", ["::1"], [LAN, PUBLIC], "loopback", `listens on loopback only (::1): ${LOOPBACK}`],
    ["127.0.0.53", ["127.0.0.53", "0.0.0.0"], [LAN], "loopback", `listens on loopback only (127.0.0.53): ${LOOPBACK}`],
    [
      "127.0.0.1",
      ["0.0.0.0"],
      [LAN],
      "all",
      `listens on every address (0.0.0.0): anyone in 192.168.1.0/24 ${FIREWALL}`,
    ],
    [
      "127.0.0.1",
      ["0.0.0.0"],
      [LAN, LAN6],
      "all",
      `listens on every address (0.0.0.0): anyone in 192.168.1.0/24 ${FIREWALL}`,
    ],
    [
      "127.0.0.1",
      ["::"],
      [LAN, LAN6],
      "all",
      `listens on every address (::): anyone in 192.168.1.0/24 or fd00:1::/64 ${FIREWALL}`,
    ],
    ["::1", ["::", "0.0.0.0"], [LAN, LAN6], "all", `listens on every address (::): anyone in fd00:1::/64 ${FIREWALL}`],
    ["::1", ["::"], [LAN], "all", `listens on every address (::): anyone in 192.168.1.0/24 ${FIREWALL}`],
    [
      "127.0.0.1",
      ["0.0.0.0"],
      [LAN, BRIDGE],
      "all",
      `listens on every address (0.0.0.0): anyone in 192.168.1.0/24 or 172.17.0.0/16 ${FIREWALL}`,
    ],
    [
      "127.0.0.1",
      ["0.0.0.0"],
      [PUBLIC],
      "all",
      `listens on every address (0.0.0.0): anyone on the internet through 203.0.113.9 ${FIREWALL}`,
    ],
    [
      "127.0.0.1",
      ["::"],
      [LAN, PUBLIC, PUBLIC6],
      "all",
      `listens on every address (::): anyone in 192.168.1.0/24, and anyone on the internet through 203.0.113.9 or 2001:db8::9 ${FIREWALL}`,
    ],
    [
      "192.168.1.10",
      ["192.168.1.10"],
      [LAN],
      "private",
      `listens on 192.168.1.10: anyone in 192.168.1.0/24 ${FIREWALL}`,
    ],
    [
      "203.0.113.9",
      ["203.0.113.9"],
      [PUBLIC],
      "public",
      `listens on 203.0.113.9: anyone on the internet through 203.0.113.9 ${FIREWALL}`,
    ],
    [
      "127.0.0.1",
      ["0.0.0.0"],
      [],
      "all",
      "listens on every address (0.0.0.0): there is none beyond loopback now, the first network opens it",
    ],
    [
      "127.0.0.1",
      null,
      [LAN],
      "unknown",
      "which address it listens on could not be read: who else could reach it is unknown",
    ],
    [
      "127.0.0.1",
      [],
      [LAN],
      "unknown",
      "which address it listens on could not be read: who else could reach it is unknown",
    ],
    [
      "127.0.0.1",
      ["192.168.1.10"],
      [LAN],
      "unknown",
      "which address it listens on could not be read: who else could reach it is unknown",
    ],
  ] as const)("%s, bound to %j with %j: %s", (address, binds, interfaces, bind, sentence) => {
    const reach = read(address, binds, interfaces);
    expect([reach.bind, reach.sentence]).toEqual([bind, sentence]);
  });

  test("tells the addresses beyond loopback with what each is", () => {
    expect(read("127.0.0.1", ["0.0.0.0"], [LAN, PUBLIC]).beyond).toEqual([
      { address: LAN, scope: "private" },
      { address: PUBLIC, scope: "public" },
    ]);
    expect(read("127.0.0.1", ["127.0.0.1"], [LAN]).beyond).toEqual([]);
  });

  test("a socket on another port says nothing", () => {
    const network = { sockets: [{ address: "0.0.0.0", port: 80 }], interfaces: LO };
    expect(reachOf({ address: "127.0.0.1", port: 11434 }, network).bind).toBe("unknown");
  });
});
