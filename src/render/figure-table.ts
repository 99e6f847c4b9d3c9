import { countryName } from "./country-map.ts";
import type { CountryMap, Figure, Lorenz, Matrix, Ranks, Survival } from "./figure.ts";
import { type Inline, outside } from "./inline.ts";
import { count, share } from "./number.ts";
import type { Column, Table } from "./table.ts";

const MOST_ROWS = 11; // of a curve: enough to draw it again
const WITHHELD = "withheld";
const NONE = "–";

/** A figure's numbers as a table, for where it cannot be drawn; curves keep every so many points, ranks their first and last step. */
export function figureTable(figure: Figure): Table {
  switch (figure.kind) {
    case "bars":
      return table(
        figure,
        ["", "value"],
        figure.rows.map((row) => [row.label, row.shown]),
      );
    case "parts":
      return table(
        figure,
        ["", "value"],
        figure.rows.map((row) => [row.label, row.shown]),
      );
    case "columns":
      return table(
        figure,
        ["", figure.unit],
        figure.rows.map((row) => [row.label, counted(row.value, NONE)]),
      );
    case "histogram": {
      const rows = [...figure.rows, ...(figure.unknown === null ? [] : [figure.unknown])];
      return table(
        figure,
        ["class", figure.frame.unit],
        rows.map((row) => [row.label, counted(row.value, WITHHELD)]),
      );
    }
    case "country-map":
      return countryTable(figure);
    case "ranks":
      return rankTable(figure);
    case "lorenz":
      return lorenzTable(figure);
    case "matrix":
      return matrixTable(figure);
    case "survival":
      return survivalTable(figure);
  }
}

/** The first column holds words, the others numbers. */
function table(figure: Figure, names: readonly string[], rows: Table["rows"]): Table {
  const columns = names.map((name, index): Column => ({ name, holds: index === 0 ? "text" : "number" }));
  return { kind: "table", caption: figure.title, columns, rows };
}

function countryTable(figure: CountryMap): Table {
  const line = (name: Inline, value: number): readonly Inline[] => [name, count(value), share(value, figure.whole)];
  const sorted = figure.rows.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1) || (a.country < b.country ? -1 : 1));
  const rows = sorted.map((row) => {
    const name = countryName(row.country);
    const shown = name === row.country ? outside(name) : name;
    return row.value === null ? [shown, WITHHELD, WITHHELD] : line(shown, row.value);
  });
  const rest = [
    ...(figure.withheld > 0 ? [line("countries not named", figure.withheld)] : []),
    ...(figure.unknown > 0 ? [line("unknown", figure.unknown)] : []),
  ];
  return table(figure, ["country", figure.frame.unit, "share"], [...rows, ...rest]);
}

function rankTable(figure: Ranks): Table {
  const rank = (value: number | null | undefined): string => counted(value ?? null, NONE);
  const rows = figure.rows.map((row) => [row.label, rank(row.ranks[0]), rank(row.ranks[figure.steps.length - 1])]);
  return table(figure, ["", `rank in ${figure.steps[0] ?? NONE}`, `rank in ${figure.steps.at(-1) ?? NONE}`], rows);
}

function lorenzTable(figure: Lorenz): Table {
  const rows = some(figure.points).map((point) => [share(point.units, 1), share(point.amount, 1)]);
  return table(figure, [`share of ${figure.units}, least first`, `share of ${figure.amount}`], rows);
}

function matrixTable(figure: Matrix): Table {
  const columns = figure.columns.map((_, index) => `${index + 1}`);
  const cell = (value: Matrix["rows"][number]["cells"][number]): string =>
    value === null ? NONE : value === WITHHELD ? WITHHELD : share(value, 1);
  const head: readonly Inline[] = ["", ...figure.columns];
  const rows = figure.rows.map((row) => [
    row.label,
    ...figure.columns.map((_, index) => cell(row.cells[index] ?? null)),
  ]);
  return table(figure, ["", ...columns], [head, ...rows]);
}

function survivalTable(figure: Survival): Table {
  const rows = some(figure.steps).map((step) => [count(step.at), share(step.share, 1), counted(step.atRisk, WITHHELD)]);
  return table(figure, [figure.time, "still there", `${figure.frame.unit} at risk`], rows);
}

function counted(value: number | null, otherwise: string): string {
  return value === null ? otherwise : count(value);
}

/** Every so many of a long list, the first and the last among them. */
function some<T>(all: readonly T[]): readonly T[] {
  if (all.length <= MOST_ROWS) return all;
  const places = Array.from({ length: MOST_ROWS }, (_, index) =>
    Math.round((index * (all.length - 1)) / (MOST_ROWS - 1)),
  );
  return all.filter((_, index) => places.includes(index));
}
