import { csvRow } from "../../store/answer-text.ts";
import { type PaperTable, POPULATIONS } from "./paper-table.ts";

/** One table as CSV: `population`, then the columns of its query; what cannot be seen in a stranger's text is U+FFFD. */
export function paperCsv({ columns, shown }: PaperTable): string {
  const lines = POPULATIONS.flatMap((population) =>
    (shown[population]?.rows ?? []).map((row) => csvRow([population, ...columns.map(({ from }) => row[from] ?? null)])),
  );
  return [csvRow(["population", ...columns.map(({ from }) => from)]), ...lines].join("");
}
