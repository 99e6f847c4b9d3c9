/** The zone that times without one are in. */
export interface ZoneRule {
  /** As a person would say it: `+02:00`, `Europe/Berlin`. */
  readonly words: string;
  /** Minutes east of UTC at a moment of the zone's own clock, in milliseconds as if that were UTC. */
  minutesAt(localMs: number): number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** No zone changes its clock at any other time. */
const STEP_MS = 15 * MINUTE_MS;
/** Quarters of an hour that are remembered: two years and more. */
const MOST_KNOWN = 100_000;
const OFFSET = /^GMT(?:([+-])(\d{2}):(\d{2}))?/u;

/**
 * The zone of that name in the time zone database; `null` = there is none. An hour that comes twice (end of summer time) is read as its
 * first coming, one that never comes as if the clock had not been put forward.
 */
export function namedZone(name: string): ZoneRule | null {
  const utcMinutes = offsets(name);
  if (utcMinutes === null) return null;
  const minutesOf = (localMs: number): number => {
    const before = utcMinutes(localMs - DAY_MS);
    const now = utcMinutes(localMs - before * MINUTE_MS);
    return now < before || utcMinutes(localMs - now * MINUTE_MS) === now ? now : before;
  };
  const known = new Map<number, number>();
  let lastStep = Number.NaN;
  let last = 0;
  return {
    words: name,
    minutesAt(localMs) {
      const step = Math.floor(localMs / STEP_MS);
      if (step === lastStep) return last;
      if (Number.isNaN(step)) return 0;
      if (known.size >= MOST_KNOWN) known.clear();
      last = known.get(step) ?? minutesOf(step * STEP_MS);
      known.set(step, last);
      lastStep = step;
      return last;
    },
  };
}

/** Minutes east of UTC of a zone at a moment; `null` = there is no such zone. */
function offsets(name: string): ((utcMs: number) => number) | null {
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
    return (utcMs) => {
      const text = format.formatToParts(utcMs).find(({ type }) => type === "timeZoneName")?.value ?? "";
      const [, sign, hours, minutes] = OFFSET.exec(text) ?? [];
      if (sign === undefined) return 0;
      return (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
    };
  } catch {
    return null;
  }
}
