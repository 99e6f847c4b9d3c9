import type { Survival } from "./figure.ts";
import { count } from "./number.ts";
import { element, guideLine, inkText, percent, pixels, SERIES, type Sketch, SMALL_PX } from "./svg.ts";

const TOP = 22;
const PLOT_PX = 170;
const BASE = TOP + PLOT_PX;
const HEIGHT = BASE + 74;
const TICKS = 4; // spaces between the marks of time: five numbers at risk fit side by side at 330 px

/** Draws {@link Survival}: from 100% at 0 down in steps, with the numbers at risk under the marks of time. */
export function drawSurvival(figure: Survival): Sketch {
  const last = Math.max(figure.steps.at(-1)?.at ?? 0, 1);
  const marks = [1, 0.5].flatMap((one) => [
    guideLine(height(one)),
    inkText(`${one * 100}%`, "100%", height(one) - 5, "end", SMALL_PX + 1),
  ]);
  return {
    height: HEIGHT,
    children: [
      ...marks,
      guideLine(BASE),
      ...(figure.steps.length === 0 ? [] : [curve(figure, last)]),
      ...ticks(last).flatMap((at) => tick(figure, at, last)),
      inkText(figure.time, "50%", BASE + 32, "middle", SMALL_PX + 1),
      inkText(`${figure.frame.unit} at risk`, 0, BASE + 52, "start", SMALL_PX),
    ],
  };
}

function curve(figure: Survival, last: number): string {
  let from = { at: 0, share: 1 };
  const lines: string[] = [];
  const piece = (x1: number, y1: number, x2: number, y2: number): string =>
    element("line", { x1: percent(x1 / last), y1: height(y1), x2: percent(x2 / last), y2: height(y2) });
  for (const step of figure.steps) {
    if (step.at > from.at) lines.push(piece(from.at, from.share, step.at, from.share));
    if (step.share !== from.share) lines.push(piece(step.at, from.share, step.at, step.share));
    from = step;
  }
  if (from.at < last) lines.push(piece(from.at, from.share, last, from.share));
  const pen = { stroke: SERIES[0], "stroke-width": 2.5, "stroke-linecap": "round", class: "l0" };
  return element("g", pen, lines);
}

/** Whole numbers from 0 to the last, evenly spaced. */
function ticks(last: number): readonly number[] {
  const even = Array.from({ length: TICKS + 1 }, (_, index) => Math.round((index * last) / TICKS));
  return [...new Set(even)];
}

function tick(figure: Survival, at: number, last: number): readonly string[] {
  const x = percent(at / last);
  const anchor = at === 0 ? "start" : at >= last ? "end" : "middle";
  const step = figure.steps.find((one) => one.at >= at);
  const risk = step === undefined ? "" : step.atRisk === null ? "withheld" : count(step.atRisk);
  return [
    inkText(count(at), x, BASE + 15, anchor, SMALL_PX + 1),
    ...(risk === "" ? [] : [inkText(risk, x, BASE + 68, anchor, SMALL_PX)]),
  ];
}

function height(share: number): number {
  return pixels(BASE - Math.min(Math.max(share, 0), 1) * PLOT_PX);
}
