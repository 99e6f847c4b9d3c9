import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";

const FARTHEST = 14 * 60;
const OFFSET = /^([+-])(\d{2}):?(\d{2})$/u;

/** Minutes east of UTC: `Z`, `UTC`, `+02:00`, `-0530`; else what is wrong with the text. */
export function zoneMinutesOf(text: string): Result<number, string> {
  if (text === "Z" || text.toUpperCase() === "UTC") return ok(0);
  const [, sign, hours, minutes] = OFFSET.exec(text) ?? [];
  const east = Number(hours) * 60 + Number(minutes);
  if (sign === undefined || Number(minutes) > 59 || east > FARTHEST)
    return fail(`${text}: not an offset such as +02:00, -05:30 or UTC`);
  return ok(sign === "-" ? -east : east);
}
