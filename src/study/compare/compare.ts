import type { PublishedFigure } from "../../knowledge/published-figures.ts";
import type { Row } from "../../store/snapshot.ts";
import type { Lake } from "../lake-facts.ts";
import type { ComparisonRecord } from "../paper/paper-schema.ts";
import { type ClusterSums, drawShares, isDrawable, middle, wholeShares } from "./bootstrap.ts";
import { COMPARED_FIGURES, type ComparedFigure, sumsByNetwork } from "./compared-figure.ts";
import { type Manner, whyNot } from "./manner.ts";

/** One side of a comparison: how it was measured, and every figure's sums by network. */
export interface Side {
  readonly manner: Manner;
  readonly sums: ClusterSums;
  /** What its own tables withhold, which a comparison must not give back. */
  readonly withheld: (figure: Pick<ComparedFigure, "output" | "item">) => boolean;
  /** Numbers that are no sums over networks, by column of T1: `days`, `countries`, `networks`. */
  readonly scale: ReadonlyMap<string, number>;
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

/** Sets a side beside the published figures, in their order. */
export function comparePublished(
  here: Side,
  published: readonly PublishedFigure[],
  there: Manner,
  floor: number,
): readonly ComparisonRecord[] {
  const shares = wholeShares(here.sums);
  const draws = drawShares(here.sums, SEED_HERE);
  return published.map((one): ComparisonRecord => {
    const at = COMPARED_FIGURES.findIndex(({ output, item }) => output === one.output && item === one.item);
    const value = at === -1 ? (here.scale.get(one.item) ?? null) : shownFigure(here, shares, at, floor);
    const isCount = at === -1 || COMPARED_FIGURES[at]?.of === null;
    const reason =
      value === null ? "not defined here, or withheld" : whyNot(here.manner, there, { output: one.output, isCount });
    const points = one.kind === "share" && value !== null && reason === null ? (value - one.value) * 100 : null;
    const interval = points !== null && isDrawable(here.sums, at) ? middle(draws[at] ?? []) : null;
    return {
      output: one.output,
      item: one.item,
      row: one.row,
      kind: one.kind,
      here: value,
      there: one.value,
      points,
      low: interval === null ? null : (interval.low - one.value) * 100,
      high: interval === null ? null : (interval.high - one.value) * 100,
      says:
        reason === null
          ? `comparable; published ${CLAIMS[one.claim]}${unknownWords(here.sums, at, "here")}`
          : `not comparable: ${reason}`,
    };
  });
}

const CLAIMS: Readonly<Record<PublishedFigure["claim"], string>> = {
  exact: "as such",
  about: "rounded, by half a point or more",
  over: "as a lower bound",
  "at-least": "as a lower bound",
  press: "by the press alone",
};

/** Sets two lakes side by side: every figure, with the interval of the difference of two independent draws. */
export function compareSides(here: Side, there: Side, floor: number): readonly ComparisonRecord[] {
  const [ours, theirs] = [wholeShares(here.sums), wholeShares(there.sums)];
  const [drawsHere, drawsThere] = [drawShares(here.sums, SEED_HERE), drawShares(there.sums, SEED_THERE)];
  return COMPARED_FIGURES.map((figure, at): ComparisonRecord => {
    const { output, item } = figure;
    const [own, other] = [shownFigure(here, ours, at, floor), shownFigure(there, theirs, at, floor)];
    const missing = own === null || other === null;
    const isCount = figure.of === null;
    const reason = missing
      ? "not defined on both sides, or withheld"
      : whyNot(here.manner, there.manner, { output, isCount });
    const kind = isCount || isMean(figure) ? "number" : "share";
    const points = kind === "number" || missing || reason !== null ? null : (own - other) * 100;
    const differences = Float64Array.from(
      drawsHere[at] ?? [],
      (value, draw) => value - (drawsThere[at]?.[draw] ?? Number.NaN),
    );
    const isDrawn = points !== null && isDrawable(here.sums, at) && isDrawable(there.sums, at);
    const interval = isDrawn ? middle(differences) : null;
    const unknown = `${unknownWords(here.sums, at, "here")}${unknownWords(there.sums, at, "there")}`;
    return {
      output,
      item,
      row: null,
      kind,
      here: own,
      there: other,
      points,
      low: interval === null ? null : interval.low * 100,
      high: interval === null ? null : interval.high * 100,
      says: reason === null ? `comparable${unknown}` : `not comparable: ${reason}`,
    };
  });
}

/** How many of a share's whole are not known on a side: its true share may be greater by as many. */
function unknownWords({ of, unknown }: ClusterSums, at: number, side: "here" | "there"): string {
  const whole = sumOf(of[at]);
  const points = whole === 0 ? 0 : ((unknown[at] ?? 0) / whole) * 100;
  const units = COMPARED_FIGURES[at]?.over === "study_instance" ? "instances" : "hosts";
  return points < 0.05 ? "" : `; of ${points.toFixed(1)} % of the ${units} it is not known ${side}`;
}

function sumOf(values: Float64Array | null | undefined): number {
  return values?.reduce((sum, value) => sum + value, 0) ?? 0;
}

function isSmall(count: number, floor: number): boolean {
  return count > 0 && count < floor;
}

/** A figure as it may be shown; `null` where it is not defined, or withheld here or in the tables. */
function shownFigure(side: Side, shares: readonly (number | null)[], at: number, floor: number): number | null {
  const figure = COMPARED_FIGURES[at];
  if (figure === undefined || side.withheld(figure)) return null;
  const [counted, of] = [sumOf(side.sums.counted[at]), sumOf(side.sums.of[at])];
  if (!isMean(figure) && isSmall(counted, floor)) return null;
  if (figure.of === null) return counted;
  const isNothingKnown = (side.sums.unknown[at] ?? 0) >= of;
  return isNothingKnown || isSmall(of, floor) ? null : (shares[at] ?? null);
}

/** A mean is a quotient, too, and no share. */
function isMean({ item }: ComparedFigure): boolean {
  return item.startsWith("mean ");
}
