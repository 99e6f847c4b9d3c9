import { drawBars } from "./bars.ts";
import { drawColumns } from "./columns.ts";
import type { Figure } from "./figure.ts";
import { drawParts } from "./parts.ts";

/** Draws a figure as an SVG that fits any width: positions are percentages, letters keep their size. */
export function drawFigure(figure: Figure): string {
  switch (figure.kind) {
    case "bars":
      return drawBars(figure);
    case "parts":
      return drawParts(figure);
    case "columns":
      return drawColumns(figure);
  }
}
