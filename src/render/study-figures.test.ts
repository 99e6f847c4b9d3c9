import fc from "fast-check";
import sax from "sax";
import { describe, expect, test } from "vitest";
import { COUNTRY_MAP, HISTOGRAM, LORENZ, MATRIX, RANKS, STUDY_FIGURES, SURVIVAL } from "../../test/support/figures.ts";
import { drawFigure } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { figurePicture } from "./figure-picture.ts";
import { figureTable } from "./figure-table.ts";
import { renderHtml } from "./html.ts";
import { outside } from "./inline.ts";
import { renderMarkdown } from "./markdown.ts";

const all = (svg: string, pattern: RegExp): readonly string[] =>
  Array.from(svg.matchAll(pattern), (match) => match[1] ?? "");

/** Fails on anything that is not well-formed XML; gives the texts in it. */
function textsOf(svg: string): readonly string[] {
  const texts: string[] = [];
  const parser = sax.parser(true);
  Object.assign(parser, {
    onerror: (error: Error) => {
      throw error;
    },
    ontext: (words: string) => texts.push(words),
  });
  parser.write(`<root>${svg}</root>`).close();
  return texts;
}

function sound(figure: Figure): string {
  const svg = drawFigure(figure);
  const alone = figurePicture(figure, 390);
  for (const one of [svg, alone]) {
    textsOf(one);
    expect(one).not.toMatch(/="(?:NaN|-?Infinity|undefined|-[\d.]+%)|height="-/u);
  }
  expect(drawFigure(figure)).toBe(svg);
  return svg;
}

const steps = Array.from({ length: 60 }, (_, month) => `${2021 + Math.floor(month / 12)}-${(month % 12) + 1}`);
const CODES = Array.from({ length: 250 }, (_, at) => String.fromCharCode(65 + Math.floor(at / 26), 65 + (at % 26)));

describe.each<readonly [string, Figure]>([
  ["a map of nothing", { ...COUNTRY_MAP, rows: [], whole: 0, withheld: 0, unknown: 0 }],
  ["a map of one country", { ...COUNTRY_MAP, rows: [{ country: "DE", value: 1 }] }],
  ["a map of zeros", { ...COUNTRY_MAP, rows: [{ country: "DE", value: 0 }] }],
  ["a map all withheld", { ...COUNTRY_MAP, rows: CODES.map((country) => ({ country, value: null })) }],
  ["a map of 250 codes", { ...COUNTRY_MAP, rows: CODES.map((country, at) => ({ country, value: at * at })) }],
  ["a histogram of nothing", { ...HISTOGRAM, rows: [], unknown: null }],
  ["a histogram of zeros", { ...HISTOGRAM, rows: [{ label: "0", value: 0 }], unknown: { label: "?", value: 0 } }],
  ["a histogram all withheld", { ...HISTOGRAM, rows: [{ label: "0", value: null }], unknown: null }],
  ["a histogram of 40", { ...HISTOGRAM, rows: CODES.slice(0, 40).map((label) => ({ label, value: 9 })) }],
  ["ranks of nothing", { ...RANKS, steps: [], rows: [] }],
  ["ranks of one month", { ...RANKS, steps: ["2026-01"], rows: [{ label: "a", ranks: [1] }] }],
  ["ranks never told", { ...RANKS, rows: [{ label: "a", ranks: RANKS.steps.map(() => null) }] }],
  [
    "ranks of 60 months",
    {
      ...RANKS,
      steps,
      rows: RANKS.rows.map(({ label }, at) => ({ label, ranks: steps.map((_, month) => ((at + month) % 10) + 1) })),
    },
  ],
  ["ranks all equal", { ...RANKS, rows: RANKS.rows.map(({ label }) => ({ label, ranks: RANKS.steps.map(() => 1) })) }],
  ["ranks too few or out of bounds", { ...RANKS, rows: [{ label: "a", ranks: [0, 16, 1e9, Number.NaN] }] }],
  ["a curve of nothing", { ...LORENZ, points: [], gini: null }],
  ["a curve of one point", { ...LORENZ, points: [{ units: 0.5, amount: 0 }] }],
  ["a grid of nothing", { ...MATRIX, columns: [], rows: [] }],
  ["a grid all withheld", { ...MATRIX, rows: [{ label: "a", cells: MATRIX.columns.map(() => "withheld" as const) }] }],
  ["a grid with rows too short", { ...MATRIX, rows: [{ label: "a", cells: [] }] }],
  ["a grid of 40 columns", { ...MATRIX, columns: CODES.slice(0, 40) }],
  ["survival of nothing", { ...SURVIVAL, steps: [] }],
  ["survival of one moment", { ...SURVIVAL, steps: [{ at: 0, share: 1, atRisk: 1 }] }],
  ["survival all withheld", { ...SURVIVAL, steps: SURVIVAL.steps.map((step) => ({ ...step, atRisk: null })) }],
])("%s", (_, figure) => {
  test("is drawn whole, twice the same, and has a table", () => {
    expect(sound(figure)).toContain(`aria-label="${figure.alt}"`);
    const table = figureTable(figure);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });
});

