import type { BarRow, Figure, Frame, LorenzPoint, RankRow } from "../../render/figure.ts";
import { type Inline, inlineText, outside } from "../../render/inline.ts";
import { count, share } from "../../render/number.ts";
import type { Paper } from "./compute-paper.ts";
import type { PaperTable } from "./paper-table.ts";
import { nameOf } from "./paper-name.ts";
import { numberIn, textIn } from "./shown-values.ts";
import { survivalCurve } from "./survival-curve.ts";
import { type ShownRow, WITHHELD } from "./withheld.ts";

/** What a figure is drawn from beside its own table. */
export interface FigureContext {
  readonly tables: readonly PaperTable[];
  /** Whose observations, of which days: the source line under every figure. */
  readonly source: string;
}

/** The source line of a paper: its scopes and its window. */
export function sourceLine({ run }: Paper, label: string | null): string {
  const words =
    run === null
      ? "one lake"
      : `${textIn(run, "first_day") ?? "no day"} to ${textIn(run, "last_day") ?? "no day"}, one lake`;
  return label === null ? words : `${words}, ${label}`;
}

type Drawn = (table: PaperTable, context: FigureContext) => Figure | null;

const MOST_BARS = 20;
/** As many colours as can be told apart beside the grey of what is unknown. */
const MOST_PARTS = 6;

/** Who has a figure of its own; other shares are drawn as bars or parts. */
const OWN: Readonly<Record<string, Drawn>> = {
  F1: countryMap,
  T6m: lineageRanks,
  T7b: histogram,
  T9c: tierMatrix,
  concentration: lorenz,
  survival: survival,
};

/** The figure of an output; `null` for those that are tables alone. */
export function figureOf(table: PaperTable, context: FigureContext): Figure | null {
  const { id, shape } = table.output;
  const drawn = Object.hasOwn(OWN, id) ? OWN[id] : undefined;
  if (drawn !== undefined) return drawn(table, context);
  if (shape.kind !== "shares") return null;
  const isFew = rowsOf(table).length <= MOST_PARTS;
  return shape.items === "closed" && shape.addsUp && isFew ? parts(table, context) : bars(table, context);
}

function rowsOf(table: PaperTable): readonly ShownRow[] {
  return table.shown.all?.rows ?? [];
}

function frameOf(table: PaperTable, { source }: FigureContext, of: string): Frame {
  return { unit: table.output.unit, of, source };
}

/** `of 175,108 hosts, 120 unknown`: the denominator of shares; where each item has its own, that much. */
function ofWords(table: PaperTable): string {
  const wholes = new Set(rowsOf(table).map((row) => numberIn(row, "of_units")));
  const unknowns = new Set(rowsOf(table).map((row) => numberIn(row, "unknown_units")));
  const [of] = wholes;
  const [unknown] = unknowns;
  if (wholes.size !== 1 || typeof of !== "number") return "of another number for each item, as the table says";
  const whole = `of ${count(of)} ${table.output.unit}`;
  if (unknowns.size !== 1) return `${whole}, unknown as each item says`;
  return typeof unknown !== "number" || unknown === 0 ? whole : `${whole}, ${count(unknown)} unknown`;
}

/** An item of shares as a label: in our words, or as strangers wrote it. */
function labelOf({ output: { shape } }: PaperTable, item: string): Inline {
  if (shape.kind !== "shares" || shape.outside) return outside(item);
  const words = shape.words ?? {};
  return Object.hasOwn(words, item) ? (words[item] ?? item) : item;
}

/** Closed classes that add up: one bar in parts, what is unknown last. */
function parts(table: PaperTable, context: FigureContext): Figure | null {
  const [first] = rowsOf(table);
  if (first === undefined || table.output.shape.kind !== "shares") return null;
  const unknown = table.output.shape.unknownBeside === true ? 0 : (numberIn(first, "unknown_units") ?? 0);
  const rows = rowsOf(table).map((row) => {
    const [counted, of] = [numberIn(row, "counted"), numberIn(row, "of_units") ?? 0];
    const shown = counted === null ? WITHHELD : `${count(counted)} · ${share(counted, of)}`;
    return { label: inlineText(labelOf(table, textIn(row, "item") ?? "")), value: counted ?? 0, shown };
  });
  const rest = unknown === 0 ? [] : [{ label: "unknown", value: unknown, shown: count(unknown), isUnknown: true }];
  const drawn = rows.reduce((sum, { value }) => sum + value, unknown);
  const withheld = Math.max(0, (numberIn(first, "of_units") ?? 0) - drawn);
  const hidden =
    withheld === 0 ? [] : [{ label: "withheld, together", value: withheld, shown: count(withheld), isUnknown: true }];
  const told = rows.slice(0, 3).map(({ label, shown }) => `${label} ${shown}`);
  const alt = `One bar in parts, ${table.output.unit}: ${told.join(", ")}.`;
  return {
    kind: "parts",
    title: nameOf(table),
    alt,
    rows: [...rows, ...hidden, ...rest],
    frame: frameOf(table, context, ofWords(table)),
  };
}

