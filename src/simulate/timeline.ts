import type { CalendarDay } from "./calendar.ts";
import type { CampaignModel } from "./campaign-model.ts";
import type { Random } from "./random.ts";
import type { KnownRelease } from "./releases.ts";

/** From which day a service runs which release. */
export interface Step {
  readonly fromDay: number;
  readonly release: KnownRelease;
}

const MS_A_DAY = 86_400_000;

/** The releases of a service from its first to its last day: none before it was released. */
export function timelineOf(
  model: CampaignModel,
  known: readonly KnownRelease[],
  stay: { readonly first: CalendarDay; readonly last: CalendarDay },
  days: readonly CalendarDay[],
  releasedMs: ReadonlyMap<KnownRelease, number>,
  random: Random,
): readonly Step[] {
  const out = (day: CalendarDay): readonly KnownRelease[] =>
    known.filter((release) => (releasedMs.get(release) ?? 0) <= day.startMs);
  const ageDays = (release: KnownRelease): number => (stay.first.startMs - (releasedMs.get(release) ?? 0)) / MS_A_DAY;
  const choices = out(stay.first).map((release) => ({
    release,
    share: release.share * 0.5 ** (ageDays(release) / model.upgrades.halfLifeDays),
  }));
  const oldest = known[0];
  if (oldest === undefined) throw new Error("no version");
  const steps: Step[] = [
    { fromDay: stay.first.index, release: choices.length === 0 ? oldest : random.shared(choices).release },
  ];
  const { share, everyDays, backShare } = model.upgrades;
  let current = steps[0]?.release ?? oldest;
  let day = stay.first.index;
  while (random.chance(share) || steps.length > 1) {
    day += random.between(everyDays[0], everyDays[1]);
    const at = days[day];
    if (at === undefined || day > stay.last.index) break;
    const newest = out(at).findLast(({ readable }) => readable);
    if (newest === undefined || newest.number <= current.number) continue;
    current = newest;
    steps.push({ fromDay: day, release: newest });
  }
  const older = known.findLast(({ number, readable }) => readable && number < current.number);
  const length = stay.last.index - stay.first.index;
  if (steps.length === 1 && length > 1 && older !== undefined && random.chance(backShare)) {
    steps.push({ fromDay: stay.first.index + random.between(1, length), release: older });
  }
  return steps;
}
