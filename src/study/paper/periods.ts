import { Complaint } from "../../model/complaint.ts";
import type { SqlFile } from "./sql-file.ts";

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/u;
const HINT = "two spans of whole months, the earlier first: 2025-03..2025-06,2025-07..2025-12";

/**
 * Reads `--periods` as the relation `study_period`.
 *
 * @throws a {@link Complaint} unless it is two spans of months of which the later begins after the earlier ended.
 */
export function parsePeriods(text: string): SqlFile {
  const spans = text.split(",").map((part) => part.trim().split(".."));
  const months = spans.flat();
  const isShaped =
    spans.length === 2 && spans.every(({ length }) => length === 2) && months.every((one) => MONTH.test(one));
  const [first = "", last = "", from = "", to = ""] = months;
  if (!isShaped || !(first <= last && last < from && from <= to))
    throw new Complaint(
      [{ place: "--periods", message: `not two spans of months in order: ${JSON.stringify(text.slice(0, 80))}` }],
      HINT,
    );
  return {
    id: "study_period",
    title: "study_period",
    definition: `Months ${first} to ${last} beside ${from} to ${to}.`,
    source: "asked for",
    sql: `SELECT 'before' AS period, ${date(first)} AS first_month, ${date(last)} AS last_month
UNION ALL SELECT 'after', ${date(from)}, ${date(to)}`,
  };
}

function date(month: string): string {
  return `CAST('${month}-01' AS DATE)`;
}
