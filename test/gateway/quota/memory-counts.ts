import { fail, ok } from "../../../src/model/result.ts";
import type { CountStore } from "../../../src/gateway/quota/count-store.ts";
import { blockOf } from "../../../src/gateway/quota/lease.ts";

/** Counts in memory that can be made to fail, and answered late. */
export interface MemoryCounts extends CountStore {
  readonly spent: Map<string, number>;
  isBroken: boolean;
  latest: number;
}

/** @param later - When `done` is told: at once, as SQLite does, or in a later turn, as Redis does. */
export function memoryCounts(later: (work: () => void) => void = (work) => work()): MemoryCounts {
  const spent = new Map<string, number>();
  const counts: MemoryCounts = {
    spent,
    isBroken: false,
    latest: 0,
    apply(changes, takes, atMs, done) {
      if (counts.isBroken) return later(() => done(fail({ place: "memory", message: "broken" })));
      counts.latest = Math.max(counts.latest, atMs);
      const add = (meter: string, window: number, units: number): void => {
        const id = `${meter}@${window}`;
        spent.set(id, Math.max(0, (spent.get(id) ?? 0) + units));
      };
      for (const { meter, window, units } of changes) add(meter, window.start, units);
      const taken = takes.map((take) => {
        const left = take.limit - (spent.get(`${take.meter}@${take.window.start}`) ?? 0);
        const units = blockOf({ ...take, left });
        if (units > 0) add(take.meter, take.window.start, units);
        return units;
      });
      later(() => done(ok(taken)));
    },
    latestMs: () => counts.latest,
    close: () => Promise.resolve(),
  };
  return counts;
}
