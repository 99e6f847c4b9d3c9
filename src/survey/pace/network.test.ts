import { expect, test } from "vitest";
import { networkOf } from "./network.ts";

test.each([
  ["192.0.2.7", "192.0.2.0/24"],
  ["10.255.0.1", "10.255.0.0/24"],
  ["2001:db8:7:1::5", "2001:db8:7::/48"],
  ["2001:db8::5", "2001:db8:0::/48"],
  ["2001:db8:0:5::1", "2001:db8:0::/48"],
  ["::1", "0:0:0::/48"],
  ["1:2:3:4:5:6:7:8", "1:2:3::/48"],
])("%s lies in %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
