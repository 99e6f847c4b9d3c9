import type { CalendarDay } from "../calendar.ts";
import type { HostFacts } from "./host-facts.ts";
import type { Population } from "./population.ts";
import type { TruthRow } from "./truth-record.ts";

const GONE_AFTER_DAYS = 28;

/** Outputs over the coming and going of hosts: weekly, survival. */
export function timeRows(
  { hosts }: Population,
  days: readonly CalendarDay[],
): Readonly<Record<string, readonly TruthRow[]>> {
  return { weekly: weekRows(hosts, days), survival: survivalRows(hosts, days) };
}

function weekRows(hosts: readonly HostFacts[], days: readonly CalendarDay[]): TruthRow[] {
  const attempts = days.filter((day) => day.attempted);
  const [first, last] = [attempts[0]?.index ?? 0, attempts.at(-1)?.index ?? -1];
  const weeks = [...new Set(days.slice(first, last + 1).map(({ week }) => week))];
  const attempted = weeks.filter((week) => attempts.some((day) => day.week === week));
  const place = new Map(attempted.map((week, at) => [week, at]));
  const sums = attempted.map(() => ({ hosts: 0, fresh: 0, returned: 0, stayed: 0 }));
  for (const host of hosts) {
    let before: number | null = null;
    for (const at of host.days) {
      const week = place.get(days[at]?.week ?? "");
      const sum = sums[week ?? -1];
      if (week === undefined || sum === undefined || week === before) continue;
      sum.hosts += 1;
      if (before === null) sum.fresh += 1;
      else if (before === week - 1) sum.stayed += 1;
      else sum.returned += 1;
      before = week;
    }
  }
  return weeks.map((week) => {
    const at = place.get(week);
    const sum = sums[at ?? -1];
    if (at === undefined || sum === undefined) {
      return { week, attempted: 0, hosts: null, new: null, returned: null, gone: null };
    }
    const gone = (sums[at - 1]?.hosts ?? 0) - sum.stayed;
    return { week, attempted: 1, hosts: sum.hosts, new: sum.fresh, returned: sum.returned, gone };
  });
}

interface Span {
  readonly weeks: number;
  /** The latest it may have been there. */
  readonly late: number;
  readonly isGone: boolean;
}

function survivalRows(hosts: readonly HostFacts[], days: readonly CalendarDay[]): TruthRow[] {
  const lastAttempt = days.findLast((day) => day.attempted)?.index ?? 0;
  const nextWhole = (after: number): number =>
    days.find(({ index, attempted, partial }) => index > after && attempted && !partial)?.index ?? lastAttempt;
  const spans = hosts.map(({ days: seen }): Span => {
    const [first, last] = [seen[0] ?? 0, seen.at(-1) ?? 0];
    const isGone = lastAttempt - last > GONE_AFTER_DAYS;
    const weeks = Math.floor((last - first) / 7);
    return { weeks, late: isGone ? Math.floor((nextWhole(last) - first) / 7) : weeks, isGone };
  });
  const steps = [...new Set(spans.flatMap(({ weeks, late }) => [weeks, late]))].toSorted((a, b) => a - b);
  return steps.map((weeks) => {
    const row = { at_risk: 0, gone_hosts: 0, at_risk_late: 0, gone_late: 0 };
    for (const span of spans) {
      if (span.weeks >= weeks) row.at_risk += 1;
      if (span.late >= weeks) row.at_risk_late += 1;
      if (span.isGone && span.weeks === weeks) row.gone_hosts += 1;
      if (span.isGone && span.late === weeks) row.gone_late += 1;
    }
    return { weeks, ...row };
  });
}
