/** Which workers may hold unused units of which meters, as far as the authority can know. */
export interface UnitLedger {
  readonly holders: Map<string, Set<number>>;
  /** Workers that were told to give back and have not answered yet. */
  readonly asked: Map<string, Set<number>>;
}

/** A ledger without entries. */
export function emptyLedger(): UnitLedger {
  return { holders: new Map(), asked: new Map() };
}

/** Notes that a worker may keep units of a meter. */
export function noteHolder(ledger: UnitLedger, meter: string, worker: number): void {
  const workers = ledger.holders.get(meter);
  if (workers === undefined) ledger.holders.set(meter, new Set([worker]));
  else workers.add(worker);
}

/** Workers to tell to give back: holders that have not been told. They count as asked from now on. */
export function askHolders(ledger: UnitLedger, meter: string, but: number): readonly number[] {
  const holders = ledger.holders.get(meter);
  if (holders === undefined) return [];
  const asked = ledger.asked.get(meter) ?? new Set<number>();
  const told = [...holders].filter((worker) => worker !== but && !asked.has(worker));
  for (const worker of told) asked.add(worker);
  if (asked.size > 0) ledger.asked.set(meter, asked);
  return told;
}

/** Whether an answer of some worker is still to come. */
export function isAwaited(ledger: UnitLedger, meter: string): boolean {
  return ledger.asked.has(meter);
}

/** Notes that a worker gave everything idle back. */
export function noteAnswer(ledger: UnitLedger, meter: string, worker: number): void {
  take(ledger.holders, meter, worker);
  take(ledger.asked, meter, worker);
}

/** Forgets a worker that is gone; what it held stays spent. */
export function dropHolder(ledger: UnitLedger, worker: number): void {
  for (const meter of ledger.holders.keys()) take(ledger.holders, meter, worker);
  for (const meter of ledger.asked.keys()) take(ledger.asked, meter, worker);
}

function take(of: Map<string, Set<number>>, meter: string, worker: number): void {
  const workers = of.get(meter);
  workers?.delete(worker);
  if (workers?.size === 0) of.delete(meter);
}
