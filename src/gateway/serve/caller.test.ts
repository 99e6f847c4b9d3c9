import { describe, expect, test } from "vitest";
import { setOf } from "../config/address-kind.ts";
import { callerOf } from "./caller.ts";

const PROXIES = setOf(["192.0.2.0/28", "2001:db8::/64"]);

describe("case 16: whose word on an address is believed", () => {
  test.for<[string, string | null, string, boolean]>([
    ["192.0.2.7", "198.51.100.9", "198.51.100.9", true],
    ["::ffff:192.0.2.7", "198.51.100.9", "198.51.100.9", true],
    ["192.0.2.7", "203.0.113.1, 198.51.100.9", "198.51.100.9", true],
    ["192.0.2.7", "203.0.113.1, 198.51.100.9, 192.0.2.8", "198.51.100.9", true],
    ["192.0.2.7", "203.0.113.1,2001:db8:1::5 ,2001:db8::2", "2001:db8:1::5", true],
    ["192.0.2.7", "198.51.100.9, unknown", "192.0.2.7", false],
    ["192.0.2.7", "203.0.113.9:51514", "203.0.113.9", true],
    ["192.0.2.7", "[2001:db8:1::5]:443", "2001:db8:1::5", true],
    ["192.0.2.7", "[2001:db8:1::5]", "2001:db8:1::5", true],
    ["192.0.2.7", "203.0.113.1:1, 198.51.100.9:51514, 192.0.2.8:80,[2001:db8::2]:443", "198.51.100.9", true],
    ["192.0.2.7", "[::ffff:203.0.113.9]:443", "203.0.113.9", true],
    ["192.0.2.7", "2001:db8:1::5", "2001:db8:1::5", true],
    ["192.0.2.7", "203.0.113.9:", "192.0.2.7", false],
    ["192.0.2.7", "203.0.113.9:x", "192.0.2.7", false],
    ["192.0.2.7", "203.0.113.9:123456", "192.0.2.7", false],
    ["192.0.2.7", "[203.0.113.9]:80", "192.0.2.7", false],
    ["192.0.2.7", "[2001:db8:1::5", "192.0.2.7", false],
    ["192.0.2.7", "[2001:db8:1::5]443", "192.0.2.7", false],
    ["192.0.2.7", "[fe80::1%eth0]:443", "192.0.2.7", false],
    ["192.0.2.7", "", "192.0.2.7", false],
    ["192.0.2.7", null, "192.0.2.7", false],
    ["192.0.2.7", "192.0.2.8", "192.0.2.7", false],
    ["198.51.100.9", "203.0.113.1", "198.51.100.9", true],
    ["127.0.0.1", "203.0.113.1", "127.0.0.1", true],
    ["fe80::1%eth0", "203.0.113.1", "fe80::1", true],
  ])("%s tells %j", ([remoteAddress, forwardedFor, address, isOwn]) => {
    expect(callerOf({ remoteAddress }, forwardedFor, PROXIES)).toMatchObject({ address, isOwn });
  });

  test("without a proxy named, nobody's word", () => {
    expect(callerOf({ remoteAddress: "192.0.2.7" }, "203.0.113.1", null).address).toBe("192.0.2.7");
  });
});

test.for<[string, boolean, boolean]>([
  ["198.51.100.9", false, false],
  ["198.51.100.9", true, true],
  ["127.0.0.2", false, true],
  ["::1", false, true],
  ["192.0.2.7", false, true],
  ["10.0.0.1", false, false],
])("a signature may come from %s (TLS: %s): %s", ([remoteAddress, encrypted, isPrivate]) => {
  expect(callerOf({ remoteAddress, encrypted }, null, PROXIES).isPrivate).toBe(isPrivate);
});
