import type { BarRow, Bars } from "./figure.ts";
import { inlineText } from "./inline.ts";
import { element, GUIDE, INK, inkText, percent, SERIES, type Sketch, text } from "./svg.ts";
import { fittingText, shortText } from "./visible-text.ts";

const ROW_PX = 36;
const LEGEND_PX = 24;
const WORDS_CHARACTERS = 20; // two side by side at 330 px
const LABEL_CHARACTERS = 30; // fits beside the number at 330 px

/** Draws {@link Bars}: label and number above, bar below; what is unknown follows in a lighter piece. */
export function drawBars(figure: Bars): Sketch {
  const above = figure.words === undefined ? 0 : LEGEND_PX;
  return {
    height: above + figure.rows.length * ROW_PX,
    children: [
      ...(figure.words === undefined ? [] : drawWords(figure.words)),
      ...figure.rows.flatMap((row, index) => drawRow(row, above + index * ROW_PX)),
    ],
  };
}

function drawWords(words: NonNullable<Bars["words"]>): readonly string[] {
  const box = { y: 2, width: 14, height: 10, rx: 2 };
  return [
    element("rect", { ...box, x: 0, fill: SERIES[0], class: "s0" }),
    inkText(fittingText(words.value, WORDS_CHARACTERS), 20, 12),
    element("rect", { ...box, x: "50%", fill: SERIES[6], class: "maybe" }),
    element("svg", { x: "50%", y: 0, width: 1, height: 1, overflow: "visible" }, [
      inkText(fittingText(words.unknown, WORDS_CHARACTERS), 20, 12),
    ]),
  ];
}

function drawRow(row: BarRow, top: number): readonly string[] {
  const share = row.whole === 0 ? 0 : row.value / row.whole;
  const unknown = row.whole === 0 ? 0 : Math.min((row.unknown ?? 0) / row.whole, 1 - share);
  const bar = { y: top + 19, height: 9, rx: 2 };
  const known = element("rect", { ...bar, x: 0, width: percent(share), fill: SERIES[0], class: "s0" });
  const maybe = element("rect", {
    ...bar,
    x: percent(share),
    width: percent(unknown),
    fill: SERIES[6],
    class: "maybe",
  });
  return [
    text(shortText(inlineText(row.label), LABEL_CHARACTERS), { x: 0, y: top + 13, fill: INK, class: "ink" }),
    text(row.shown, { x: "100%", y: top + 13, "text-anchor": "end", fill: INK, class: "ink num" }),
    element("rect", { ...bar, x: 0, width: "100%", fill: GUIDE, class: "track" }),
    ...(row.value > 0 ? [known] : []),
    ...(unknown > 0 ? [maybe] : []),
  ];
}
