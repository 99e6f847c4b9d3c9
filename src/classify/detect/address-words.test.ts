import { describe, expect, test } from "vitest";
import { NETWORK_WORDS } from "../../model/condition.ts";
import { addressBook, wordBit } from "./address-words.ts";

describe("words of an address", () => {
  test.for<[string, readonly string[]]>([
    ["127.0.0.1", ["loopback"]],
    ["127.255.255.254", ["loopback"]],
    ["::1", ["loopback"]],
    ["0:0:0:0:0:0:0:1", ["loopback"]],
    ["::ffff:127.0.0.1", ["loopback"]],
    ["10.0.0.1", ["private"]],
    ["172.15.255.255", ["public"]],
    ["172.16.0.0", ["private"]],
    ["172.31.255.255", ["private"]],
    ["172.32.0.0", ["public"]],
    ["192.168.255.255", ["private"]],
    ["192.169.0.0", ["public"]],
    ["100.63.255.255", ["public"]],
    ["100.64.0.1", ["private"]],
    ["100.128.0.0", ["public"]],
    ["fc00::1", ["private"]],
    ["fdff:ffff::1", ["private"]],
    ["fe00::1", ["public"]],
    ["169.254.1.1", ["link-local"]],
    ["fe80::1", ["link-local"]],
    ["fe80::1%eth0", ["link-local"]],
    ["febf::1", ["link-local"]],
    ["fec0::1", ["public"]],
    ["169.254.169.254", ["link-local", "metadata"]],
    ["fd00:ec2::254", ["private", "metadata"]],
    ["0.0.0.0", ["any"]],
    ["::", ["any"]],
    ["0.0.0.1", ["public"]],
    ["192.0.2.64", ["known"]],
    ["192.0.2.128", ["public"]],
    ["10.9.0.1", ["private", "known"]],
    ["203.0.113.9", ["public"]],
    ["2001:db8::9", ["public"]],
    ["", []],
    ["gpu-1", []],
    ["1.2.3", []],
    ["1.2.3.4.5", []],
    ["010.0.0.1", []],
    ["[::1]", []],
    ["203.0.113.9:443", []],
    ["%", []],
  ])("%s", ([text, expected]) => {
    const book = addressBook(["192.0.2.64/26", "10.9.0.0/16"]);
    const { words } = book.of(text);
    expect(NETWORK_WORDS.filter((word) => (words & wordBit(word)) !== 0).toSorted()).toEqual(expected.toSorted());
  });
});

test("an address is inside a list whichever was asked before, and of more lists than have a bit", () => {
  const book = addressBook([]);
  const lists = Array.from({ length: 40 }, (_, n) => book.addPrefixes([`10.${n}.0.0/16`, "2001:db8::/32"]));
  expect(new Set(lists).size).toBe(40);
  expect(book.addPrefixes(["10.7.0.0/16", "2001:db8::/32"])).toBe(lists[7]);
  for (const text of ["10.7.1.1", "10.35.1.1", "2001:db8::1", "nothing", "10.7.1.1"]) {
    const facts = book.of(text);
    const inside = lists.filter((list) => book.isInside(facts, list)).length;
    expect([text, inside]).toEqual([text, text.startsWith("10.") ? 1 : text.startsWith("2001") ? 40 : 0]);
    expect([text, lists.filter((list) => book.isInside(facts, list)).length]).toEqual([text, inside]);
  }
});

test("two hundred thousand addresses are told right, and forgotten", () => {
  const book = addressBook([]);
  let wrong = 0;
  for (let n = 0; n < 200_000; n += 1) {
    const first = n % 2 === 0 ? 10 : 11;
    const { words } = book.of(`${first}.${n >> 16}.${(n >> 8) & 255}.${n & 255}`);
    if (words !== wordBit(first === 10 ? "private" : "public")) wrong += 1;
  }
  expect(wrong).toBe(0);
});

test("a text that is no prefix is refused at once", () => {
  expect(() => addressBook(["10.0.0.1/8"])).toThrow(RangeError);
  expect(() => addressBook([]).addPrefixes(["x"])).toThrow(RangeError);
});
