import { expect, test } from "vitest";
import { withMapped, writtenMapped } from "./mapped-prefix.ts";

test.for([
  ["127.0.0.0/8", ["127.0.0.0/8", "::ffff:7f00:0/104"]],
  ["192.168.0.0/16", ["192.168.0.0/16", "::ffff:c0a8:0/112"]],
  ["203.0.113.64/26", ["203.0.113.64/26", "::ffff:cb00:7140/122"]],
  ["0.0.0.0/32", ["0.0.0.0/32", "::ffff:0:0/128"]],
  ["fe80::/10", ["fe80::/10"]],
] as const)("%s, written as IPv6 too", ([prefix, both]) => {
  expect(withMapped([prefix])).toEqual(both);
});

test.for([
  ["10.0.0.0/8", ["::ffff:10."]],
  ["192.168.0.0/16", ["::ffff:192.168."]],
  ["192.0.2.64/30", ["::ffff:192.0.2.64", "::ffff:192.0.2.65", "::ffff:192.0.2.66", "::ffff:192.0.2.67"]],
  ["0.0.0.0/32", ["::ffff:0.0.0.0"]],
  ["100.64.0.0/10", []],
  ["::1/128", []],
] as const)("%s as logs begin it", ([prefix, begun]) => {
  expect(writtenMapped(prefix)).toEqual(begun);
});
