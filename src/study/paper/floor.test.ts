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

test("a row that strangers named takes along the one that would give it away, in whatever column", () => {
  const shape: RowsShape = {
    kind: "rows",
    columns: [
      { from: "tier", name: "tier", holds: "text" },
      { from: "trait", name: "trait", holds: "outside" },
      { from: "before", name: "before", holds: "cell" },
      { from: "after", name: "after", holds: "cell" },
    ],
    addsUp: [{ column: "tier" }],
  };
  const rows = [
    ["academic", "tools", 3, 2],
    ["hosting", "tools", 20, 0],
    ["other", "tools", 30, 9],
    ["unknown", "tools", 7, 7],
    ["all", "tools", 60, 18],
    ["academic", "vision", 10, 10],
    ["all", "vision", 10, 10],
  ].map(([tier = "", trait = "", before = 0, after = 0]) => ({ tier, trait, before, after }));
  const { rows: shown, leftOut } = applyFloor(rows, shape, 5);
  // academic goes with hosting by what was before; after, those two make 2, so other goes as well.
  expect(shown.map(({ tier, trait }) => [tier, trait])).toEqual([
    ["unknown", "tools"],
    ["all", "tools"],
    ["academic", "vision"],
    ["all", "vision"],
  ]);
  expect(leftOut).toBe(3);
});

test("a small whole goes with all that is of it, and with the next smallest whole; what is unknown is told", () => {
  const shape: RowsShape = {
    kind: "rows",
    columns: [
      { from: "tier", name: "tier", holds: "text" },
      { from: "hosts", name: "hosts", holds: "cell", of: "of_hosts" },
      { from: "of_hosts", name: "of", holds: "cell" },
      { from: "unknown_hosts", name: "unknown", holds: "of" },
    ],
    addsUp: [{ column: "tier" }],
  };
  const rows = [
    ["academic", 0, 3, 3],
    ["hosting", 10, 20, 0],
    ["other", 30, 50, 1],
    ["unknown", 7, 9, 0],
    ["all", 47, 82, 4],
  ].map(([tier = "", hosts = 0, of_hosts = 0, unknown_hosts = 0]) => ({ tier, hosts, of_hosts, unknown_hosts }));
  expect(applyFloor(rows, shape, 5).rows).toEqual([
    { tier: "academic", hosts: "withheld", of_hosts: "withheld", unknown_hosts: "withheld" },
    { tier: "hosting", hosts: "withheld", of_hosts: "withheld", unknown_hosts: "withheld" },
    ...rows.slice(2),
  ]);
});
