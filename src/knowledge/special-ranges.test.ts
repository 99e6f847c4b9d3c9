import { expect, test } from "vitest";
import { parseAddress } from "../model/address.ts";
import { countIpv4, holds, isEmpty, minus } from "../model/prefix-set.ts";
import {
  LOOPBACK_SET,
  OWNABLE_SET,
  PRIVATE_SET,
  SPECIAL_BY_LENGTH,
  SPECIAL_RANGES,
  SPECIAL_SET,
} from "./special-ranges.ts";

/** The ranges that rule R5 lists, with their IPv6 equivalents. */
const R5 = [
  "0.0.0.1 10.255.255.255 100.64.0.1 127.0.0.1 169.254.169.254 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1",
  "198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255",
  ":: ::1 64:ff9b::1 100::1 2001::1 2001:db8::1 2002::1 3fff::1 5f00::1 fc00::1 fe80::1 fec0::1 ff02::1 4000::1 1::1",
].flatMap((line) => line.split(" "));

test.each(R5)("R5: %s is special", (text) => {
  const address = parseAddress(text);
  expect(address !== null && holds(SPECIAL_SET, address)).toBe(true);
});

test.each([
  ["10.0.0.0", -1],
  ["10.255.255.255", 1],
  ["100.64.0.0", -1],
  ["100.127.255.255", 1],
  ["172.16.0.0", -1],
  ["172.31.255.255", 1],
  ["192.0.0.255", 1],
  ["224.0.0.0", -1],
  ["2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", 1],
  ["2001:db8::", -1],
  ["2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", 1],
  ["2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 1],
  ["3fff::", -1],
])("borders: %s is special, its neighbour (%i) is not", (text, step) => {
  const address = parseAddress(text);
  const neighbour = address?.family === 4 ? { family: 4 as const, value: address.value + step } : null;
  const wide = address?.family === 6 ? { family: 6 as const, value: address.value + BigInt(step) } : null;
  expect([address, neighbour ?? wide].map((one) => one !== null && holds(SPECIAL_SET, one))).toEqual([true, false]);
});

test("multicast, translation and the unspecified address are nobody's own; private ranges may be", () => {
  for (const text of [
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.88.99.1",
    "64:ff9b::1",
    "2002::1",
    "fe80::1",
    "ff02::1",
    "::",
    "1::1",
  ]) {
    const address = parseAddress(text);
    expect([text, address !== null && holds(OWNABLE_SET, address)]).toEqual([text, false]);
  }
  expect(isEmpty(minus(PRIVATE_SET, SPECIAL_SET))).toBe(true);
  expect(isEmpty(minus(LOOPBACK_SET, OWNABLE_SET))).toBe(true);
  expect(countIpv4(PRIVATE_SET)).toBe(2 ** 24 + 2 ** 22 + 2 ** 20 + 2 ** 16 + 2 ** 16);
});

test("the most specific range names an address, and every row has its source", () => {
  const lengths = SPECIAL_BY_LENGTH.map((row) => row.prefix.length);
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
  for (const row of SPECIAL_RANGES) expect(row.source).toMatch(/^(?:RFC|IANA) /u);
});
