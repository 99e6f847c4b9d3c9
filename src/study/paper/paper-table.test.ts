import { expect, test } from "vitest";
import { STUDY_OUTPUTS } from "../catalogue/study-outputs.ts";
import { paperTable, type PaperTable } from "./paper-table.ts";

const FILE = { id: "T", title: "T", definition: "T", source: "T", sql: "T" };

function table(id: string, rows: readonly Record<string, string | number | null>[]): PaperTable {
  const output = STUDY_OUTPUTS.find((one) => one.id === id);
  if (output === undefined) throw new Error(`no output ${id}`);
  return paperTable(
    output,
    FILE,
    rows.map((row) => ({ population: "all", ...row })),
    5,
  );
}

test("a share of too few tells nothing: what it is of is a withheld cell of the same table", () => {
  const rows = [
    { item: "card", counted: 40, of_units: 100, unknown_units: 0 },
    { item: "system-prompt", counted: 3, of_units: 40, unknown_units: 60 },
    { item: "hacking", counted: 0, of_units: 3, unknown_units: 97 },
  ];
  expect(table("T12", rows).shown.all?.rows).toEqual([
    rows[0],
    { ...rows[1], counted: "withheld" },
    { item: "hacking", counted: "withheld", of_units: "withheld", unknown_units: "withheld" },
  ]);
});

test("two tables by tier withhold the same tiers, whatever their order: one would tell what the other hides", () => {
  const tiers = [
    ["hyperscaler", 60],
    ["indie-cloud", 17],
    ["telecom-residential", 30],
    ["academic", 3],
    ["other", 17],
  ] as const;
  const shares = tiers.map(([item, counted]) => ({ item, counted, of_units: 133, unknown_units: 6 }));
  const means = [...tiers, [null, 6] as const].toReversed().map(([tier, hosts]) => ({ tier, hosts, mean_days: 2 }));
  const hidden = (rows: readonly Readonly<Record<string, unknown>>[], name: string, cell: string): Set<unknown> =>
    new Set(rows.flatMap((row) => (row[cell] === "withheld" ? [row[name]] : [])));
  const expected = new Set(["academic", "indie-cloud"]);
  expect(hidden(table("T3b", shares).shown.all?.rows ?? [], "item", "counted")).toEqual(expected);
  expect(hidden(table("T4", means).shown.all?.rows ?? [], "tier", "hosts")).toEqual(expected);
});

test("the steps of survival carry their curves: as early as hosts may have gone, and as late", () => {
  const step = (
    weeks: number,
    [atRisk, gone]: readonly [number, number],
    [atRiskLate, goneLate]: readonly [number, number],
  ) => ({
    weeks,
    at_risk: atRisk,
    gone_hosts: gone,
    at_risk_late: atRiskLate,
    gone_late: goneLate,
  });
  const rows = [step(1, [10, 1], [10, 0]), step(2, [8, 2], [9, 3])];
  const about = (value: number): unknown => expect.closeTo(value, 10);
  expect(table("survival", rows).shown.all?.rows).toEqual([
    {
      ...rows[0],
      stay: about(0.9),
      stay_low: about(0.4729965118331774),
      stay_high: about(0.985281919778367),
      stay_late: 1,
    },
    {
      ...rows[1],
      stay: about(0.675),
      stay_low: about(0.2905777975023331),
      stay_high: about(0.8824990558823721),
      stay_late: about(2 / 3),
    },
  ]);
});
