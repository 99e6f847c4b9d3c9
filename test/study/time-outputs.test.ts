import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StudyLake, studyLake } from "./study-lake.ts";
import { attempt, look, looks } from "./study-lines.ts";
import { TIME_CAMPAIGN } from "./time-campaign.ts";

const about = (value: number): unknown => expect.closeTo(value, 9);

let lake: StudyLake;
beforeAll(async () => {
  lake = await studyLake(TIME_CAMPAIGN);
});
afterAll(() => lake.close());

const GAPS = ["2026-03-16", "2026-03-30", "2026-04-06", "2026-04-13"].map((week) => [week, 0, null, null, null, null]);
const byWeek = (rows: readonly (readonly unknown[])[]): readonly unknown[] =>
  [...rows, ...GAPS].toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));

/** File, rows over all hosts, rows without the decoy 198.51.100.9; counted by hand. */
const COUNTED: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
  [
    // week, attempted, hosts, new, returned, gone
    "weekly-turnover",
    byWeek([
      ["2026-03-02", 1, 4, 4, 0, 0],
      ["2026-03-09", 1, 3, 2, 0, 3],
      ["2026-03-23", 1, 2, 0, 1, 2],
      ["2026-04-20", 1, 2, 0, 1, 1],
    ]),
    byWeek([
      ["2026-03-02", 1, 3, 3, 0, 0],
      ["2026-03-09", 1, 3, 2, 0, 2],
      ["2026-03-23", 1, 2, 0, 1, 2],
      ["2026-04-20", 1, 2, 0, 1, 1],
    ]),
  ],
  [
    // weeks, at risk, gone, at risk late, gone late: 192.0.2.3 was last seen 28 days before the last attempt, which is not gone
    "survival-steps",
    [
      [0, 6, 3, 6, 0],
      [1, 3, 0, 6, 2],
      [2, 3, 0, 4, 1],
      [3, 3, 0, 3, 0],
      [6, 2, 0, 2, 0],
      [7, 1, 0, 1, 0],
    ],
    [
      [0, 5, 2, 5, 0],
      [1, 3, 0, 5, 1],
      [2, 3, 0, 4, 1],
      [3, 3, 0, 3, 0],
      [6, 2, 0, 2, 0],
      [7, 1, 0, 1, 0],
    ],
  ],
  [
    "uptime-classes",
    [
      ["0-49", 0, 4, 2],
      ["50-79", 2, 4, 2],
      ["80-89", 1, 4, 2],
      ["90-99", 0, 4, 2],
      ["100", 1, 4, 2],
    ],
    [
      ["0-49", 0, 4, 1],
      ["50-79", 2, 4, 1],
      ["80-89", 1, 4, 1],
      ["90-99", 0, 4, 1],
      ["100", 1, 4, 1],
    ],
  ],
  [
    // 0.8, 0.5, 1 and 0.5
    "uptime-mean",
    [
      ["once", 2, 1, 1],
      ["some", 4, about(0.7), about(0.65)],
      ["backbone", 0, null, null],
    ],
    [
      ["once", 1, 1, 1],
      ["some", 4, about(0.7), about(0.65)],
      ["backbone", 0, null, null],
    ],
  ],
  [
    // of two services seen at one time the one of the smaller port tells the version of 192.0.2.5
    "versions",
    [
      ["0.6.2", 2, 6, 1],
      ["0.10.0-rc2", 1, 6, 1],
      ["0.30.1", 1, 6, 1],
      ["0.5.0", 1, 6, 1],
    ],
    [
      ["0.6.2", 2, 5, 1],
      ["0.30.1", 1, 5, 1],
      ["0.5.0", 1, 5, 1],
    ],
  ],
  [
    "version-months",
    [
      ["2026-03-01", "0.5", 2, 5],
      ["2026-03-01", "0.6", 1, 5],
      ["2026-03-01", "0.10", 1, 5],
      ["2026-03-01", "0.30", 1, 5],
      ["2026-04-01", "0.6", 2, 2],
    ],
    [
      ["2026-03-01", "0.5", 2, 4],
      ["2026-03-01", "0.6", 1, 4],
      ["2026-03-01", "0.30", 1, 4],
      ["2026-04-01", "0.6", 2, 2],
    ],
  ],
  [
    "upgrades",
    [
      ["upgraded", 1, 3, 4],
      ["same", 1, 3, 4],
      ["downgraded", 1, 3, 4],
    ],
    [
      ["upgraded", 1, 3, 3],
      ["same", 1, 3, 3],
      ["downgraded", 1, 3, 3],
    ],
  ],
  [
    // of 0.30.1 no CVE is known, 0.0.0 cannot be read
    "cve-months",
    [
      ["2026-03-01", 4, 6, 1],
      ["2026-04-01", 2, 2, 0],
    ],
    [
      ["2026-03-01", 3, 5, 1],
      ["2026-04-01", 2, 2, 0],
    ],
  ],
  [
    "running-months",
    [
      ["2026-03-01", 3, 2, 1],
      ["2026-04-01", 1, 1, 2],
    ],
    [
      ["2026-03-01", 2, 1, 0.5],
      ["2026-04-01", 1, 1, 2],
    ],
  ],
];

describe("counted by hand", () => {
  test.for(COUNTED)("%s", async ([file, all, without]) => {
    expect(await lake.values(file, "all")).toEqual(all);
    expect(await lake.values(file, "without-decoys")).toEqual(without);
  });

  test("coverage-days tells every day, gaps too", async () => {
    const rows = (await lake.rows("coverage-days")).map((row) => Object.values(row));
    expect(rows).toHaveLength(50);
    expect(rows.slice(0, 2)).toEqual([
      ["2026-03-02", 1, 0, 4, 4, 4, null, null],
      ["2026-03-03", 0, 0, 0, 0, 0, null, null],
    ]);
    expect(rows.at(-1)).toEqual(["2026-04-20", 1, 0, 3, 3, 2, null, null]);
  });
});

test("the latest step is the next day on which all was looked at, a partial day is none", async () => {
  const partial = await studyLake([
    look("192.0.2.1", "2026-03-02T10:00"),
    attempt(1, "2026-03-03T10:00", 100, 50),
    ...looks("192.0.2.2", ["2026-03-03T10:00", "2026-03-17T10:00", "2026-04-20T10:00"]),
  ]);
  try {
    // 192.0.2.1 went after 2 March and before 17 March, 15 days later; 192.0.2.2 stays from 3 March to the end, 48 days.
    expect(await partial.values("survival-steps", "all")).toEqual([
      [0, 2, 1, 2, 0],
      [2, 1, 0, 2, 1],
      [6, 1, 0, 1, 0],
    ]);
    // On the partial day itself nobody counts as up or down: 192.0.2.2 was up on both whole days since.
    expect(await partial.values("uptime-classes", "all")).toEqual([
      ["0-49", 0, 1, 1],
      ["50-79", 0, 1, 1],
      ["80-89", 0, 1, 1],
      ["90-99", 0, 1, 1],
      ["100", 1, 1, 1],
    ]);
  } finally {
    await partial.close();
  }
});
