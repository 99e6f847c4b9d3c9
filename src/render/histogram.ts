import type { Histogram, HistogramRow } from "./figure.ts";
import { count } from "./number.ts";
import { element, guideLine, inkText, percent, pixels, SERIES, type Sketch, SMALL_PX } from "./svg.ts";
import { fittingText } from "./visible-text.ts";

const TOP = 20;
const PLOT_PX = 150;
const BASE = TOP + PLOT_PX;
const HEIGHT = BASE + 24;
const MOST_NAMED = 7; // names of classes that fit side by side at 330 px
const LABEL_CHARACTERS = 8;

/** Draws {@link Histogram}: columns from zero with their numbers over them, the unknown in grey after a gap. */
export function drawHistogram(figure: Histogram): Sketch {
  const rows = figure.unknown === null ? figure.rows : [...figure.rows, figure.unknown];
  const highest = Math.max(1, ...rows.map((row) => row.value ?? 0));
  const step = 1 / Math.max(rows.length + (figure.unknown === null ? 0 : 0.6), 1);
  const named = Math.ceil(rows.length / MOST_NAMED);
  const columns = rows.flatMap((row, index) => {
    const isUnknown = row === figure.unknown;
    const middle = (index + (isUnknown ? 1 : 0.5)) * step;
    const column = drawColumn(row, middle, step, highest, isUnknown ? 6 : 0);
    return index % named === 0 || isUnknown ? [...column, ...names(row, middle, highest)] : column;
  });
  return { height: HEIGHT, children: [...columns, guideLine(BASE)] };
}

function drawColumn(row: HistogramRow, middle: number, step: number, highest: number, slot: 0 | 6): readonly string[] {
  if (row.value === null || row.value <= 0) return [];
  const height = columnHeight(row.value, highest);
  const place = { x: percent(middle - step * 0.4), y: pixels(BASE - height), width: percent(step * 0.8), height };
  return [element("rect", { ...place, fill: SERIES[slot], class: `s${slot}` })];
}

function names(row: HistogramRow, middle: number, highest: number): readonly string[] {
  const x = percent(middle);
  const shown = row.value === null ? "withheld" : count(row.value);
  const over = pixels(BASE - columnHeight(row.value ?? 0, highest) - 4);
  return [
    inkText(shown, x, over, "middle", SMALL_PX),
    inkText(fittingText(row.label, LABEL_CHARACTERS), x, BASE + 16, "middle", SMALL_PX + 1),
  ];
}

function columnHeight(value: number, highest: number): number {
  return pixels((value / highest) * PLOT_PX);
}
