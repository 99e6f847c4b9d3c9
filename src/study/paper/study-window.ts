import { Complaint, type Problem } from "../../model/complaint.ts";
import { epochMsOf, instantOf } from "../../model/instant.ts";

/** A span of whole days, as instants: from the first (in) to the second (out); `null` = open. */
export interface DaySpan {
  readonly from: string | null;
  readonly until: string | null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const DAY_MS = 86_400_000;

/**
 * Reads `--from` and `--until`, two dates in UTC, both included; `null` when neither is given.
 *
 * @throws a {@link Complaint} for what is no date, and for a span that ends before it begins.
 */
export function parseDaySpan(from: string | undefined, until: string | undefined): DaySpan | null {
  if (from === undefined && until === undefined) return null;
  const [fromMs, untilMs] = [dayMs(from), dayMs(until)];
  const problems: Problem[] = [
    ...(fromMs === "wrong" ? [problemOf("--from", from)] : []),
    ...(untilMs === "wrong" ? [problemOf("--until", until)] : []),
  ];
  if (typeof fromMs === "number" && typeof untilMs === "number" && untilMs < fromMs)
    problems.push({ place: "--until", message: "lies before --from" });
  if (problems.length > 0)
    throw new Complaint(problems, "dates in UTC, both included: --from 2025-03-01 --until 2025-12-18");
  return {
    from: typeof fromMs === "number" ? instantOf(fromMs) : null,
    until: typeof untilMs === "number" ? instantOf(untilMs + DAY_MS) : null,
  };
}

function dayMs(text: string | undefined): number | "wrong" | null {
  if (text === undefined) return null;
  return DAY.test(text) ? (epochMsOf(text) ?? "wrong") : "wrong";
}

function problemOf(place: string, text: string | undefined): Problem {
  return { place, message: `no such day: ${JSON.stringify((text ?? "").slice(0, 80))}` };
}
