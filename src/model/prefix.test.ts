import { describe, expect, test } from "vitest";
import { formatPrefix, parsePrefix, prefixContains, prefixesOverlap, prefixSize } from "./prefix.ts";
import type { Prefix } from "./prefix.ts";

function read(text: string): Prefix {
  const prefix = parsePrefix(text);
  if (!prefix.ok) throw new Error(prefix.error);
  return prefix.value;
}

describe("a prefix", () => {
  test.each([
    ["192.0.2.0/24", "192.0.2.0/24", 256n],
    ["192.0.2.7", "192.0.2.7/32", 1n],
    ["0.0.0.0/0", "0.0.0.0/0", 4294967296n],
    ["2001:DB8::/32", "2001:db8::/32", 1n << 96n],
    ["2001:db8::1", "2001:db8::1/128", 1n],
    ["::/0", "::/0", 1n << 128n],
    ["::ffff:192.0.2.0/120", "192.0.2.0/24", 256n],
  ])("%s is read as %s", (text, canonical, size) => {
    expect(formatPrefix(read(text))).toBe(canonical);
    expect(prefixSize(read(text))).toBe(size);
  });

  test.each([
    ["192.0.2.7/24", "192.0.2.0/24"],
    ["10.0.0.1/8", "10.0.0.0/8"],
    ["2001:db8::1/32", "2001:db8::/32"],
    ["::ffff:192.0.2.1/120", "192.0.2.0/24"],
    ["::ffff:192.0.2.0/90", "::ffc0:0:0/90"],
  ])("%s has host bits set, and the prefix that was meant is named: %s", (text, meant) => {
    const prefix = parsePrefix(text);
    expect(prefix).toEqual({ ok: false, error: `"${text}" has host bits set; did you mean ${meant}?` });
  });

  test.each([
    "",
    "/",
    "/24",
    "192.0.2.0/",
    "192.0.2.0/33",
    "192.0.2.0/-1",
    "192.0.2.0/024",
    "192.0.2.0/24/24",
    "192.0.2.0/2e1",
    "192.0.2.0/ 24",
    "192.0.2/24",
    "192.0.2.0/255.255.255.0",
    "2001:db8::/129",
    "fe80::%eth0/64",
    "example.org/24",
  ])("%s is none", (text) => {
    expect(parsePrefix(text).ok).toBe(false);
  });

  test("holds what lies in it, and overlaps with what it holds or lies in", () => {
    const [wide, narrow, other, six] = ["10.0.0.0/8", "10.1.0.0/16", "192.168.0.0/16", "fd00::/8"].map(read);
    expect(prefixContains(wide!, narrow!)).toBe(true);
    expect(prefixContains(wide!, wide!)).toBe(true);
    expect(prefixContains(narrow!, wide!)).toBe(false);
    expect(prefixesOverlap(narrow!, wide!)).toBe(true);
    expect(prefixesOverlap(wide!, other!)).toBe(false);
    expect(prefixesOverlap(wide!, six!)).toBe(false);
  });
});