function bars(table: PaperTable, context: FigureContext): Figure | null {
  const { shape, unit } = table.output;
  if (shape.kind !== "shares" || rowsOf(table).length === 0) return null;
  const rows = rowsOf(table)
    .slice(0, MOST_BARS)
    .map((row): BarRow => {
      const [counted, of] = [numberIn(row, "counted"), numberIn(row, "of_units") ?? 0];
      return {
        label: labelOf(table, textIn(row, "item") ?? ""),
        value: counted ?? 0,
        whole: of,
        shown: counted === null ? WITHHELD : `${count(counted)} · ${share(counted, of)}`,
        unknown: shape.unknownBeside === true ? 0 : (numberIn(row, "unknown_units") ?? 0),
      };
    });
  const told = rows.slice(0, 3).map((row) => `${inlineText(row.label)} ${row.shown}`);
  const alt = `Bars of ${unit}: ${told.join(", ")}.`;
  const words = rows.some(({ unknown = 0 }) => unknown > 0) ? { words: { value: "counted", unknown: "unknown" } } : {};
  return { kind: "bars", title: nameOf(table), alt, rows, ...words, frame: frameOf(table, context, ofWords(table)) };
}

function countryMap(table: PaperTable, context: FigureContext): Figure | null {
  const rows = rowsOf(table).map((row) => ({ country: textIn(row, "item") ?? "", value: numberIn(row, "counted") }));
  const [first] = rowsOf(table);
  if (first === undefined) return null;
  const whole = numberIn(first, "of_units") ?? 0;
  const unknown = numberIn(first, "unknown_units") ?? 0;
  const shown = rows.reduce((sum, { value }) => sum + (value ?? 0), 0);
  const told = rows.slice(0, 3).map(({ country, value }) => `${country} ${share(value ?? 0, whole)}`);
  return {
    kind: "country-map",
    title: nameOf(table),
    alt: `World map of ${table.output.unit} by country: ${told.join(", ")}.`,
    frame: frameOf(table, context, ofWords(table)),
    rows,
    whole,
    unknown,
    withheld: Math.max(0, whole - unknown - shown),
  };
}

function histogram(table: PaperTable, context: FigureContext): Figure | null {
  const [first] = rowsOf(table);
  if (first === undefined) return null;
  const rows = rowsOf(table).map((row) => ({ label: textIn(row, "item") ?? "", value: numberIn(row, "counted") }));
  const unknown = numberIn(first, "unknown_units") ?? 0;
  const told = rows.map(({ label, value }) => `${label}: ${value === null ? WITHHELD : count(value)}`);
  return {
    kind: "histogram",
    title: nameOf(table),
    alt: `Columns of ${table.output.unit} by number of models: ${told.join(", ")}.`,
    frame: frameOf(table, context, ofWords(table)),
    rows,
    unknown: unknown === 0 ? null : { label: "unknown", value: unknown },
  };
}

function lineageRanks(table: PaperTable, context: FigureContext): Figure | null {
  const rows = rowsOf(table);
  const months = [...new Set(rows.flatMap((row) => textIn(row, "month")?.slice(0, 7) ?? []))];
  const names = [...new Set(rows.flatMap((row) => textIn(row, "lineage") ?? []))];
  if (months.length < 2) return null;
  const rankOf = new Map(
    rows.map((row) => [`${textIn(row, "lineage")} ${textIn(row, "month")?.slice(0, 7)}`, numberIn(row, "rank")]),
  );
  const lines = names.map((name): RankRow => ({
    label: outside(name),
    ranks: months.map((month) => rankOf.get(`${name} ${month}`) ?? null),
  }));
  return {
    kind: "ranks",
    title: nameOf(table),
    alt: `Ranks of the ${names.length} leading lineages over ${months.length} months; ${names.slice(0, 3).join(", ")} lead by hosts over the whole window.`,
    frame: frameOf(table, context, "of the hosts that showed a list in the month"),
    steps: months,
    rows: lines,
  };
}

