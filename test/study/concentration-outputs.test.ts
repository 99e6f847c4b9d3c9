import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CONCENTRATION_CAMPAIGN, SOURCES_CAMPAIGN } from "./concentration-campaign.ts";
import { type StudyLake, studyLake } from "./study-lake.ts";
import { look } from "./study-lines.ts";

const about = (value: number): unknown => expect.closeTo(value, 9);

let lake: StudyLake;
beforeAll(async () => {
  lake = await studyLake(CONCENTRATION_CAMPAIGN);
});
afterAll(() => lake.close());

/** File, rows over all hosts, rows without the decoy 198.51.100.9; counted by hand. */
const COUNTED: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
  [
    "concentration-curve",
    [
      [20, 1, 10, 20],
      [40, 2, 14, 20],
      [60, 3, 17, 20],
      [80, 4, 19, 20],
      [100, 5, 20, 20],
    ],
    [
      [25, 1, 4, 10],
      [50, 2, 7, 10],
      [75, 3, 9, 10],
      [100, 4, 10, 10],
    ],
  ],
  [
    // 1, 2, 3, 4, 10: 2 × 80 ÷ (5 × 20) − 6/5. 1, 2, 3, 4: 2 × 30 ÷ (4 × 10) − 5/4. Networks of 2 and 2; of 1 and 2: 2 × 5 ÷ 6 − 3/2.
    "gini",
    [
      ["observations", 5, about(0.4)],
      ["hosts", 2, 0],
    ],
    [
      ["observations", 4, about(0.25)],
      ["hosts", 2, about(1 / 6)],
    ],
  ],
  [
    // of two alike one holds half
    "governance-inversion",
    [
      ["networks", 2, 1, 4],
      ["makers", 4, 2, 5],
    ],
    [
      ["networks", 2, 1, 3],
      ["makers", 4, 2, 4],
    ],
  ],
  ["machines", [[5, 3, 3, 6]], [[4, 3, 3, 5]]],
  ["other-products", [["vllm", 2, 6, 0]], [["vllm", 2, 5, 0]]],
];

describe("counted by hand", () => {
  test.for(COUNTED)("%s", async ([file, all, without]) => {
    expect(await lake.values(file, "all")).toEqual(all);
    expect(await lake.values(file, "without-decoys")).toEqual(without);
  });
});

describe("monoculture", () => {
  /** The rows of a dimension: group, name, hosts, instances, unknown, values, effective number, HHI, top, its share and hosts. */
  const rowsOf = async (population: "all" | "without-decoys", dimension: string): Promise<readonly unknown[]> =>
    (await lake.values("monoculture", population)).filter((row) => row[0] === dimension).map((row) => row.slice(1));

  test("of four equal lineages there are four in effect, and HHI is a quarter; a tie goes to the alphabet", async () => {
    expect(await rowsOf("without-decoys", "lineage")).toEqual([
      ["all", "all", 4, 4, 1, 4, 4, 0.25, "gemma2", 0.25, 1],
      ["tier", "indie-cloud", 1, 1, 1, 1, 1, 1, "llama", 1, 1],
      ["tier", "telecom-residential", 1, 1, 0, 1, 1, 1, "qwen2", 1, 1],
      ["country", "DE", 2, 2, 1, 2, 2, 0.5, "llama", 0.5, 1],
      ["country", "FR", 1, 1, 0, 1, 1, 1, "gemma2", 1, 1],
    ]);
  });

  test("shares of 2/5 and three of 1/5", async () => {
    const [whole] = await rowsOf("all", "lineage");
    expect(whole).toEqual(["all", "all", 5, 5, 1, 4, about(3.789291416), about(0.28), "llama", 0.4, 2]);
  });

  test("of one value there is one in effect, and HHI is 1; a stub is no instance", async () => {
    const [whole] = await rowsOf("all", "quantization");
    expect(whole).toEqual(["all", "all", 5, 5, 1, 1, 1, 1, "Q4_K_M", 1, 5]);
    expect(await rowsOf("without-decoys", "maker")).toContainEqual(["country", "FR", 1, 1, 0, 1, 1, 1, "Google", 1, 1]);
  });
});

describe("capture-recapture", () => {
  test("of three sources the two with most hosts, by hand", async () => {
    const sources = await studyLake(SOURCES_CAMPAIGN);
    try {
      // (4 + 1)(3 + 1) ÷ 2 − 1; variance 5 × 4 × 3 × 2 ÷ (2² × 3) = 10; below the six seen the interval does not go.
      expect(await sources.values("capture-recapture", "all")).toEqual([
        ["alpha", "beta", 4, 3, 1, 9, 6, about(9 + 1.96 * Math.sqrt(10))],
      ]);
      // 4 × 4 ÷ 2 − 1; variance 4 × 4 × 2 × 2 ÷ (2² × 3) = 16/3.
      expect(await sources.values("capture-recapture", "without-decoys")).toEqual([
        ["alpha", "beta", 3, 3, 1, 7, 5, about(7 + 1.96 * Math.sqrt(16 / 3))],
      ]);
    } finally {
      await sources.close();
    }
  });

  test("one source tells of nobody unseen", async () => {
    expect(await lake.values("capture-recapture", "without-decoys")).toEqual([
      ["example", null, 4, null, null, null, null, null],
    ]);
  });
});

