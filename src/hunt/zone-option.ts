import { namedZone } from "../model/zone-rule.ts";
import type { ZoneRule } from "../model/zone-rule.ts";
import { fail, ok } from "../model/result.ts";
import type { Result } from "../model/result.ts";

const FARTHEST = 14 * 60;
const OFFSET = /^([+-])(\d{2}):?(\d{2})$/u;

/** Minutes east of UTC (`Z`, `UTC`, `+02:00`, `-0530`) or a zone by name (`Europe/Berlin`); else what is wrong with the text. */
export function zoneOf(text: string): Result<number | ZoneRule, string> {
  if (text === "Z" || text.toUpperCase() === "UTC") return ok(0);
  const named = text.includes("/") ? namedZone(text) : null;
  if (named !== null) return ok(named);
  const [, sign, hours, minutes] = OFFSET.exec(text) ?? [];
  const east = Number(hours) * 60 + Number(minutes);
  if (sign === undefined || Number(minutes) > 59 || east > FARTHEST)
    return fail(`${text}: not an offset such as +02:00, -05:30 or UTC, nor a zone such as Europe/Berlin`);
  return ok(sign === "-" ? -east : east);
}
