import { expect, test } from "vitest";
import { parsePeriods } from "./periods.ts";

test("two spans of months become a relation", () => {
  expect(parsePeriods("2025-03..2025-06,2025-07..2025-12").sql).toBe(
    `SELECT 'before' AS period, CAST('2025-03-01' AS DATE) AS first_month, CAST('2025-06-01' AS DATE) AS last_month
UNION ALL SELECT 'after', CAST('2025-07-01' AS DATE), CAST('2025-12-01' AS DATE)`,
  );
  expect(parsePeriods("2025-03..2025-03, 2025-04..2025-04").definition).toBe(
    "Months 2025-03 to 2025-03 beside 2025-04 to 2025-04.",
  );
});

test.each([
  "",
  "2025-03..2025-06",
  "2025-03..2025-06,2025-06..2025-12",
  "2025-07..2025-12,2025-03..2025-06",
  "2025-13..2025-14,2026-01..2026-02",
  "2025-06..2025-03,2025-07..2025-12",
  "2025-03..2025-06,2025-07..2025-12,2026-01..2026-02",
  "2025-03..2025-06,2025-07..2025-12'; DROP",
])("refused: %s", (text) => {
  expect(() => parsePeriods(text)).toThrow("--periods");
});
