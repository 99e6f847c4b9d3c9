import type { Block } from "../render/document.ts";
import type { BarRow, Bars, Columns, Parts } from "../render/figure.ts";
import { type Inline, outside } from "../render/inline.ts";
import { count, share } from "../render/number.ts";
import type { Table } from "../render/table.ts";
import type { Value } from "../store/snapshot.ts";
import { type Distribution, type Share, SMALLEST_CELL } from "./distribution.ts";
import { everyDay } from "./every-day.ts";
import type { DaysOutput, NumbersOutput, RowsOutput, SharesOutput } from "./output.ts";
import type { Computed, DayRow, NumberRow } from "./read-output.ts";

/** A time as the lake gives it; shown to the minute, in UTC. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/u;
const MOST_BARS = 12;
const MOST_ROWS = 25;

/** The blocks that show an output: figure, table, and in small print its definition and what is not shown. */
export function showOutput(computed: Computed): readonly Block[] {
  switch (computed.kind) {
    case "shares":
      return showShares(computed.output, computed.distribution);
    case "numbers":
      return showNumbers(computed.output, computed.numbers);
    case "days":
      return showDays(computed.output, computed.days);
    case "rows":
      return showRows(computed.output, computed.rows, computed.held);
  }
}

function showShares(output: SharesOutput, { shares, pooledItems }: Distribution): readonly Block[] {
  const note = noteOf(output, [pooledWords(pooledItems, output.unit), furtherWords(shares.length)]);
  if (shares.length === 0)
    return [{ kind: "paragraph", text: [`${output.caption}: ${output.nothing ?? "nothing to show"}.`] }, note];
  return [
    output.addsUp && output.items === "closed" ? partsOf(output, shares) : barsOf(output, shares),
    shareTable(output, shares),
    note,
  ];
}

function barsOf(output: SharesOutput, shares: readonly Share[]): Bars {
  const shown = shares.slice(0, MOST_BARS);
  const rows = shown.map((one): BarRow => ({
    label: nameOf(output, one.item),
    value: one.counted ?? 0,
    whole: one.of,
    shown: one.counted === null ? WITHHELD : `${count(one.counted)} · ${share(one.counted, one.of)}`,
    unknown: output.unknownBeside === true ? 0 : one.unknown,
  }));
  const alt = `Bars of ${output.unit}: ${told(output, shown)}.`;
  return { kind: "bars", title: output.caption, alt, rows };
}

function partsOf(output: SharesOutput, shares: readonly Share[]): Parts {
  const unknown = shares[0]?.unknown ?? 0;
  const rows = shares.map((one) => ({
    label: wordsOf(output, one.item),
    value: one.counted ?? 0,
    shown: one.counted === null ? WITHHELD : `${count(one.counted)} · ${share(one.counted, one.of)}`,
  }));
  const unknownRow = { label: "unknown", value: unknown, shown: count(unknown), isUnknown: true };
  const alt = `One bar in parts: ${told(output, shares)}.`;
  return { kind: "parts", title: output.caption, alt, rows: unknown > 0 ? [...rows, unknownRow] : rows };
}

function told(output: SharesOutput, shares: readonly Share[]): string {
  const say = (one: Share): string =>
    `${wordsOf(output, one.item)} ${one.counted === null ? WITHHELD : `${count(one.counted)} of ${count(one.of)}`}`;
  return shares.slice(0, 5).map(say).join(", ");
}

const WITHHELD = "withheld";

function shareTable(output: SharesOutput, shares: readonly Share[]): Table {
  const rows = shares
    .slice(0, MOST_ROWS)
    .map((one) => [
      nameOf(output, one.item),
      one.counted === null ? WITHHELD : count(one.counted),
      count(one.of),
      one.counted === null ? "–" : share(one.counted, one.of),
      count(one.unknown),
    ]);
  const number = (name: string) => ({ name, holds: "number" }) as const;
  const columns = [
    { name: "", holds: "text" } as const,
    number(output.unit),
    number("of"),
    number("share"),
    number("unknown"),
  ];
  return { kind: "table", caption: output.caption, columns, rows };
}

function nameOf(output: SharesOutput, item: string): Inline {
  return output.outside ? outside(item) : wordsOf(output, item);
}

function wordsOf({ words }: SharesOutput, item: string): string {
  return words !== undefined && Object.hasOwn(words, item) ? (words[item] ?? item) : item;
}

function showNumbers(output: NumbersOutput, numbers: readonly NumberRow[]): readonly Block[] {
  const rows = numbers.map(({ item, value }) => [
    Object.hasOwn(output.words, item) ? (output.words[item] ?? item) : item,
    valueText(value),
  ]);
  const columns = [{ name: "", holds: "text" } as const, { name: "", holds: "number" } as const];
  return [{ kind: "table", caption: output.caption, columns, rows }, noteOf(output, [])];
}

function showDays(output: DaysOutput, days: readonly DayRow[]): readonly Block[] {
  const rows = everyDay(days);
  const looked = days.length;
  const highest = Math.max(0, ...days.map((day) => day.counted));
  const alt = `Columns per day: ${count(looked)} days on which somebody looked, at most ${count(highest)} ${output.unit} on one.`;
  const figure: Columns = {
    kind: "columns",
    title: output.caption,
    alt,
    unit: output.unit,
    rows: rows.map((row) => ({ label: row.day, value: row.counted })),
  };
  const missing = rows.filter((row) => row.counted === null).map((row) => row.day);
  const gap =
    missing.length === 0
      ? null
      : `Nobody looked on ${missing.slice(0, 12).join(", ")}${missing.length > 12 ? " …" : ""}.`;
  return [figure, noteOf(output, [gap])];
}

function showRows(output: RowsOutput, rows: readonly (readonly Value[])[], held: number): readonly Block[] {
  const floorWords =
    held === 0 ? null : `Not shown: rows that stand for fewer than ${SMALLEST_CELL} hosts (${count(held)}).`;
  if (rows.length === 0)
    return [
      { kind: "paragraph", text: [`${output.caption}: ${output.nothing ?? "nothing to show"}.`] },
      noteOf(output, [floorWords]),
    ];
  const columns = output.columns.map(
    ({ name, holds }) => ({ name, holds: holds === "number" ? holds : "text" }) as const,
  );
  const cells = rows.map((row) =>
    row.map((value, index) => {
      const shown = valueText(value);
      return output.columns[index]?.holds === "outside" && value !== null ? outside(shown) : shown;
    }),
  );
  return [{ kind: "table", caption: output.caption, columns, rows: cells }, noteOf(output, [floorWords])];
}

function valueText(value: Value): string {
  if (value === null) return "unknown";
  if (typeof value === "number") return count(value);
  if (typeof value !== "string") return JSON.stringify(value);
  return INSTANT.test(value) ? value.slice(0, 16).replace("T", " ") : value;
}

function pooledWords(items: number, unit: string): string | null {
  return items === 0
    ? null
    : `${count(items)} further names, each on fewer than ${SMALLEST_CELL} ${unit}, are not shown.`;
}

function furtherWords(rows: number): string | null {
  return rows <= MOST_ROWS ? null : `The first ${MOST_ROWS} of ${count(rows)} rows; all stand in report.json.`;
}

function noteOf(
  output: { readonly definition: string; readonly source: string },
  more: readonly (string | null)[],
): Block {
  const words = [output.definition, ...more.filter((one) => one !== null), `Source: ${output.source}.`];
  return { kind: "note", text: [words.join(" ")] };
}
