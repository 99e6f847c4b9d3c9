import { type CountedLook, type HostMonth, type HostRecord, isLater } from "./host-record.ts";

/** Sums over the looks and hosts of one month. */
export interface MonthSums {
  readonly month: string;
  hosts: number;
  listedHosts: number;
  listed: number;
  models: number;
  runningListed: number;
  runningLooks: number;
  running: number;
  indicated: number;
  unreadable: number;
  readonly minors: Map<string, number>;
  readonly lineages: Map<string, number>;
}

/** Sums of a lineage. */
export interface LineageSums {
  observations: number;
  hosts: number;
  hostDays: number;
}

/** Everything that is summed look by look, of the decoys or of the others. */
export interface Sums {
  readonly months: Map<string, MonthSums>;
  readonly lineages: Map<string, LineageSums>;
}

/** Nothing summed yet. */
export function noSums(): Sums {
  return { months: new Map(), lineages: new Map() };
}

/** Adds one to a count. */
export function addOne<Key>(counts: Map<Key, number>, key: Key, many = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + many);
}

/** The sums of a month, made when there are none. */
export function monthOf(sums: Sums, month: string): MonthSums {
  const known = sums.months.get(month);
  if (known !== undefined) return known;
  const made: MonthSums = {
    month,
    hosts: 0,
    listedHosts: 0,
    listed: 0,
    models: 0,
    runningListed: 0,
    runningLooks: 0,
    running: 0,
    indicated: 0,
    unreadable: 0,
    minors: new Map(),
    lineages: new Map(),
  };
  sums.months.set(month, made);
  return made;
}

/** Sums what one look shows. */
export function sumLook(sums: Sums, record: HostRecord, look: CountedLook, lineages: readonly string[]): void {
  const { day, segment, running } = look;
  const current = currentMonth(sums, record, look);
  const month = monthOf(sums, day.month);
  if (isLater(look, current.last)) current.last = look;
  if (segment.entries !== null) {
    current.isListed = true;
    month.listed += 1;
    month.models += segment.entries.length;
  }
  if (running !== null) {
    month.runningListed += 1;
    month.running += running;
    if (running > 0) month.runningLooks += 1;
  }
  for (const lineage of lineages) sumLineage(sums, month, record, lineage, day.index, current.firstIndex);
}

/** The month of a look; that before it is closed. */
function currentMonth(sums: Sums, record: HostRecord, look: CountedLook): HostMonth {
  const { month, index, date } = look.day;
  if (record.month?.month === month) return record.month;
  endMonth(sums, record);
  record.month = { month, firstIndex: index - (Number(date.slice(8)) - 1), isListed: false, last: look };
  return record.month;
}

function sumLineage(
  sums: Sums,
  month: MonthSums,
  record: HostRecord,
  lineage: string,
  day: number,
  monthFrom: number,
): void {
  const known = sums.lineages.get(lineage);
  const made = known ?? { observations: 0, hosts: 0, hostDays: 0 };
  if (known === undefined) sums.lineages.set(lineage, made);
  made.observations += 1;
  const before = record.lineageDays.get(lineage);
  if (before === day) return;
  record.lineageDays.set(lineage, day);
  made.hostDays += 1;
  if (before === undefined) made.hosts += 1;
  if (before === undefined || before < monthFrom) addOne(month.lineages, lineage);
}

/** Closes the month of a host: what its last look there tells. */
export function endMonth(sums: Sums, record: HostRecord): void {
  const { month } = record;
  if (month === null) return;
  const sum = monthOf(sums, month.month);
  sum.hosts += 1;
  if (month.isListed) sum.listedHosts += 1;
  const { release } = month.last.segment;
  if (!release.readable) sum.unreadable += 1;
  else addOne(sum.minors, release.minor);
  if (release.indicated === true) sum.indicated += 1;
  record.month = null;
}
