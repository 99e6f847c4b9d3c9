import { epochMsOf, instantOf, type Instant } from "../model/instant.ts";

const YEAR_10000_MS = 253_402_300_800_000;
const EPOCH = /^\d{1,15}(?:\.\d{1,9})?$/u;

/** ISO text (without zone: UTC), or epoch seconds as number or text, a fraction included; `null` for no moment since 1970. */
export function instantIn(value: unknown): Instant | null {
  const number = typeof value === "string" && EPOCH.test(value) ? Number(value) : value;
  const ms = typeof number === "number" ? number * 1000 : typeof value === "string" ? epochMsOf(value) : null;
  return ms !== null && ms >= 0 && ms < YEAR_10000_MS ? instantOf(Math.trunc(ms)) : null;
}
