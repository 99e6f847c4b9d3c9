import type { Lorenz, LorenzPoint } from "./figure.ts";
import { element, guideLine, inkText, outline, percent, pixels, SERIES, type Sketch, SMALL_PX } from "./svg.ts";

const TOP = 22;
const PLOT_PX = 230;
const BASE = TOP + PLOT_PX;
const HEIGHT = BASE + 40;
const CORNERS = { low: { units: 0, amount: 0 }, high: { units: 1, amount: 1 } } as const;

/** Draws {@link Lorenz}: the curve, the line of equality and, shaded, what lies between; the Gini coefficient in numbers. */
export function drawLorenz(figure: Lorenz): Sketch {
  const curve = [CORNERS.low, ...figure.points, CORNERS.high];
  const drawn = figure.points.length === 0 ? [] : [between(curve), ...segments(curve)];
  const marks = [1, 0.5].flatMap((one) => [
    guideLine(height(one)),
    inkText(`${one * 100}% of ${figure.amount}`, 0, height(one) - 5, "start", SMALL_PX + 1),
  ]);
  const diagonal = { x1: 0, y1: BASE, x2: "100%", y2: TOP, "stroke-width": 1.5, "stroke-dasharray": "5 4" };
  const gini = figure.gini === null ? "Gini not defined" : `Gini ${figure.gini.toFixed(2)}`;
  return {
    height: HEIGHT,
    children: [
      ...marks,
      ...drawn,
      element("line", { ...diagonal, stroke: SERIES[6], class: "l6" }),
      guideLine(BASE),
      inkText("equality", "69%", height(0.73), "end", SMALL_PX + 1),
      inkText(gini, "98%", BASE - 12, "end"),
      ...axis(figure.units),
    ],
  };
}

function axis(units: string): readonly string[] {
  const at = (share: number): string => percent(share);
  return [
    inkText("0%", at(0), BASE + 15, "start", SMALL_PX + 1),
    inkText("50%", at(0.5), BASE + 15, "middle", SMALL_PX + 1),
    inkText("100%", at(1), BASE + 15, "end", SMALL_PX + 1),
    inkText(`share of ${units}, those with least first`, at(0.5), BASE + 32, "middle", SMALL_PX + 1),
  ];
}

/** Straight pieces: lines take percentages, so the curve fits any width without thinning its stroke. */
function segments(curve: readonly LorenzPoint[]): readonly string[] {
  const lines = curve.slice(1).flatMap((to, index) => {
    const from = curve[index];
    if (from === undefined) return [];
    return [
      element("line", {
        x1: percent(from.units),
        y1: height(from.amount),
        x2: percent(to.units),
        y2: height(to.amount),
      }),
    ];
  });
  return [element("g", { stroke: SERIES[0], "stroke-width": 2.5, "stroke-linecap": "round", class: "l0" }, lines)];
}

function between(curve: readonly LorenzPoint[]): string {
  const place = { x: 0, y: TOP, width: "100%", height: PLOT_PX, viewBox: "0 0 100 100", preserveAspectRatio: "none" };
  const points = curve.map((one) => `${pixels(one.units * 100)},${pixels((1 - one.amount) * 100)}`).join(" ");
  return element("svg", place, [
    outline("polygon", points, { fill: SERIES[0], "fill-opacity": 0.15, class: "s0 veil" }),
  ]);
}

function height(amount: number): number {
  return pixels(BASE - Math.min(Math.max(amount, 0), 1) * PLOT_PX);
}
