import type { Matrix, MatrixRow } from "./figure.ts";
import { type Inline, inlineText } from "./inline.ts";
import { ON_SHADES, SHADES, SHARE_BREAKS, shareShade } from "./shade.ts";
import { element, inkText, percent, SERIES, type Sketch, SMALL_PX, text, TRACK } from "./svg.ts";
import { fittingText } from "./visible-text.ts";

const MOST_COLUMNS = 12;
const HEAD_CHARACTERS = 10;
const HEAD_PX = 66;
const LABEL_CHARACTERS = 44;
const LABEL_PX = 18;
const CELL_PX = 24;
const ROW_PX = LABEL_PX + CELL_PX + 6;
const LEGEND_PX = 44;
const SLANT = -45;

/** Draws {@link Matrix}: each row its name and under it its cells, shaded and with their share in percent; the shades explained below. */
export function drawMatrix(figure: Matrix): Sketch {
  const columns = figure.columns.slice(0, MOST_COLUMNS);
  const left = figure.columns.length - columns.length;
  const step = 1 / Math.max(columns.length + 0.6, 1); // room for the last slanted head
  const below = HEAD_PX + figure.rows.length * ROW_PX;
  return {
    height: below + LEGEND_PX,
    children: [
      ...columns.map((head, index) => drawHead(head, (index + 0.5) * step)),
      ...figure.rows.flatMap((row, index) => drawRow(row, columns.length, step, HEAD_PX + index * ROW_PX)),
      ...legend(below + 6),
      ...(left > 0 ? [inkText(`${left} more columns not drawn`, 0, below + LEGEND_PX - 2, "start", SMALL_PX)] : []),
    ],
  };
}

/** A column's name on the slant: it turns about its own beginning, which is a place in percent. */
function drawHead(head: Inline, middle: number): string {
  const words = fittingText(inlineText(head), HEAD_CHARACTERS);
  const place = { x: percent(middle), y: HEAD_PX - 4, width: 1, height: 1, overflow: "visible" };
  const turned = inkText(words, 0, 0, "start", SMALL_PX);
  return element("svg", place, [element("g", { transform: `rotate(${SLANT})` }, [turned])]);
}

function drawRow(row: MatrixRow, columns: number, step: number, top: number): readonly string[] {
  const cells = Array.from({ length: columns }, (_, index) =>
    drawCell(row.cells[index] ?? null, index * step, step, top + LABEL_PX),
  );
  return [inkText(fittingText(inlineText(row.label), LABEL_CHARACTERS), 0, top + 13), ...cells.flat()];
}

function drawCell(cell: MatrixRow["cells"][number], from: number, step: number, top: number): readonly string[] {
  const box = { x: percent(from), y: top, width: percent(step * 0.96), height: CELL_PX, rx: 2 };
  const place = { x: percent(from + step * 0.48), y: top + 16, "text-anchor": "middle", "font-size": SMALL_PX };
  if (cell === null) return [element("rect", { ...box, fill: TRACK, class: "track" })];
  if (cell === "withheld") {
    const shown = text("held", { ...place, fill: ON_SHADES[0], class: "onheld" });
    return [element("rect", { ...box, fill: SERIES[6], class: "s6" }), shown];
  }
  const shade = shareShade(cell);
  const ink = { fill: ON_SHADES[shade] ?? ON_SHADES[0], class: `on${shade} num` };
  return [
    element("rect", { ...box, fill: SHADES[shade] ?? SHADES[0], class: `q${shade}` }),
    text(wholePercent(cell), { ...place, ...ink }),
  ];
}

/** A share as whole percent, never rounded to 0 or 100 when it is neither. */
function wholePercent(share: number): string {
  if (share > 0 && share < 0.01) return "<1";
  if (share < 1 && share > 0.99) return ">99";
  return `${Math.round(share * 100)}`;
}

function legend(top: number): readonly string[] {
  const begins = [0, ...SHARE_BREAKS];
  const step = 1 / (begins.length + 2);
  const swatch = (index: number, fill: string, name: string, words: string): readonly string[] => [
    element("rect", { x: percent(index * step), y: top, width: percent(step * 0.96), height: 10, fill, class: name }),
    inkText(words, percent(index * step), top + 24, "start", SMALL_PX),
  ];
  return [
    ...begins.flatMap((begin, index) =>
      swatch(index, SHADES[index] ?? SHADES[0], `q${index}`, index === 0 ? "0%" : `${begin * 100}%+`),
    ),
    ...swatch(begins.length, TRACK, "track", "not told"),
    ...swatch(begins.length + 1, SERIES[6], "s6", "withheld"),
  ];
}
