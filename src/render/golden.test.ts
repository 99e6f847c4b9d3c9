import { expect, test } from "vitest";
import { CAPABILITIES, STUDY_FIGURES } from "../../test/support/figures.ts";
import { drawFigure } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { figurePicture } from "./figure-picture.ts";
import { outside } from "./inline.ts";

const FIGURES: readonly Figure[] = [
  {
    kind: "bars",
    title: "Hosts per model name",
    alt: "Bars of hosts: llama3.2:3b 105 of 337, deepseek-r1:7b 83 of 337, rare withheld",
    rows: [
      { label: outside("llama3.2:3b"), value: 105, whole: 337, shown: "105 · 31.2%", unknown: 40 },
      { label: outside("a-name-longer-than-the-room-it-has:latest"), value: 83, whole: 337, shown: "83 · 24.6%" },
      { label: outside("rare"), value: 0, whole: 337, shown: "withheld" },
    ],
  },
  {
    kind: "parts",
    title: "Services by their last answer",
    alt: "One bar in parts: open 181 of 395, login 23 of 395, silent 150 of 395",
    rows: [
      { label: "open", value: 181, shown: "181 · 45.8%" },
      { label: "login", value: 23, shown: "23 · 5.8%" },
      { label: "silent", value: 150, shown: "150 · 38.0%" },
      { label: "unknown", value: 41, shown: "41", isUnknown: true },
    ],
  },
  {
    kind: "columns",
    title: "Confirmed hosts per day",
    alt: "Columns per day: 3 days on which somebody looked, at most 156 hosts on one",
    unit: "hosts",
    rows: [
      { label: "2026-06-10", value: 140 },
      { label: "2026-06-11", value: 156 },
      { label: "2026-06-12", value: null },
      { label: "2026-06-13", value: 71 },
    ],
  },
];

// The stored pictures were looked at in a browser; a change of drawing shows here as a change of a file.
test.each(FIGURES)("$kind", async (figure) => {
  await expect(`${drawFigure(figure)}\n`).toMatchFileSnapshot(`golden/${figure.kind}.svg`);
});

test.each(STUDY_FIGURES)("$kind of the study", async (figure) => {
  const name = figure === CAPABILITIES ? "capabilities" : figure.kind;
  await expect(`${drawFigure(figure)}\n`).toMatchFileSnapshot(`golden/${name}.svg`);
});

test("a picture that stands alone", async () => {
  await expect(`${figurePicture(CAPABILITIES, 390)}\n`).toMatchFileSnapshot("golden/capabilities-alone.svg");
});
