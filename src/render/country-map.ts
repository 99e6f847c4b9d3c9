import { country } from "../knowledge/countries.ts";
import type { CountryMap, CountryRow } from "./figure.ts";
import { count, share } from "./number.ts";
import { classOf, countClasses, type CountClass, SHADES } from "./shade.ts";
import { element, GUIDE, inkText, outline, SERIES, type Sketch, TRACK } from "./svg.ts";
import { fittingText } from "./visible-text.ts";
import { MAP_HEIGHT, MAP_WIDTH, worldLands } from "./world-map.ts";

const ROW_PX = 21;
const MOST_LISTED = 12;
const NAME_CHARACTERS = 30; // fits beside the number at 330 px

/** A line under the map: a shade or none, words, a number. */
interface Line {
  readonly swatch: Fill | null;
  readonly words: string;
  readonly shown: string;
}

interface Fill {
  readonly fill: string;
  readonly class: string;
}

const BLANK: Fill = { fill: TRACK, class: "track" };
const WITHHELD: Fill = { fill: SERIES[6], class: "s6" };

/** Draws {@link CountryMap}: the map, then its classes, what is withheld or unknown, and the countries that the map has no room for. */
export function drawCountryMap(figure: CountryMap): Sketch {
  const lands = worldLands();
  const classes = countClasses(figure.rows.map((row) => row.value ?? 0));
  const rows = new Map(figure.rows.map((row) => [row.country, row]));
  const land = lands.map((one) => {
    const row = one.country === null ? undefined : rows.get(one.country);
    return outline("path", one.path, { ...(row === undefined ? null : fillOf(row, classes)) });
  });
  const ground = { ...BLANK, class: "track coast", stroke: GUIDE, "stroke-width": 6, "stroke-linejoin": "round" };
  const drawn = new Set(lands.map((one) => one.country));
  const undrawn = figure.rows.filter((row) => !drawn.has(row.country));
  const lines = [...legend(figure, classes), ...list(undrawn, figure.whole)];
  return {
    scaled: { width: MAP_WIDTH, height: MAP_HEIGHT, children: [element("g", ground, land)] },
    height: lines.length * ROW_PX + 4,
    children: lines.flatMap(drawLine),
  };
}

function fillOf(row: CountryRow, classes: readonly CountClass[]): Fill | null {
  if (row.value === null) return WITHHELD;
  const found = classOf(row.value, classes);
  return found === null ? null : shadeOf(found);
}

function shadeOf(one: CountClass): Fill {
  return { fill: SHADES[one.shade] ?? SHADES[0], class: `q${one.shade}` };
}

function legend(figure: CountryMap, classes: readonly CountClass[]): readonly Line[] {
  const { unit } = figure.frame;
  const held = figure.rows.filter((row) => row.value === null).length;
  return [
    ...classes.toReversed().map((one) => {
      const countries = figure.rows.filter((row) => row.value !== null && classOf(row.value, classes) === one);
      return { swatch: shadeOf(one), words: `${one.name} ${unit}`, shown: countriesWord(countries.length) };
    }),
    ...(held > 0 ? [{ swatch: WITHHELD, words: "number withheld", shown: countriesWord(held) }] : []),
    { swatch: BLANK, words: "no number told", shown: "" },
    ...(figure.withheld > 0 ? [plain(`${unit} of countries not named`, figure.withheld, figure.whole)] : []),
    ...(figure.unknown > 0 ? [plain(`${unit} of unknown country`, figure.unknown, figure.whole)] : []),
  ];
}

/** The countries that have no shape on the map, those with most first. */
function list(rows: readonly CountryRow[], whole: number): readonly Line[] {
  if (rows.length === 0) return [];
  const sorted = rows.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1) || (a.country < b.country ? -1 : 1));
  const rest = sorted.slice(MOST_LISTED);
  const restUnits = rest.reduce((sum, row) => sum + (row.value ?? 0), 0);
  return [
    { swatch: null, words: "Not on this map:", shown: "" },
    ...sorted.slice(0, MOST_LISTED).map((row) => plain(countryName(row.country), row.value, whole)),
    ...(rest.length > 0 ? [plain(`${rest.length} more`, restUnits, whole)] : []),
  ];
}

/** Name of a country by its two letters; what is no such code stays as it is. */
export function countryName(code: string): string {
  return country(code)?.name ?? code;
}

function plain(words: string, value: number | null, whole: number): Line {
  const shown = value === null ? "withheld" : `${count(value)} · ${share(value, whole)}`;
  return { swatch: null, words, shown };
}

function countriesWord(number: number): string {
  return number === 1 ? "1 country" : `${number} countries`;
}

function drawLine(line: Line, index: number): readonly string[] {
  const top = index * ROW_PX + 4;
  const box = { x: 0, y: top + 2, width: 18, height: 12, rx: 2 };
  return [
    ...(line.swatch === null ? [] : [element("rect", { ...box, ...line.swatch })]),
    inkText(fittingText(line.words, NAME_CHARACTERS), line.swatch === null ? 0 : 26, top + 13),
    ...(line.shown === "" ? [] : [inkText(line.shown, "100%", top + 13, "end")]),
  ];
}