test("the map shades countries by class, tells withheld from unknown, and lists whom it cannot draw", () => {
  const svg = sound(COUNTRY_MAP);
  expect(svg.length).toBeLessThan(120_000);
  const lands = all(svg, /<path d="m[^"]*" fill="[^"]*" class="([^"]*)"/gu);
  const tally = (name: string): number => lands.filter((one) => one === name).length;
  // 22 rows; Singapore, Hong Kong, Malta and ZZ have no land on the map, Greenland is withheld.
  expect([0, 1, 2, 3, 4].map((shade) => tally(`q${shade}`))).toEqual([3, 1, 3, 7, 3]);
  expect(tally("s6")).toBe(1);
  const words = textsOf(svg);
  for (const pair of [
    "Singapore",
    "4,210 · 2.4%",
    "ZZ",
    "hosts of unknown country",
    "120 · &lt;0.1%",
    "number withheld",
  ])
    expect(words).toContain(pair.replace("&lt;", "<"));
  expect(svg).not.toContain("characters)");
});

test("more than twelve countries without land are added up", () => {
  const small = ["SG", "HK", "MT", "MU", "BH", "MV", "SC", "KM", "CV", "BB", "GD", "LC", "AG", "DM", "WS"];
  const rows = small.map((country, at) => ({ country, value: at + 10 }));
  expect(textsOf(drawFigure({ ...COUNTRY_MAP, rows, whole: 1_000 }))).toEqual(
    expect.arrayContaining(["Samoa", "24 · 2.4%", "3 more", "33 · 3.3%"]),
  );
});

test("a rank is as low as its number, a gap stays open, a line that ended is named below", () => {
  const svg = sound({
    ...RANKS,
    steps: ["a", "b", "c", "d"],
    rows: [
      { label: "steady", ranks: [1, 1, null, 3] },
      { label: "gone", ranks: [2, 3, null, null] },
    ],
  });
  expect(all(svg, /<line x1="7%" y1="[\d.]+" x2="24.67%" y2="([\d.]+)"/gu)).toEqual(["14", "66"]);
  expect(all(svg, /<circle cx="([^"]+)"/gu)).toEqual(["7%", "24.67%", "60%", "7%", "24.67%"]);
  expect(textsOf(svg)).toContain("gone: last rank 3 in b");
});

test("names of equal ranks stand under one another", () => {
  const rows = ["a", "b", "c"].map((label) => ({ label, ranks: [1] }));
  const svg = drawFigure({ ...RANKS, steps: ["2026-01"], rows });
  expect(all(svg, /<text x="64%" y="([\d.]+)"/gu)).toEqual(["18", "34", "50"]);
});

test("the curve runs from corner to corner through its points", () => {
  const svg = sound({ ...LORENZ, points: [{ units: 0.5, amount: 0.1 }] });
  expect(all(svg, /<line x1="([^"]*" y1="[^"]*" x2="[^"]*" y2="[^"]*)"><\/line>/gu)).toEqual([
    '0%" y1="252" x2="50%" y2="229',
    '50%" y1="229" x2="100%" y2="22',
  ]);
  expect(svg).toContain('points="0,100 50,90 100,0"');
});

test("survival falls in steps and tells who is at risk at each mark", () => {
  const svg = sound({
    ...SURVIVAL,
    steps: [
      { at: 0, share: 1, atRisk: 2_000 },
      { at: 2, share: 0.5, atRisk: 900 },
      { at: 4, share: 0.5, atRisk: null },
    ],
  });
  expect(all(svg, /<line x1="([^"]*" y1="[^"]*" x2="[^"]*" y2="[^"]*)"><\/line>/gu)).toEqual([
    '0%" y1="22" x2="50%" y2="22',
    '50%" y1="22" x2="50%" y2="107',
    '50%" y1="107" x2="100%" y2="107',
  ]);
  expect(textsOf(svg)).toEqual(expect.arrayContaining(["0", "1", "2", "3", "4", "2,000", "900", "withheld"]));
});

