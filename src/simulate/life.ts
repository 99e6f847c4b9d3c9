import { type CalendarDay, isLeftOut } from "./calendar.ts";
import type { Life } from "./campaign-model.ts";
import type { Random } from "./random.ts";

/**
 * The days on which a host answers, rising: exactly as many as its life draws, or as the campaign has. The first and the last day of its
 * stay are among them.
 */
export function daysOf(life: Life, host: number, days: readonly CalendarDay[], random: Random): readonly number[] {
  const open = days.filter((day) => day.attempted && !isLeftOut(day, host)).map(({ index }) => index);
  const [fewest, most] = life.looks;
  const spread = Math.max(0, Math.min(most, open.length) - fewest + 1);
  const looks = Math.max(1, Math.min(open.length, fewest + Math.floor(spread * random.next() ** life.skew)));
  const uptime = life.uptime[0] + (life.uptime[1] - life.uptime[0]) * random.next();
  const stay = Math.min(open.length, Math.max(looks, Math.round(looks / Math.max(uptime, 0.001))));
  const first = Math.floor((open.length - stay + 1) * random.next() ** (1 / life.late));
  const kept: number[] = [];
  let needed = looks;
  for (let at = first; at < first + stay; at += 1) {
    const left = first + stay - at;
    const isEnd = looks > 1 && (at === first || left === 1);
    const isNeeded = isEnd || needed >= left || (needed > 1 && random.chance((needed - 1) / Math.max(1, left - 1)));
    if (needed > 0 && (isNeeded || looks === 1)) {
      kept.push(open[at] ?? 0);
      needed -= 1;
    }
  }
  return kept;
}
