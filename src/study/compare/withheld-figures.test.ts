import { expect, test } from "vitest";
import { STUDY_OUTPUTS } from "../catalogue/study-outputs.ts";
import { paperTable, type PaperTable } from "../paper/paper-table.ts";
import { guardingOutputs, withheldFigures } from "./withheld-figures.ts";

function table(id: string, rows: readonly Record<string, string | number>[]): PaperTable {
  const output = STUDY_OUTPUTS.find((one) => one.id === id);
  if (output === undefined) throw new Error(`no output ${id}`);
  const file = { id, title: id, definition: id, source: id, sql: id };
  return paperTable(
    output,
    file,
    rows.map((row) => ({ population: "all", ...row })),
    5,
  );
}

test("a class that is withheld for the sake of another is withheld in a comparison, too", () => {
  const classes = [
    ["once", 3],
    ["some", 17],
    ["backbone", 80],
  ] as const;
  const rows = classes.map(([name, hosts]) => ({
    class: name,
    hosts,
    of_hosts: 100,
    observations: hosts,
    of_observations: 100,
  }));
  const isWithheld = withheldFigures([table("T2", rows)]);
  expect(["once", "some", "backbone"].map((item) => isWithheld({ output: "T2", item }))).toEqual([true, true, false]);
  expect(isWithheld({ output: "T2", item: "observations of backbone" })).toBe(false);
  expect(isWithheld({ output: "T2b", item: "some" })).toBe(false);
});

test("of a table by tier and persistence only the whole counts", () => {
  const cell = (combination: string, tier: string, hosts: number): Record<string, string | number> => ({
    combination,
    tier,
    persistence: "all",
    hosts,
    of_hosts: 50,
    unknown_hosts: 0,
  });
  const rows = [
    cell("tools+vision+residential", "academic", 2),
    cell("tools+vision+residential", "other", 20),
    cell("tools+vision+residential", "hyperscaler", 30),
    cell("tools+vision+residential", "all", 52),
    cell("rag", "all", 2),
  ];
  const isWithheld = withheldFigures([table("T14", rows)]);
  expect(isWithheld({ output: "T14", item: "tools + vision + residential" })).toBe(false);
  expect(isWithheld({ output: "T14", item: "rag" })).toBe(true);
});

test("the outputs to ask are those whose rows add up", () => {
  const ids = guardingOutputs(STUDY_OUTPUTS).map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(["T2", "T2b", "T3a", "T3b", "T7b", "T14"]));
  expect(ids).not.toContain("F2");
});
