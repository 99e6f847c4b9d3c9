/** Hosts with a trait before and after, and whose doing it was: a row of `sql/period-change.sql`. */
export interface PeriodRow {
  readonly beforeHosts: number;
  readonly beforeOf: number;
  readonly afterHosts: number;
  readonly afterOf: number;
  /** Hosts of both periods that gained the trait, and that lost it. */
  readonly stayedGained: number;
  readonly stayedLost: number;
  /** Hosts of the later period alone: those with the trait, and all. */
  readonly joinedWith: number;
  readonly joinedOf: number;
  /** Hosts of the earlier period alone. */
  readonly leftWith: number;
  readonly leftOf: number;
}

/** What made a share change, in points (hundredths of the whole): changers, joiners and leavers add up to `change`. */
export interface ChangeSplit {
  readonly change: number;
  /** Hosts of both periods that gained the trait, less those that lost it. */
  readonly changers: number;
  readonly gained: number;
  readonly lost: number;
  /** Hosts that came, as far as they differ from those that stayed. */
  readonly joiners: number;
  /** Hosts that went, as far as they differed from those that stayed. */
  readonly leavers: number;
}

/**
 * Splits the change of a share into those who changed, came and went. What newcomers and leavers add is judged against the hosts that stayed;
 * where none stayed, against the middle of the two shares. `null` when a period has no hosts.
 */
export function splitChange(row: PeriodRow): ChangeSplit | null {
  if (row.beforeOf === 0 || row.afterOf === 0) return null;
  const before = (100 * row.beforeHosts) / row.beforeOf;
  const after = (100 * row.afterHosts) / row.afterOf;
  const stayed = row.beforeOf - row.leftOf;
  const middle = (before + after) / 2;
  const stayedBefore = stayed === 0 ? middle : (100 * (row.beforeHosts - row.leftWith)) / stayed;
  const stayedAfter = stayed === 0 ? middle : (100 * (row.afterHosts - row.joinedWith)) / stayed;
  return {
    change: after - before,
    changers: stayedAfter - stayedBefore,
    gained: stayed === 0 ? 0 : (100 * row.stayedGained) / stayed,
    lost: stayed === 0 ? 0 : (100 * row.stayedLost) / stayed,
    joiners: after - stayedAfter,
    leavers: stayedBefore - before,
  };
}

/** What a group (a tier) adds to the change of the whole, in points. */
export interface GroupEffect {
  readonly group: string;
  /** The trait became more or less common within the group. */
  readonly rate: number;
  /** The group became a larger or smaller part of all hosts. */
  readonly mix: number;
}

/** Kitagawa's split of a change in points: `rate` and `mix` add up to `change`. */
export interface GroupSplit {
  readonly change: number;
  readonly rate: number;
  readonly mix: number;
  readonly groups: readonly GroupEffect[];
}

type GroupRow = Pick<PeriodRow, "beforeHosts" | "beforeOf" | "afterHosts" | "afterOf"> & { readonly group: string };

/**
 * Splits the change of a share over groups that make up the whole (Kitagawa 1955): what changed within them, and what changed because other
 * groups weigh more. A group that one period does not have keeps the rate of the other. `null` when a period has no hosts.
 */
export function splitByGroup(rows: readonly GroupRow[]): GroupSplit | null {
  const beforeOf = sum(rows.map((row) => row.beforeOf));
  const afterOf = sum(rows.map((row) => row.afterOf));
  if (beforeOf === 0 || afterOf === 0) return null;
  const groups = rows.map((row) => {
    const [before, after] = ratesOf(row);
    const [weightBefore, weightAfter] = [row.beforeOf / beforeOf, row.afterOf / afterOf];
    const rate = ((weightBefore + weightAfter) / 2) * (after - before);
    const mix = ((before + after) / 2) * (weightAfter - weightBefore);
    return { group: row.group, rate, mix };
  });
  const rate = sum(groups.map((group) => group.rate));
  const mix = sum(groups.map((group) => group.mix));
  const change =
    (100 * sum(rows.map((row) => row.afterHosts))) / afterOf -
    (100 * sum(rows.map((row) => row.beforeHosts))) / beforeOf;
  return { change, rate, mix, groups };
}

function ratesOf({ beforeHosts, beforeOf, afterHosts, afterOf }: GroupRow): readonly [number, number] {
  const before = beforeOf === 0 ? null : (100 * beforeHosts) / beforeOf;
  const after = afterOf === 0 ? null : (100 * afterHosts) / afterOf;
  return [before ?? after ?? 0, after ?? before ?? 0];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
