import { expect, test } from "vitest";
import { lintPaper } from "./lint-paper.ts";
import { METHOD_POINTS } from "./method-words.ts";
import type { PaperRecord } from "./paper-schema.ts";

type Output = PaperRecord["outputs"][number];

const OUTPUT: Output = {
  id: "T2",
  title: "Hosts by persistence",
  section: "scale",
  unit: "hosts",
  definition: "hosts by how often they were seen.",
  source: "rows 6 to 11",
  sql: "SELECT 1",
  undefined_because: null,
  columns: [
    { from: "class", name: "class", holds: "text", of: null },
    { from: "hosts", name: "hosts", holds: "cell", of: "of_hosts" },
    { from: "of_hosts", name: "of", holds: "of", of: null },
  ],
  populations: { all: { rows: [{ class: "once", hosts: 7, of_hosts: 9 }], left_out: 0 } },
};

const PAPER: PaperRecord = {
  kind: "study",
  schema: 1,
  label: null,
  floor: 5,
  first_observation: null,
  newest_observation: null,
  methods: Object.fromEntries(METHOD_POINTS.map((point) => [point, `says something of ${point}`])),
  run: {},
  outputs: [OUTPUT],
  compared_with: null,
  comparisons: [],
};

const withOutput = (changes: Partial<Output>): PaperRecord => ({ ...PAPER, outputs: [{ ...OUTPUT, ...changes }] });

test("a paper that states all has no fault", () => {
  expect(lintPaper(PAPER)).toEqual([]);
  expect(lintPaper(withOutput({ undefined_because: "no list was seen", populations: {} }))).toEqual([]);
});

test.each<[string, PaperRecord, string]>([
  ["a point of the methods", { ...PAPER, methods: { ...PAPER.methods, nulls: " " } }, "methods: says nothing on nulls"],
  ["a unit", withOutput({ unit: "" }), "T2: no unit"],
  ["a definition", withOutput({ definition: "" }), "T2: no definition"],
  ["a source", withOutput({ source: "" }), "T2: no source"],
  ["rows, and why", withOutput({ populations: {} }), "T2: neither rows nor why there are none"],
  ["that it has no rows", withOutput({ undefined_because: "why" }), "T2: not defined, yet it has rows"],
  [
    "a denominator that holds its cell",
    withOutput({ populations: { all: { rows: [{ class: "once", hosts: 10, of_hosts: 9 }], left_out: 0 } } }),
    "T2: hosts 10 is more than of_hosts 9",
  ],
])("a paper without %s is told so", (_name, paper, fault) => {
  expect(lintPaper(paper)).toEqual([fault]);
});
