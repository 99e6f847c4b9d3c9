import type { CalendarDay } from "../calendar.ts";
import type { LiveHost, LiveService } from "../live-host.ts";
import type { KnownRelease } from "../releases.ts";
import { SENDS, type Segment } from "../segment.ts";

/** One counted look at a service of a host. */
export interface CountedLook {
  readonly host: LiveHost;
  readonly service: LiveService;
  readonly segment: Segment;
  readonly day: CalendarDay;
  /** 0 = the first source, 1 = the second. */
  readonly source: 0 | 1;
  /** Milliseconds of the day. */
  readonly ms: number;
  /** Models loaded; `null` = not told. */
  readonly running: number | null;
}

/** What was counted of one service so far. */
export interface ServiceRecord {
  readonly service: LiveService;
  observations: number;
  first: KnownRelease;
  last: Segment;
  running: number | null;
  lastDay: number;
  lastMs: number;
  /** Of `last`: distinct lineages among its entries. */
  lineages: readonly string[];
}

/** What was counted of one host so far. */
export interface HostRecord {
  readonly host: LiveHost;
  readonly isDecoy: boolean;
  observations: number;
  /** Days with a counted look, rising. */
  readonly days: number[];
  readonly services: ServiceRecord[];
  /** Which sources saw it. */
  readonly sources: [boolean, boolean];
  /** Lineage → the last day on which a list named it. */
  readonly lineageDays: Map<string, number>;
  month: HostMonth | null;
}

/** What was counted of a host in the month that is not over. */
export interface HostMonth {
  readonly month: string;
  readonly firstIndex: number;
  isListed: boolean;
  last: CountedLook;
}

/** Distinct lineages that a list names; a version from before `details` names none. */
export function lineagesOf({ entries, release }: Segment): readonly string[] {
  if (entries === null || release.number < SENDS.details) return [];
  return [...new Set(entries.flatMap(({ model }) => (model.lineage === null ? [] : [model.lineage])))];
}

/** Whether a look comes later than another of the same host; of two at one time the smaller port counts as the later. */
export function isLater(one: CountedLook, other: CountedLook): boolean {
  if (one.day.index !== other.day.index) return one.day.index > other.day.index;
  if (one.ms !== other.ms) return one.ms > other.ms;
  return one.service.plan.port < other.service.plan.port;
}
