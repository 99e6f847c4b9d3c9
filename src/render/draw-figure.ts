import { drawBars } from "./bars.ts";
import { drawColumns } from "./columns.ts";
import { drawCountryMap } from "./country-map.ts";
import type { Figure } from "./figure.ts";
import { drawHistogram } from "./histogram.ts";
import { drawLorenz } from "./lorenz.ts";
import { drawMatrix } from "./matrix.ts";
import { drawParts } from "./parts.ts";
import { drawRanks } from "./ranks.ts";
import { element, NAMESPACE, picture, type Sketch } from "./svg.ts";
import { drawSurvival } from "./survival.ts";

/**
 * Draws a figure as SVG that fits any width: positions are percentages, letters keep their size. A map is two pictures, one that
 * grows with its place and under it, in words, its legend.
 */
export function drawFigure(figure: Figure): string {
  const { height, children, scaled } = sketch(figure);
  if (scaled === undefined) return picture(height, figure.alt, children);
  const size = { viewBox: `0 0 ${scaled.width} ${scaled.height}`, width: "100%" };
  const above = { xmlns: NAMESPACE, ...size, role: "img", "aria-label": figure.alt };
  return `${element("svg", above, scaled.children)}${picture(height, `Legend: ${figure.title}`, children)}`;
}

/** A figure's parts and sizes, still without title and frame. */
export function sketch(figure: Figure): Sketch {
  switch (figure.kind) {
    case "bars":
      return drawBars(figure);
    case "parts":
      return drawParts(figure);
    case "columns":
      return drawColumns(figure);
    case "histogram":
      return drawHistogram(figure);
    case "country-map":
      return drawCountryMap(figure);
    case "ranks":
      return drawRanks(figure);
    case "lorenz":
      return drawLorenz(figure);
    case "matrix":
      return drawMatrix(figure);
    case "survival":
      return drawSurvival(figure);
  }
}
