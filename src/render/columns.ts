import type { Columns } from "./figure.ts";
import { count } from "./number.ts";
import { element, guideLine, INK, percent, SERIES, type Sketch, text } from "./svg.ts";

const TOP = 18;
const PLOT_PX = 110;
const WIDEST = 0.05; // of the width: a single day is no wall
const HEIGHT = TOP + PLOT_PX + 22;

/** Draws {@link Columns}: from zero, with the highest value named; a step nobody looked at has a dot on the line, not a column. */
export function drawColumns(figure: Columns): Sketch {
  const highest = Math.max(1, ...figure.rows.map((row) => row.value ?? 0));
  const step = 1 / Math.max(figure.rows.length, 1);
  const columns = figure.rows.map((row, index) => column(row.value, index * step, step, highest));
  const first = figure.rows[0]?.label ?? "";
  const last = figure.rows.at(-1)?.label ?? "";
  const children = [
    text(`${figure.unit}, up to ${count(highest)}`, { x: 0, y: 11, fill: INK, class: "ink" }),
    guideLine(TOP),
    ...columns,
    guideLine(TOP + PLOT_PX),
    text(first, { x: 0, y: HEIGHT - 6, fill: INK, class: "ink" }),
    ...(first === last
      ? []
      : [text(last, { x: "100%", y: HEIGHT - 6, "text-anchor": "end", fill: INK, class: "ink" })]),
  ];
  return { height: HEIGHT, children };
}

function column(value: number | null, from: number, step: number, highest: number): string {
  if (value === null) {
    const place = { cx: percent(from + step / 2), cy: TOP + PLOT_PX - 4, r: 1.5 };
    return element("circle", { ...place, fill: SERIES[6], class: "s6" });
  }
  const height = Number(((value / highest) * PLOT_PX).toFixed(1));
  const width = Math.min(step * 0.8, WIDEST);
  const place = { x: percent(from + (step - width) / 2), y: TOP + PLOT_PX - height, width: percent(width), height };
  return element("rect", { ...place, fill: SERIES[0], class: "s0" });
}
