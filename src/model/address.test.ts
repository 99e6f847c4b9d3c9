import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalAddress } from "./address.ts";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["0.0.0.0", "0.0.0.0"],
  ["255.255.255.255", "255.255.255.255"],
  ["2001:DB8::1", "2001:db8::1"],
  ["2001:db8:0:0:0:0:0:1", "2001:db8::1"],
  ["2001:0db8:0000:0001:0000:0000:0000:0001", "2001:db8:0:1::1"],
  ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
  ["::", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::ffff:c000:201", "192.0.2.1"],
  ["64:ff9b::192.0.2.33", "64:ff9b::c000:221"],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
])("%s → %s", (text, expected) => {
  expect(canonicalAddress(text)).toBe(expected);
});

test.each([
  "",
  "192.0.2",
  "192.0.2.256",
  "192.0.2.01",
  "192.0.2.1.",
  "0x7f.0.0.1",
  "3221225985",
  "192.0.2.1:80",
  "[::1]",
  "fe80::1%eth0",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3:4:5:6:7",
  "1::2::3",
  ":::",
  ":1:2:3:4:5:6:7",
  "12345::",
  "g::",
  "1:2:3:4:5:6:7:8::",
  "::192.0.2.1:1",
  "192.0.2.1::",
  " 192.0.2.1",
  "١.0.0.1",
  "::".repeat(40),
  "a".repeat(1e6),
])("not an address: %.40s", (text) => {
  expect(canonicalAddress(text)).toBeNull();
});

test("agrees with the URL standard on IPv6, and is its own canonical form", () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const text = groups.map((one) => one.toString(16).padStart(4, "0")).join(":");
      fc.pre(!/^(0000:){5}ffff/u.test(text));
      const canonical = canonicalAddress(text);
      expect(`[${canonical}]`).toBe(new URL(`http://[${text}]/`).hostname);
      expect(canonicalAddress(canonical ?? "")).toBe(canonical);
    }),
  );
});
