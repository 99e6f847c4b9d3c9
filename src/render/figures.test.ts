import { expect, test } from "vitest";
import { drawFigure } from "./draw-figure.ts";

const numbers = (svg: string, pattern: RegExp): readonly string[] =>
  Array.from(svg.matchAll(pattern), (match) => match[1] ?? "");

test("bars are as long as their share, unknowns follow", () => {
  const svg = drawFigure({
    kind: "bars",
    title: "t",
    alt: "a & b",
    rows: [
      { label: "half", value: 100, whole: 200, shown: "100", unknown: 50 },
      { label: "none", value: 0, whole: 200, shown: "0" },
      { label: "too many unknown", value: 3, whole: 4, shown: "3", unknown: 9 },
    ],
  });
  expect(numbers(svg, /x="0" width="([^"]+)" fill="#0072b2"/gu)).toEqual(["50%", "75%"]);
  expect(svg).toMatch(/x="50%" width="25%" fill="#8a8f98" class="maybe"/u);
  expect(svg).toMatch(/x="75%" width="25%" fill="#8a8f98" class="maybe"/u);
  expect(svg).toContain('aria-label="a &amp; b"');
});

test("nothing to share is drawn as empty, never as a broken number", () => {
  const bars = drawFigure({
    kind: "bars",
    title: "t",
    alt: "a",
    rows: [{ label: "x", value: 0, whole: 0, shown: "–" }],
  });
  const parts = drawFigure({ kind: "parts", title: "t", alt: "a", rows: [{ label: "x", value: 0, shown: "0" }] });
  const columns = drawFigure({ kind: "columns", title: "t", alt: "a", unit: "hosts", rows: [] });
  expect(bars + parts + columns).not.toMatch(/NaN|Infinity|undefined/u);
});

test("parts stand one after the other and fill the bar", () => {
  const rows = [1, 2, 1].map((value) => ({ label: `p${value}`, value, shown: `${value}` }));
  const svg = drawFigure({ kind: "parts", title: "t", alt: "a", rows });
  expect(numbers(svg, /<rect x="([\d.]+%)" y="0"/gu)).toEqual(["0%", "25%", "75%"]);
  expect(numbers(svg, /y="0" width="([\d.]+%)"/gu)).toEqual(["24.8%", "49.8%", "24.8%"]);
});

test("columns rise from zero to the highest; a step nobody looked at is a dot", () => {
  const rows = [
    { label: "06-10", value: 50 },
    { label: "06-11", value: null },
    { label: "06-12", value: 100 },
  ];
  const svg = drawFigure({ kind: "columns", title: "t", alt: "a", unit: "hosts", rows });
  expect(numbers(svg, /height="([\d.]+)" fill="#0072b2"/gu)).toEqual(["55", "110"]);
  expect(numbers(svg, /<circle cx="([^"]+)"/gu)).toEqual(["50%"]);
  expect(svg).toContain(">hosts, up to 100<");
});
