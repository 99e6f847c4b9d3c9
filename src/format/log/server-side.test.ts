import { describe, expect, test } from "vitest";
import { LOG_SETTING } from "../../../test/support/log-reading.ts";
import { isOwnAddress } from "./own-address.ts";
import type { FlowWord } from "./server-side.ts";
import { serverSide } from "./server-side.ts";

const NOTHING: FlowWord = { direction: null, isDestinationOurs: false, isMade: false };
const flow = (sourceIp: string, destinationIp: string, destinationPort: number | null) => ({
  sourceIp,
  destinationIp,
  destinationPort,
});

describe("direction as the machine with the model server sees it", () => {
  test.for<[string, ReturnType<typeof flow>, Partial<FlowWord>, "inbound" | "outbound" | null]>([
    ["an own address on the server's port", flow("203.0.113.9", "192.168.1.9", 11_434), {}, "inbound"],
    ["loopback", flow("127.0.0.1", "127.0.0.1", 11_434), {}, "inbound"],
    ["another port of an own address", flow("203.0.113.9", "192.168.1.9", 22), {}, null],
    ["a stranger's server", flow("192.168.1.5", "203.0.113.80", 11_434), {}, null],
    [
      "a public address that the log calls ours",
      flow("203.0.113.9", "198.51.100.2", 11_434),
      { isDestinationOurs: true },
      "inbound",
    ],
    [
      "what the machine's own filter says",
      flow("198.51.100.2", "203.0.113.80", 443),
      { direction: "outbound" },
      "outbound",
    ],
    ["no port", flow("203.0.113.9", "192.168.1.9", null), {}, null],
  ])("%s", ([, ends, word, expected]) => {
    expect(serverSide(LOG_SETTING).direction(ends, { ...NOTHING, ...word })).toBe(expected);
  });

  test("addresses that the user named go before all else", () => {
    const side = serverSide({ ...LOG_SETTING, serverAddresses: new Set(["198.51.100.2"]) });
    expect(side.direction(flow("203.0.113.9", "198.51.100.2", 22), NOTHING)).toBe("inbound");
    expect(side.direction(flow("198.51.100.2", "203.0.113.80", 11_434), NOTHING)).toBe("outbound");
  });

  test("an own address that took a connection is the server's from then on", () => {
    const side = serverSide(LOG_SETTING);
    const out = flow("192.168.1.9", "203.0.113.80", 443);
    expect(side.direction(out, NOTHING)).toBeNull();
    side.direction(flow("203.0.113.9", "192.168.1.9", 11_434), NOTHING);
    expect(side.direction(out, NOTHING)).toBeNull();
    side.direction(flow("203.0.113.9", "192.168.1.9", 11_434), { ...NOTHING, isMade: true });
    expect(side.direction(out, NOTHING)).toBe("outbound");
    expect(side.direction(flow("203.0.113.9", "192.168.1.9", 22), NOTHING)).toBe("inbound");
    expect(side.direction(flow("192.168.1.5", "203.0.113.80", 443), NOTHING)).toBeNull();
  });

  test("only the source's port being a server's means the row is turned round", () => {
    const side = serverSide(LOG_SETTING);
    expect(side.isReversed(11_434, 40_000)).toBe(true);
    expect(side.isReversed(40_000, 11_434)).toBe(false);
    expect(side.isReversed(11_434, 11_434)).toBe(false);
    expect(side.isReversed(null, 11_434)).toBe(false);
  });
});

test.for<[string, boolean]>([
  ["10.0.0.1", true],
  ["172.16.0.1", true],
  ["172.31.255.255", true],
  ["172.32.0.1", false],
  ["172.1.0.1", false],
  ["192.168.0.1", true],
  ["192.169.0.1", false],
  ["100.64.0.1", true],
  ["100.128.0.1", false],
  ["169.254.169.254", true],
  ["127.0.0.53", true],
  ["203.0.113.9", false],
  ["::1", true],
  ["fd00::1", true],
  ["fe80::1", true],
  ["fec0::1", false],
  ["2001:db8::1", false],
])("%s is an own address: %s", ([address, expected]) => {
  expect(isOwnAddress(address)).toBe(expected);
});
