import { describe, expect, test } from "vitest";
import type { RowsShape } from "../study-output.ts";
import { applyFloor } from "./floor.ts";

const CLASSES: RowsShape = {
  kind: "rows",
  columns: [
    { from: "class", name: "class", holds: "text" },
    { from: "hosts", name: "hosts", holds: "cell", of: "of_hosts" },
    { from: "of_hosts", name: "of", holds: "of" },
    { from: "mean", name: "mean", holds: "measure" },
  ],
  addsUp: [{ column: "class" }],
};

function row(name: string, hosts: number, mean = 1): Record<string, string | number> {
  return { class: name, hosts, of_hosts: 100, mean };
}

describe("rows of ours", () => {
  test("a small cell goes with its measure and with the next smallest, which would give it away", () => {
    const { rows, leftOut } = applyFloor([row("a", 3), row("b", 17), row("c", 80)], CLASSES, 5);
    expect(rows).toEqual([
      { class: "a", hosts: "withheld", of_hosts: 100, mean: "withheld" },
      { class: "b", hosts: "withheld", of_hosts: 100, mean: "withheld" },
      { class: "c", hosts: 80, of_hosts: 100, mean: 1 },
    ]);
    expect(leftOut).toBe(0);
  });

  test("two small cells that make less than the floor together take a third along", () => {
    const { rows } = applyFloor([row("a", 1), row("b", 2), row("c", 90), row("d", 7)], CLASSES, 5);
    expect(rows.map(({ hosts }) => hosts)).toEqual(["withheld", "withheld", 90, "withheld"]);
  });

  test("zero is shown and hides nobody; a floor of 1 shows all", () => {
    expect(applyFloor([row("a", 0), row("b", 100)], CLASSES, 5).rows.map(({ hosts }) => hosts)).toEqual([0, 100]);
    expect(applyFloor([row("a", 3), row("b", 97)], CLASSES, 1).rows.map(({ hosts }) => hosts)).toEqual([3, 97]);
  });

  test("without a line that adds up only the small cell goes", () => {
    const { addsUp: _, ...free } = CLASSES;
    const { rows } = applyFloor([row("a", 3), row("b", 17), row("c", 80)], free, 5);
    expect(rows.map(({ hosts }) => hosts)).toEqual(["withheld", 17, 80]);
  });
});

test("in a table with two margins no hidden cell can be told by subtraction along either", () => {
  const shape: RowsShape = {
    kind: "rows",
    columns: [
      { from: "tier", name: "tier", holds: "text" },
      { from: "persistence", name: "persistence", holds: "text" },
      { from: "hosts", name: "hosts", holds: "cell" },
    ],
    addsUp: [{ column: "tier" }, { column: "persistence" }],
  };
  const cells = [
    ["t1", "once", 3],
    ["t1", "some", 20],
    ["t1", "all", 23],
    ["t2", "once", 30],
    ["t2", "some", 40],
    ["t2", "all", 70],
    ["all", "once", 33],
    ["all", "some", 60],
    ["all", "all", 93],
  ] as const;
  const rows = cells.map(([tier, persistence, hosts]) => ({ tier, persistence, hosts }));
  const shown = applyFloor(rows, shape, 5).rows;
  const lines = ["tier", "persistence"].flatMap((along) => {
    const across = along === "tier" ? "persistence" : "tier";
    return ["t1", "t2", "once", "some", "all"].map((name) => shown.filter((one) => one[across] === name));
  });
  expect(shown[0]).toMatchObject({ hosts: "withheld" });
  for (const line of lines) {
    const hidden = line.filter(({ hosts }) => hosts === "withheld").length;
    expect(hidden).not.toBe(1);
  }
});

test("a row that strangers named is left out whole, and counted", () => {
  const shape: RowsShape = {
    kind: "rows",
    columns: [
      { from: "lineage", name: "lineage", holds: "outside" },
      { from: "hosts", name: "hosts", holds: "cell" },
      { from: "rank", name: "rank", holds: "measure" },
    ],
  };
  const rows = [
    { lineage: "llama", hosts: 50, rank: 1 },
    { lineage: "somebody's own", hosts: 1, rank: 2 },
  ];
  expect(applyFloor(rows, shape, 5)).toEqual({ rows: [rows[0]], leftOut: 1 });
});
