import { describe, expect, test } from "vitest";
import { createPacer } from "./pacing.ts";

const WIDE = { rate: 1e6, perHost: 1e6, perNetwork: 1e6 };

describe("R2: ceilings on the rate in all, per host and per network", () => {
  test("the total rate spaces the starts", () => {
    const pacer = createPacer({ ...WIDE, rate: 10 });
    pacer.start("192.0.2.1", 0, 1);
    expect(pacer.totalWaitMs(0)).toBe(100);
    expect(pacer.totalWaitMs(100)).toBe(0);
  });

  test("one host waits for its own requests only", () => {
    const pacer = createPacer({ ...WIDE, perHost: 2 });
    pacer.start("192.0.2.1", 0, 1);
    pacer.start("192.0.2.1", 0, 1);
    expect(pacer.hold("192.0.2.1", 0)).toEqual({ key: "192.0.2.1", waitMs: 500 });
    expect(pacer.hold("192.0.2.2", 0)).toBeNull();
  });

  test.each([
    ["192.0.2.1", "192.0.2.255", "192.0.2.0/24"],
    ["2001:db8:7:1::1", "2001:db8:7:ffff::9", "2001:db8:7::/48"],
  ])("%s and %s share one network", (one, other, network) => {
    const pacer = createPacer({ ...WIDE, perNetwork: 4 });
    pacer.start(one, 0, 1);
    expect(pacer.hold(other, 0)).toEqual({ key: network, waitMs: 250 });
  });

  test("further requests of a look pay into the host's bucket, and wait for it", () => {
    const pacer = createPacer({ ...WIDE, perHost: 2 });
    pacer.start("192.0.2.1", 0, 1);
    expect(pacer.further("192.0.2.1", 1, 0)).toBe(0); // the second of a burst of two
    expect(pacer.further("192.0.2.1", 3, 0)).toBe(1500);
    expect(pacer.hold("192.0.2.1", 0)?.waitMs).toBe(2000);
  });
});

test("R15: half the factor doubles the time between starts", () => {
  const pacer = createPacer({ ...WIDE, rate: 10 });
  pacer.start("192.0.2.1", 0, 0.5);
  expect(pacer.totalWaitMs(0)).toBe(200);
});
