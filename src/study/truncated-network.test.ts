import fc from "fast-check";
import { expect, test } from "vitest";
import { truncatedNetwork } from "./truncated-network.ts";

test.each([
  ["192.0.2.17", "192.0.2.x"],
  ["10.0.0.1", "10.0.0.x"],
  ["2001:db8:7:1::5", "2001:db8:7::/48"],
  ["2001:db8::5", "2001:db8:0::/48"],
  ["::1", "0:0:0::/48"],
  ["2001:db8:7:1:2:3:4:5", "2001:db8:7::/48"],
  ["not an address", "x"],
])("%s is told as %s", (address, network) => {
  expect(truncatedNetwork(address)).toBe(network);
});

test("addresses of one /24 are told alike", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.nat({ max: 255 }), (address, last) => {
      const neighbour = `${address.slice(0, address.lastIndexOf("."))}.${last}`;
      expect(truncatedNetwork(neighbour)).toBe(truncatedNetwork(address));
      expect(truncatedNetwork(address)).toMatch(/^\d+\.\d+\.\d+\.x$/u);
    }),
  );
});
