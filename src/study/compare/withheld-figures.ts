import type { PaperTable } from "../paper/paper-table.ts";
import { WITHHELD } from "../paper/withheld.ts";
import type { StudyOutput } from "../study-output.ts";
import { COMPARED_FIGURES, type ComparedFigure } from "./compared-figure.ts";

type Named = Pick<ComparedFigure, "output" | "item">;

/** The outputs that may withhold a figure for the sake of another: those whose rows add up. */
export function guardingOutputs(outputs: readonly StudyOutput[]): readonly StudyOutput[] {
  const compared = new Set(COMPARED_FIGURES.map(({ output }) => output));
  return outputs.filter(
    ({ id, shape }) => compared.has(id) && (shape.kind === "rows" ? shape.addsUp !== undefined : shape.addsUp),
  );
}

/**
 * Tells of a compared figure whether the table of its output withholds it. A row is hidden there also when it holds many, because another
 * could be told by subtraction: a comparison that showed it would undo that.
 */
export function withheldFigures(tables: readonly PaperTable[]): (figure: Named) => boolean {
  const hidden = new Map(tables.map((table) => [table.output.id, hiddenNames(table)]));
  return ({ output, item }) => {
    const words = new Set([item, item.replaceAll(" + ", "+"), ...item.split(" ")]);
    return (hidden.get(output) ?? []).some((name) => words.has(name));
  };
}

/** Names of the hidden rows that stand for the whole along every other dimension. */
function hiddenNames({ columns, shown }: PaperTable): readonly string[] {
  const named = columns.filter(({ holds }) => holds === "text" || holds === "outside").map(({ from }) => from);
  const rows = (shown.all?.rows ?? []).filter((row) => Object.values(row).includes(WITHHELD));
  return rows.flatMap((row) => {
    const [name, ...others] = named.map((column) => row[column]);
    return typeof name === "string" && others.every((other) => other === "all") ? [name] : [];
  });
}
