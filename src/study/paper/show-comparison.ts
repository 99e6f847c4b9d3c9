import type { Block } from "../../render/document.ts";
import type { Inline } from "../../render/inline.ts";
import type { Comparison } from "./paper-record.ts";
import type { ComparisonRecord } from "./paper-schema.ts";
import { measureText } from "./show-table.ts";

/** A comparison as one table: here, there, the difference in points with its interval, and whether they may be compared at all. */
export function showComparison({ rows }: Comparison): readonly Block[] {
  return [
    {
      kind: "table",
      caption: "Figures side by side",
      columns: [
        { name: "figure", holds: "text" },
        { name: "here", holds: "number" },
        { name: "there", holds: "number" },
        { name: "points", holds: "number" },
        { name: "95 % interval", holds: "number" },
        { name: "", holds: "text" },
      ],
      rows: rows.map(cells),
    },
    {
      kind: "note",
      text: [
        "Points are points of percent, here less there. The interval comes of drawing whole networks anew (hosts of one network move together); one of fewer than ten networks, of none or of all has none that can be told. The published study looked at the whole internet: beside a narrower scope, shares of countries, networks and tiers tell of the scope first. Likely decoys are among the hosts.",
      ],
    },
  ];
}

function cells(row: ComparisonRecord): readonly Inline[] {
  const interval = row.low === null || row.high === null ? "–" : `${signed(row.low)} to ${signed(row.high)}`;
  const isShare = row.kind === "share";
  return [
    `${row.output} ${row.item}${row.row === null ? "" : ` (row ${row.row})`}`,
    number(row.here, isShare),
    number(row.there, isShare),
    row.points === null ? "–" : signed(row.points),
    interval,
    row.says,
  ];
}

function number(value: number | null, isShare: boolean): string {
  if (value === null) return "–";
  return isShare ? `${(value * 100).toFixed(1)}%` : measureText(value);
}

function signed(points: number): string {
  return `${points > 0 ? "+" : ""}${points.toFixed(1)}`;
}
