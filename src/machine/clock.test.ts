import { expect, test } from "vitest";
import { createNap, systemClock } from "./clock.io.ts";

test("monotonic time does not step back", async () => {
  const before = systemClock.monotonicMs();
  await createNap().wait(5);
  expect(systemClock.monotonicMs()).toBeGreaterThanOrEqual(before);
});

test("a wait for ever ends when woken; waking nobody does nothing", async () => {
  const nap = createNap();
  nap.wake();
  setTimeout(() => {
    nap.wake();
  }, 5);
  await expect(nap.wait(Infinity)).resolves.toBeUndefined();
  nap.wake();
});

test("a wait below nothing ends by itself", async () => {
  await expect(createNap().wait(-1)).resolves.toBeUndefined();
});
