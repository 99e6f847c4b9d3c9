import type { PublishedFigure } from "../../knowledge/published-figures.ts";
import type { Row } from "../../store/snapshot.ts";
import type { Lake } from "../lake-facts.ts";
import type { ComparisonRecord } from "../paper/paper-schema.ts";
import { type ClusterSums, drawShares, middle, wholeShares } from "./bootstrap.ts";
import { COMPARED_FIGURES, type ComparedFigure, sumsByNetwork } from "./compared-figure.ts";
import { type Manner, whyNot } from "./manner.ts";

/** One side of a comparison: how it was measured, and every figure's sums by network. */
export interface Side {
  readonly manner: Manner;
  readonly sums: ClusterSums;
}

const SEED_HERE = 20_260_129;
const SEED_THERE = 20_260_130;

/** Sums every figure of a lake whose base relations stand. */
export async function sumsOf(lake: Lake): Promise<ClusterSums> {
  const overs = ["study_host", "study_instance"] as const;
  const rows: (readonly Row[])[] = [];
  for (const over of overs) rows.push(await lake.query(sumsByNetwork(figuresOver(over), over)));
  const names = new Map<string, number>();
  for (const row of rows.flat()) names.set(nameOf(row), names.get(nameOf(row)) ?? names.size);
  const columns = overs.flatMap((over, at) =>
    figuresOver(over).map((figure, index) => ({ figure, ...columnsOf(rows[at] ?? [], index, names, figure) })),
  );
  const byFigure = new Map(columns.map((one) => [one.figure, one]));
  const inOrder = COMPARED_FIGURES.map((figure) => byFigure.get(figure));
  return {
    networks: names.size,
    counted: inOrder.map((one) => one?.counted ?? new Float64Array(names.size)),
    of: inOrder.map((one) => one?.of ?? null),
    unknown: inOrder.map((one) => one?.unknown ?? 0),
  };
}

function figuresOver(over: ComparedFigure["over"]): readonly ComparedFigure[] {
  return COMPARED_FIGURES.filter((figure) => figure.over === over);
}

/** Networks that nobody knows are one: they cannot be told apart. */
function nameOf(row: Row): string {
  return JSON.stringify(row["network"] ?? null);
}

function columnsOf(
  rows: readonly Row[],
  index: number,
  names: ReadonlyMap<string, number>,
  { of }: ComparedFigure,
): { readonly counted: Float64Array; readonly of: Float64Array | null; readonly unknown: number } {
  const column = (name: string): Float64Array => {
    const values = new Float64Array(names.size);
    for (const row of rows) values[names.get(nameOf(row)) ?? 0] = Number(row[name] ?? 0);
    return values;
  };
  return {
    counted: column(`c${index}`),
    of: of === null ? null : column(`o${index}`),
    unknown: sumOf(column(`u${index}`)),
  };
}

/** Sets a side beside the published figures; a figure that was never published is left out. */
export function comparePublished(
  here: Side,
  published: readonly PublishedFigure[],
  there: Manner,
  floor: number,
): readonly ComparisonRecord[] {
  const shares = wholeShares(here.sums);
  const draws = drawShares(here.sums, SEED_HERE);
  return published.flatMap((one): readonly ComparisonRecord[] => {
    const at = COMPARED_FIGURES.findIndex(({ output, item }) => output === one.output && item === one.item);
    if (at === -1) return [];
    const share = shownShare(here.sums, shares, at, floor);
    const interval = middle(draws[at] ?? []);
    const isShare = COMPARED_FIGURES[at]?.of !== null && one.kind === "share";
    const value = isShare || COMPARED_FIGURES[at]?.of !== null ? share : shownNumber(here.sums, at, floor);
    const reason = value === null ? "not defined here, or withheld" : whyNot(here.manner, there, one.output);
    const points = isShare && value !== null && reason === null ? (value - one.value) * 100 : null;
    return [
      {
        output: one.output,
        item: one.item,
        row: one.row,
        kind: one.kind,
        here: value,
        there: one.value,
        points,
        low: points === null || interval === null ? null : (interval.low - one.value) * 100,
        high: points === null || interval === null ? null : (interval.high - one.value) * 100,
        says:
          reason === null
            ? `comparable; published ${CLAIMS[one.claim]}${unknownWords(here.sums, at)}`
            : `not comparable: ${reason}`,
      },
    ];
  });
}

const CLAIMS: Readonly<Record<PublishedFigure["claim"], string>> = {
  exact: "as such",
  about: "rounded",
  over: "as a lower bound",
  "at-least": "as a lower bound",
  press: "by the press alone",
};

/** Sets two lakes side by side: every figure, with the interval of the difference of two independent draws. */
export function compareSides(here: Side, there: Side, floor: number): readonly ComparisonRecord[] {
  const [ours, theirs] = [wholeShares(here.sums), wholeShares(there.sums)];
  const [drawsHere, drawsThere] = [drawShares(here.sums, SEED_HERE), drawShares(there.sums, SEED_THERE)];
  return COMPARED_FIGURES.map(({ output, item, of }, at): ComparisonRecord => {
    const own = of === null ? shownNumber(here.sums, at, floor) : shownShare(here.sums, ours, at, floor);
    const other = of === null ? shownNumber(there.sums, at, floor) : shownShare(there.sums, theirs, at, floor);
    const missing = own === null || other === null;
    const reason = missing ? "not defined on both sides, or withheld" : whyNot(here.manner, there.manner, output);
    const points = of === null || missing || reason !== null ? null : (own - other) * 100;
    const differences = Float64Array.from(
      drawsHere[at] ?? [],
      (value, draw) => value - (drawsThere[at]?.[draw] ?? Number.NaN),
    );
    const interval = points === null ? null : middle(differences);
    return {
      output,
      item,
      row: null,
      kind: of === null || item.startsWith("mean") ? "number" : "share",
      here: own,
      there: other,
      points,
      low: interval === null ? null : interval.low * 100,
      high: interval === null ? null : interval.high * 100,
      says: reason === null ? `comparable${unknownWords(here.sums, at)}` : `not comparable: ${reason}`,
    };
  });
}

/** How many of a share's whole are unknown here: the true share may be greater by as many. */
function unknownWords({ of, unknown }: ClusterSums, at: number): string {
  const whole = sumOf(of[at]);
  const points = whole === 0 ? 0 : ((unknown[at] ?? 0) / whole) * 100;
  return points < 0.05 ? "" : `; ${points.toFixed(1)} % of them unknown here`;
}

function sumOf(values: Float64Array | null | undefined): number {
  return values?.reduce((sum, value) => sum + value, 0) ?? 0;
}

function isSmall(count: number, floor: number): boolean {
  return count > 0 && count < floor;
}

function shownShare(sums: ClusterSums, shares: readonly (number | null)[], at: number, floor: number): number | null {
  const [counted, of] = [sumOf(sums.counted[at]), sumOf(sums.of[at])];
  const isNothingKnown = (sums.unknown[at] ?? 0) >= of;
  return isNothingKnown || isSmall(counted, floor) || isSmall(of, floor) ? null : (shares[at] ?? null);
}

function shownNumber(sums: ClusterSums, at: number, floor: number): number | null {
  const count = sumOf(sums.counted[at]);
  return isSmall(count, floor) ? null : count;
}
