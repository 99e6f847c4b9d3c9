import { figurePicture } from "../../render/figure-picture.ts";
import type { Paper } from "./compute-paper.ts";
import { figureOf, sourceLine } from "./paper-figures.ts";
import { labelOf } from "./paper-record.ts";

/** A figure that stands alone, as SVG. */
export interface Picture {
  /** Name of its output's query file: `t7b-inventory-sizes`. */
  readonly name: string;
  readonly svg: string;
}

const WIDTH_PX = 900;

/** Every figure of a paper as a picture; what its data are (synthetic) stands in its title. */
export function paperPictures(paper: Paper): readonly Picture[] {
  const label = labelOf(paper.facts);
  const context = { tables: paper.tables, source: sourceLine(paper, label) };
  return paper.tables.flatMap((table) => {
    const figure = table.undefinedBecause === null ? figureOf(table, context) : null;
    if (figure === null) return [];
    const title = label === null ? figure.title : `${figure.title} (${label})`;
    return [{ name: table.output.file, svg: figurePicture({ ...figure, title }, WIDTH_PX) }];
  });
}
