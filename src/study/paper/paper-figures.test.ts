import { expect, test } from "vitest";
import { STUDY_OUTPUTS } from "../catalogue/study-outputs.ts";
import { figureOf } from "./paper-figures.ts";
import { paperTable } from "./paper-table.ts";

const FILE = { id: "T", title: "T", definition: "T", source: "T", sql: "T" };

test("what is withheld keeps its width in a bar of parts: else the parts that are told look larger than they are", () => {
  const output = STUDY_OUTPUTS.find(({ id }) => id === "upgrades");
  if (output === undefined) throw new Error("no output");
  const rows = [
    ["upgraded", 47],
    ["same", 261],
    ["downgraded", 3],
  ].map(([item = "", counted = 0]) => ({ population: "all", item, counted, of_units: 311, unknown_units: 89 }));
  const figure = figureOf(paperTable(output, FILE, rows, 5), { tables: [], source: "one lake" });
  if (figure?.kind !== "parts") throw new Error("no bar of parts");
  expect(figure.rows.map(({ label, value }) => [label, value])).toEqual([
    ["upgraded", 0],
    ["same", 261],
    ["downgraded", 0],
    ["withheld, together", 50],
  ]);
});

test("where each item is of a number of its own, the line below the title says so in words", () => {
  const output = STUDY_OUTPUTS.find(({ id }) => id === "F3b");
  if (output === undefined) throw new Error("no output");
  const rows = [
    { population: "all", item: "tools", counted: 50, of_units: 90, unknown_units: 10 },
    { population: "all", item: "audio", counted: 20, of_units: 40, unknown_units: 60 },
  ];
  const figure = figureOf(paperTable(output, FILE, rows, 5), { tables: [], source: "one lake" });
  expect(figure?.frame).toMatchObject({
    unit: "hosts that can tell",
    of: "of another number for each item, as the table says",
  });
});
