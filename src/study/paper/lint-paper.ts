import { METHOD_POINTS } from "./method-words.ts";
import type { PaperRecord } from "./paper-schema.ts";

type Output = PaperRecord["outputs"][number];
type Shown = NonNullable<Output["populations"]["all"]>;

/**
 * What a paper fails to state (rule R18), or states twice in ways that cannot both hold; empty for one that may be passed on. Each line
 * names the output or the point of the methods.
 */
export function lintPaper(paper: PaperRecord): readonly string[] {
  const points = METHOD_POINTS.filter((point) => (paper.methods[point] ?? "").trim() === "");
  return [...points.map((point) => `methods: says nothing on ${point}`), ...paper.outputs.flatMap(lintOutput)];
}

function lintOutput(output: Output): readonly string[] {
  const parts = { title: output.title, unit: output.unit, definition: output.definition, source: output.source };
  const empty = Object.entries(parts).filter(([, text]) => text.trim() === "");
  const told = empty.map(([name]) => `${output.id}: no ${name}`);
  const { all } = output.populations;
  if (output.undefined_because !== null)
    return all === undefined ? told : [...told, `${output.id}: not defined, yet it has rows`];
  if (all === undefined) return [...told, `${output.id}: neither rows nor why there are none`];
  const shown = Object.values(output.populations).filter((one): one is Shown => one !== undefined);
  return [...told, ...shown.flatMap((one) => one.rows.flatMap((row) => lintRow(output, row)))];
}

/** A cell is no more than what it is of. */
function lintRow({ id, columns }: Output, row: Shown["rows"][number]): readonly string[] {
  return columns.flatMap(({ from, of }) => {
    const cell = row[from];
    const whole = of === null ? undefined : row[of];
    const isMore = typeof cell === "number" && typeof whole === "number" && cell > whole;
    return isMore ? [`${id}: ${from} ${cell} is more than ${of} ${whole}`] : [];
  });
}