test("a histogram's columns are as high as their share of the highest, the unknown is grey, the withheld has none", () => {
  const svg = sound({
    ...HISTOGRAM,
    rows: [
      { label: "a", value: 50 },
      { label: "b", value: 100 },
      { label: "c", value: null },
    ],
    unknown: { label: "unknown", value: 10 },
  });
  expect(all(svg, /height="([\d.]+)" fill="#0072b2"/gu)).toEqual(["75", "150"]);
  expect(all(svg, /height="([\d.]+)" fill="#8a8f98"/gu)).toEqual(["15"]);
  expect(textsOf(svg)).toContain("withheld");
});

test("a grid's cell is shaded by its share and written in whole percent", () => {
  const row = { label: "t", cells: [0.004, 0.06, 0.2, 0.499, 0.996, "withheld", null] as const };
  const svg = sound({ ...MATRIX, columns: ["a", "b", "c", "d", "e", "f", "g"], rows: [row] });
  expect(all(svg, /height="24" rx="2" fill="[^"]*" class="([^"]*)"/gu)).toEqual([
    "q0",
    "q1",
    "q2",
    "q3",
    "q4",
    "s6",
    "track",
  ]);
  expect(textsOf(svg)).toEqual(expect.arrayContaining(["<1", "6", "20", "50", ">99", "held"]));
});

test("a stranger's names stay text, short and visible, in every figure, picture and document", () => {
  const name = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("</text><script>", "\u202e\u2066", "W".repeat(500), '"', "&amp;", "]]>"),
  );
  fc.assert(
    fc.property(name, (text) => {
      const label = outside(text);
      const figures: readonly Figure[] = [
        {
          ...RANKS,
          rows: [
            { label, ranks: RANKS.steps.map(() => 1) },
            { label, ranks: [2] },
          ],
        },
        { ...MATRIX, columns: [label], rows: [{ label, cells: [0.5] }] },
        { ...COUNTRY_MAP, rows: [{ country: text, value: 3 }] },
        { ...HISTOGRAM, rows: [{ label: text, value: 3 }] },
      ];
      for (const figure of figures) {
        const svg = sound(figure);
        expect(all(svg, /<([a-z]+)[ >]/gu).filter((tag) => !TAGS.has(tag))).toEqual([]);
        // oxlint-disable-next-line no-control-regex -- the point is that none is there
        expect(svg).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069]/u);
        expect(Math.max(...textsOf(svg).map((words) => Array.from(words).length))).toBeLessThanOrEqual(60);
      }
    }),
    { numRuns: 50 },
  );
});

const TAGS = new Set(["svg", "g", "rect", "line", "circle", "path", "polygon", "text"]);

describe("in a document", () => {
  const sections = STUDY_FIGURES.map((figure, at) => ({ id: `f${at}`, title: figure.title, blocks: [figure] }));
  const document = { title: "t", subtitle: [], label: null, tiles: [], sections };

  test("HTML says of each what it counts, of how many, and its source, and brings neither script nor style of its own", () => {
    const html = renderHtml({ ...document, label: { mark: "synthetic", sentence: "Not real." } });
    for (const { title, frame } of STUDY_FIGURES) {
      expect(html).toContain(`<figcaption>${title} (synthetic)<span class="frame">${frame?.unit}, `);
    }
    expect(all(html, /<p class="note">(Source): published counts/gu)).toHaveLength(STUDY_FIGURES.length);
    expect(html.replace(/<style>[^]*<\/style>/u, "")).not.toMatch(/<script|<style| style=| id="[^f]|url\(/u);
  });

  test("Markdown tells each in its sentence and its numbers, once", () => {
    const markdown = renderMarkdown(document);
    for (const figure of STUDY_FIGURES) {
      expect(markdown).toContain(`*${figure.title}: `);
      expect(markdown).toContain(`**${figure.title}**`);
    }
    expect(markdown).toContain("| China | 52,532 | 30.0% |");
    expect(markdown).toContain("| `gemma-with-a-very-long-name` | 10 | 10 |");
    const table = { kind: "table", caption: "beside", columns: [{ name: "a", holds: "text" }], rows: [["x"]] } as const;
    const beside = renderMarkdown({ ...document, sections: [{ id: "a", title: "a", blocks: [COUNTRY_MAP, table] }] });
    expect(beside).not.toContain("52,532 |");
  });
});
