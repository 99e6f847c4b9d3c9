import { performance } from "node:perf_hooks";
import type { QuotaWorld } from "./quota-world.ts";

/** `performance.now` counts from the start of its process, `hrtime` from the start of the machine. */
const SHARED_OFFSET_MS = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** The clocks and timers of this machine. */
export const machineWorld: QuotaWorld = {
  clock: {
    epochMs: () => Date.now(),
    monotonicMs: () => performance.now() + SHARED_OFFSET_MS,
  },
  soon: (work) => void setImmediate(work),
  every(ms, work) {
    const timer = setInterval(work, ms).unref();
    return () => clearInterval(timer);
  },
};
