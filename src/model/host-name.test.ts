import { expect, test } from "vitest";
import { canonicalName, domainCovers } from "./host-name.ts";

test.each([
  ["example.org", "example.org"],
  ["Example.ORG.", "example.org"],
  ["localhost", "localhost"],
  ["_srv.a-b.example.org", "_srv.a-b.example.org"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["１.example", "1.example"],
])("%s is the name %s", (text, name) => {
  expect(canonicalName(text)).toBe(name);
});

test.each([
  "",
  ".",
  "..",
  "a..b",
  ".example.org",
  "*.example.org",
  "-a.example.org",
  "a-.example.org",
  "a b.example.org",
  "example.org:80",
  "http://example.org",
  "example.org/x",
  "192.0.2.1",
  "192.0.2",
  "0x7f.1",
  "１２７.0.0.1",
  "2001:db8::1",
  "a\u0000.example.org",
  `${"a".repeat(64)}.example.org`,
  `${"a.".repeat(127)}ab`,
])("%s is no name", (text) => {
  expect(canonicalName(text)).toBeNull();
});

test.each([
  ["example.org", "example.org", true],
  ["example.org", "a.b.example.org", true],
  ["example.org", "notexample.org", false],
  ["a.example.org", "example.org", false],
])("%s covers %s: %s", (domain, name, covers) => {
  expect(domainCovers(domain, name)).toBe(covers);
});
