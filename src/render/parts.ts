import type { PartRow, Parts } from "./figure.ts";
import { element, INK, percent, SERIES, type Sketch, text } from "./svg.ts";

const BAR_PX = 26;
const ROW_PX = 22;
const LAST = 6; // the grey, kept for what is unknown
const GAP = 0.002; // white between parts, as a share of the width

/** Draws {@link Parts}: one bar cut to scale, then its legend with the numbers, in the same order. */
export function drawParts(figure: Parts): Sketch {
  const whole = figure.rows.reduce((sum, row) => sum + row.value, 0);
  const pieces: string[] = [];
  let from = 0;
  figure.rows.forEach((row, index) => {
    const share = whole === 0 ? 0 : row.value / whole;
    if (share > 0) pieces.push(piece(from, share, slot(row, index)));
    from += share;
  });
  const legend = figure.rows.flatMap((row, index) => legendRow(row, index));
  return { height: BAR_PX + 12 + figure.rows.length * ROW_PX, children: [...pieces, ...legend] };
}

function piece(from: number, share: number, at: number): string {
  const width = percent(Math.max(share - GAP, GAP));
  return element("rect", {
    x: percent(from),
    y: 0,
    width,
    height: BAR_PX,
    fill: SERIES[at] ?? SERIES[LAST],
    class: `s${at}`,
  });
}

function legendRow(row: PartRow, index: number): readonly string[] {
  const top = BAR_PX + 12 + index * ROW_PX;
  const at = slot(row, index);
  const fill = SERIES[at] ?? SERIES[LAST];
  return [
    element("rect", { x: 0, y: top + 2, width: 12, height: 12, rx: 2, fill, class: `s${at}` }),
    text(row.label, { x: 20, y: top + 13, fill: INK, class: "ink" }),
    text(row.shown, { x: "100%", y: top + 13, "text-anchor": "end", fill: INK, class: "ink num" }),
  ];
}

/** The colour of a row: its place in the order, grey for what is unknown and for rows beyond the colours. */
function slot(row: PartRow, index: number): number {
  return row.isUnknown === true ? LAST : Math.min(index, LAST);
}
