import { expect, test } from "vitest";
import { hasRoute } from "./route.io.ts";

test.each(["127.0.0.1", "127.9.8.7", "::1"])("there is a way to %s", async (address) => {
  expect(await hasRoute(address)).toBe(true);
});

// No kernel lets a plain socket speak to everybody.
test.each(["255.255.255.255", "not-an-address.invalid"])("there is none to %s", async (address) => {
  expect(await hasRoute(address)).toBe(false);
});