const closed = (items: readonly string[]): readonly unknown[] => items.map((item) => [item, 0, 0, 0]);
const T12_ITEMS = [
  "card",
  "system-prompt",
  "guard-off",
  "child-abuse",
  "hacking",
  "data-theft",
  "fraud",
  "violence",
  "hate",
];

/** File and its rows over a lake without a look, and over one look of one day at a host that shows nothing. */
const EDGES: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
  ["t11a-capability-sets", [], []],
  ["t12-prompts", closed(T12_ITEMS), [["card", 0, 1, 0], ...T12_ITEMS.slice(1).map((item) => [item, 0, 0, 1])]],
  [
    "t13-high-value",
    [
      ["observations", 0, 0, 0, null, null, 0],
      ["presence", 0, 0, 0, null, null, 0],
    ],
    [
      ["observations", 0, 1, 0, null, null, 0],
      ["presence", 0, 1, 0, null, null, 0],
    ],
  ],
  ["weekly-turnover", [], [["2026-03-02", 1, 1, 1, 0, 0]]],
  ["survival-steps", [], [[0, 1, 0, 1, 0]]],
  [
    "uptime-classes",
    closed(["0-49", "50-79", "80-89", "90-99", "100"]),
    ["0-49", "50-79", "80-89", "90-99", "100"].map((item) => [item, 0, 0, 1]),
  ],
  [
    "uptime-mean",
    ["once", "some", "backbone"].map((word) => [word, 0, null, null]),
    [
      ["once", 1, 1, 1],
      ["some", 0, null, null],
      ["backbone", 0, null, null],
    ],
  ],
  ["versions", [], [["0.12.0", 1, 1, 0]]],
  ["version-months", [], [["2026-03-01", "0.12", 1, 1]]],
  [
    "upgrades",
    closed(["upgraded", "same", "downgraded"]),
    ["upgraded", "same", "downgraded"].map((item) => [item, 0, 0, 1]),
  ],
  ["cve-months", [], [["2026-03-01", 1, 1, 0]]],
  ["running-months", [], [["2026-03-01", 0, 0, null]]],
  ["concentration-curve", [], [[100, 1, 1, 1]]],
  [
    "gini",
    [
      ["observations", 0, null],
      ["hosts", 0, null],
    ],
    [
      ["observations", 1, 0],
      ["hosts", 0, null],
    ],
  ],
  ["monoculture", [], []],
  [
    "governance-inversion",
    [
      ["networks", 0, null, 0],
      ["makers", 0, null, 0],
    ],
    [
      ["networks", 0, null, 0],
      ["makers", 0, null, 0],
    ],
  ],
  ["machines", [[0, 0, 0, 0]], [[1, 0, 1, 1]]],
  [
    "capture-recapture",
    [[null, null, null, null, null, null, null, null]],
    [["example", null, 1, null, null, null, null, null]],
  ],
  ["other-products", [], []],
];

describe("lakes with next to nothing in them", () => {
  let empty: StudyLake;
  let oneDay: StudyLake;
  beforeAll(async () => {
    empty = await studyLake([]);
    oneDay = await studyLake([look("192.0.2.1", "2026-03-02T10:00")]);
  });
  afterAll(async () => {
    await empty.close();
    await oneDay.close();
  });

  test.for(EDGES)("%s", async ([file, ofNone, ofOne]) => {
    expect(await empty.values(file, "all")).toEqual(ofNone);
    expect(await empty.values(file, "without-decoys")).toEqual(ofNone);
    expect(await oneDay.values(file, "all")).toEqual(ofOne);
    expect(await oneDay.values(file, "without-decoys")).toEqual(ofOne);
  });

  test("closed tables of pairs and combinations are whole, and zero", async () => {
    for (const [file, length, unknown] of [
      ["t11b-capability-pairs", 15, 1],
      ["t14-risk-combinations", 224, null],
    ] as const) {
      const rows = await empty.values(file, "all");
      expect(rows).toHaveLength(length);
      expect(rows.flatMap((row) => row.filter((value) => typeof value === "number" && value !== 0))).toEqual([]);
      const ofOne = await oneDay.values(file, "all");
      expect(ofOne).toHaveLength(length);
      if (unknown !== null) expect(ofOne.every((row) => row[2] === 0 && row[3] === 1 && row[4] === unknown)).toBe(true);
    }
  });

  test("coverage-days", async () => {
    expect(await empty.rows("coverage-days")).toEqual([]);
    expect((await oneDay.rows("coverage-days")).map((row) => Object.values(row))).toEqual([
      ["2026-03-02", 1, 0, 1, 1, 1, null, null],
    ]);
  });
});