function tierMatrix(table: PaperTable, context: FigureContext): Figure | null {
  const rows = rowsOf(table);
  const tiers = [...new Set(rows.flatMap((row) => textIn(row, "tier") ?? []))];
  const formats = [...new Set(rows.flatMap((row) => textIn(row, "quantization") ?? []))];
  if (tiers.length === 0) return null;
  const cellOf = new Map(rows.map((row) => [`${textIn(row, "tier")} ${textIn(row, "quantization")}`, row]));
  return {
    kind: "matrix",
    title: nameOf(table),
    alt: `Grid of ${tiers.length} tiers and the ${formats.length} formats that lead in them, shaded by the share of the tier's hosts.`,
    frame: frameOf(
      table,
      context,
      "of the hosts of each tier; a format beyond the five first of a tier is not told there",
    ),
    columns: formats.map(outside),
    rows: tiers.map((tier) => ({
      label: tier,
      cells: formats.map((format) => {
        const row = cellOf.get(`${tier} ${format}`);
        if (row === undefined) return null;
        const [hosts, of] = [numberIn(row, "hosts"), numberIn(row, "of_hosts")];
        return hosts === null || of === null || of === 0 ? "withheld" : hosts / of;
      }),
    })),
  };
}

function lorenz(table: PaperTable, context: FigureContext): Figure | null {
  const rows = rowsOf(table);
  const last = rows.at(-1);
  const [hosts, whole] =
    last === undefined ? [0, 0] : [numberIn(last, "hosts") ?? 0, numberIn(last, "of_observations") ?? 0];
  if (hosts === 0 || whole === 0) return null;
  // The table runs from those seen most; the curve from those seen least.
  const points = rows.toReversed().map((row): LorenzPoint => ({
    units: 1 - (numberIn(row, "hosts") ?? 0) / hosts,
    amount: 1 - (numberIn(row, "observations") ?? 0) / whole,
  }));
  const gini = giniOf(context, "observations");
  const tenth = rows.find((row) => numberIn(row, "percentile") === 10);
  const most = tenth === undefined ? null : numberIn(tenth, "observations");
  return {
    kind: "lorenz",
    title: nameOf(table),
    alt: `Lorenz curve of observations over hosts${most === null ? "" : `: the tenth of hosts seen most made ${share(most, whole)} of them`}.`,
    frame: frameOf(table, context, `of ${count(whole)} counted observations of ${count(hosts)} hosts`),
    units: "hosts",
    amount: "observations",
    points,
    gini,
  };
}

function giniOf({ tables }: FigureContext, measure: string): number | null {
  const rows = tables.find(({ output }) => output.id === "gini")?.shown.all?.rows ?? [];
  const row = rows.find((one) => one["measure"] === measure);
  return row === undefined ? null : numberIn(row, "gini");
}

function survival(table: PaperTable, context: FigureContext): Figure | null {
  const curve = survivalCurve(
    rowsOf(table).map((row) => ({
      weeks: numberIn(row, "weeks") ?? 0,
      atRisk: numberIn(row, "at_risk") ?? 0,
      gone: numberIn(row, "gone_hosts") ?? 0,
    })),
  );
  const [first] = curve;
  if (first === undefined) return null;
  const half = curve.find(({ share: left }) => left <= 0.5);
  const told =
    half === undefined
      ? "more than half stay to the end of what was watched"
      : `half are gone after ${half.weeks} weeks`;
  return {
    kind: "survival",
    title: nameOf(table),
    alt: `Survival of hosts since they were first seen: ${told}.`,
    frame: frameOf(
      table,
      context,
      `of ${count(first.atRisk)} hosts; those still seen at the end are followed to there`,
    ),
    time: "weeks since first seen",
    steps: curve.map(({ weeks, share: left, atRisk }) => ({ at: weeks, share: left, atRisk })),
  };
}
