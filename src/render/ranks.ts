import type { RankRow, Ranks } from "./figure.ts";
import { inlineText } from "./inline.ts";
import { element, INK, inkText, percent, SERIES, type Sketch, SMALL_PX } from "./svg.ts";
import { fittingText } from "./visible-text.ts";

const TOP = 14;
const ROW_PX = 26;
const LINE_PX = 16; // least distance of two names
const OVER_PX = 19;
const DEEPEST = 15;
const LEFT = 0.07;
const RIGHT = 0.6;
const NAMES = 0.64;
const NAME_CHARACTERS = 15; // fits the rest of 330 px
const MOST_DOTTED = 18; // steps: more dots than that would touch
const COLOURS = SERIES.slice(0, 6);
const DASHES = ["none", "6 3", "2 3"] as const;

/** Where a line ends: its last step with a rank. */
interface Ending {
  readonly name: string;
  readonly slot: number;
  readonly step: number;
  readonly rank: number;
}

/**
 * Draws {@link Ranks}: first at the top; each line is named at its end, and told apart by colour, dashes and name. A line that ends
 * before the last step is named below with that step.
 */
export function drawRanks(figure: Ranks): Sketch {
  const { steps } = figure;
  const rows = figure.rows.map((row) => ({ ...row, ranks: steps.map((_, index) => drawnRank(row.ranks[index])) }));
  const deepest = Math.max(1, ...rows.flatMap((row) => row.ranks.map((rank) => rank ?? 0)));
  const ends = endings(rows);
  const names = spread(ends.filter((end) => end.step === steps.length - 1));
  const over = ends.filter((end) => end.step < steps.length - 1);
  const bottom = Math.max(height(deepest), names.at(-1)?.at ?? 0) + 28;
  return {
    height: bottom + 6 + over.length * OVER_PX,
    children: [
      ...Array.from({ length: deepest }, (_, index) =>
        inkText(`${index + 1}`, 0, height(index + 1) + 4, "start", SMALL_PX + 1),
      ),
      ...rows.flatMap((row, index) => drawLine(row, index, steps.length)),
      ...names.flatMap(drawName),
      ...axis(steps, bottom),
      ...over.flatMap((end, index) => drawOver(end, steps, bottom + (index + 1) * OVER_PX)),
    ],
  };
}

function drawnRank(rank: number | null | undefined): number | null {
  return typeof rank === "number" && Number.isInteger(rank) && rank >= 1 && rank <= DEEPEST ? rank : null;
}

function drawLine(row: RankRow, index: number, steps: number): readonly string[] {
  const pieces: string[] = [];
  row.ranks.forEach((rank, step) => {
    if (rank === null) return;
    const before = step === 0 ? null : (row.ranks[step - 1] ?? null);
    const after = row.ranks[step + 1] ?? null;
    const here = { x: place(step, steps), y: height(rank) };
    if (before !== null)
      pieces.push(element("line", { x1: place(step - 1, steps), y1: height(before), x2: here.x, y2: here.y }));
    if (steps <= MOST_DOTTED || (before === null && after === null))
      pieces.push(element("circle", { cx: here.x, cy: here.y, r: 3, stroke: "none" }));
  });
  if (pieces.length === 0) return [];
  return [element("g", pen(index), pieces)];
}

/** Colour and dashes of a line: eighteen lines are told apart. */
function pen(slot: number): Readonly<Record<string, string | number>> {
  const at = slot % COLOURS.length;
  const colour = COLOURS[at] ?? INK;
  const dashes = DASHES[Math.floor(slot / COLOURS.length) % DASHES.length] ?? "none";
  return { stroke: colour, fill: colour, "stroke-width": 2.2, "stroke-dasharray": dashes, class: `l${at}` };
}

/** The ends of the lines from the first rank down; a line without a rank has none. */
function endings(rows: readonly RankRow[]): readonly Ending[] {
  const ends = rows.flatMap((row, slot) => {
    const step = row.ranks.findLastIndex((rank) => rank !== null);
    const rank = row.ranks[step] ?? null;
    return rank === null ? [] : [{ name: inlineText(row.label), slot, step, rank }];
  });
  return ends.toSorted((a, b) => a.rank - b.rank || a.slot - b.slot);
}

/** Gives every name its place at its rank, lower where another stands there. */
function spread(ends: readonly Ending[]): readonly (Ending & { readonly at: number })[] {
  let free = 0;
  return ends.map((end) => {
    const at = Math.max(free, height(end.rank));
    free = at + LINE_PX;
    return { ...end, at };
  });
}

function drawName(end: Ending & { readonly at: number }): readonly string[] {
  const to = { x1: percent(RIGHT + 0.015), y1: height(end.rank), x2: percent(NAMES - 0.01), y2: end.at };
  return [
    element("line", { ...to, ...pen(end.slot), "stroke-width": 1 }),
    inkText(fittingText(end.name, NAME_CHARACTERS), percent(NAMES), end.at + 4),
  ];
}

function drawOver(end: Ending, steps: readonly string[], at: number): readonly string[] {
  const words = `${fittingText(end.name, NAME_CHARACTERS)}: last rank ${end.rank} in ${fittingText(steps[end.step] ?? "", 10)}`;
  return [element("line", { x1: 0, y1: at - 4, x2: "5%", y2: at - 4, ...pen(end.slot) }), inkText(words, "7%", at)];
}

function axis(steps: readonly string[], at: number): readonly string[] {
  const last = steps.length - 1;
  // Only about the very middle has it room between the two at the ends on a phone.
  const middle = last > 3 && (last % 2 === 0 || last > 20) ? [Math.floor(last / 2)] : [];
  return [...new Set([0, ...middle, Math.max(last, 0)])].flatMap((step) => {
    const words = steps[step];
    if (words === undefined) return [];
    const anchor = last === 0 ? "middle" : step === 0 ? "start" : step === last ? "end" : "middle";
    return [inkText(fittingText(words, 10), place(step, steps.length), at, anchor, SMALL_PX + 1)];
  });
}

function place(step: number, steps: number): string {
  return percent(steps <= 1 ? RIGHT : LEFT + ((RIGHT - LEFT) * step) / (steps - 1));
}

function height(rank: number): number {
  return TOP + (rank - 1) * ROW_PX;
}
