import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CAMPAIGN } from "./campaign.ts";
import { type StudyLake, studyLake } from "./study-lake.ts";

const about = (value: number): unknown => expect.closeTo(value, 5);

let lake: StudyLake;
beforeAll(async () => {
  lake = await studyLake(CAMPAIGN);
});
afterAll(() => lake.close());

/** File, rows over all hosts, rows without the decoy 198.51.100.9; counted by hand. */
const COUNTED: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
  ["t1-scale", [[122, 13, 4, 7, 6, 5, 1, 1, 14]], [[119, 12, 4, 6, 6, 5, 1, 1, 13]]],
  [
    "f1-countries",
    [
      ["CN", 4, 13, 1],
      ["US", 4, 13, 1],
      ["DE", 3, 13, 1],
      ["FR", 1, 13, 1],
    ],
    [
      ["US", 4, 12, 1],
      ["CN", 3, 12, 1],
      ["DE", 3, 12, 1],
      ["FR", 1, 12, 1],
    ],
  ],
  [
    "t2-persistence",
    [
      ["once", 6, 13, 6, 122],
      ["some", 6, 13, 15, 122],
      ["backbone", 1, 13, 101, 122],
    ],
    [
      ["once", 6, 12, 6, 119],
      ["some", 5, 12, 12, 119],
      ["backbone", 1, 12, 101, 119],
    ],
  ],
  [
    // Whole attempted days: Monday, Tuesday, Friday, Saturday; 34 % of four is more than one.
    "t2b-presence",
    [
      ["one-day", 8, 13, 109, 122],
      ["below-34", 1, 13, 2, 122],
      ["from-34", 4, 13, 11, 122],
    ],
    [
      ["one-day", 8, 12, 109, 119],
      ["below-34", 1, 12, 2, 119],
      ["from-34", 3, 12, 8, 119],
    ],
  ],
  [
    "t3a-network-types",
    [
      ["fixed-access", 0, 13, 2],
      ["mobile", 4, 13, 2],
      ["satellite", 0, 13, 2],
      ["hosting", 5, 13, 2],
      ["cloud", 0, 13, 2],
      ["cdn", 0, 13, 2],
      ["transit", 0, 13, 2],
      ["education", 2, 13, 2],
      ["government", 0, 13, 2],
      ["enterprise", 0, 13, 2],
    ],
    [
      ["fixed-access", 0, 12, 2],
      ["mobile", 4, 12, 2],
      ["satellite", 0, 12, 2],
      ["hosting", 4, 12, 2],
      ["cloud", 0, 12, 2],
      ["cdn", 0, 12, 2],
      ["transit", 0, 12, 2],
      ["education", 2, 12, 2],
      ["government", 0, 12, 2],
      ["enterprise", 0, 12, 2],
    ],
  ],
  [
    "t3b-tiers",
    [
      ["hyperscaler", 0, 13, 2],
      ["indie-cloud", 5, 13, 2],
      ["telecom-residential", 4, 13, 2],
      ["academic", 2, 13, 2],
      ["other", 0, 13, 2],
    ],
    [
      ["hyperscaler", 0, 12, 2],
      ["indie-cloud", 4, 12, 2],
      ["telecom-residential", 4, 12, 2],
      ["academic", 2, 12, 2],
      ["other", 0, 12, 2],
    ],
  ],
  [
    // tier, hosts, mean days, presence, uptime, running hosts of known, mean models, known
    "t4-tier-means",
    [
      ["indie-cloud", 5, about(2.2), about(0.55), about(0.866667), 1, 3, about(1.75), 4],
      ["telecom-residential", 4, about(1.25), about(0.1875), about(0.833333), 1, 1, about(6), 4],
      ["academic", 2, about(1), about(0.25), about(1), 0, 1, about(0.5), 2],
      [null, 2, about(1), about(0.25), about(1), 0, 0, about(1), 1],
    ],
    [
      ["indie-cloud", 4, about(2), about(0.5), about(0.833333), 1, 3, about(1.666667), 3],
      ["telecom-residential", 4, about(1.25), about(0.1875), about(0.833333), 1, 1, about(6), 4],
      ["academic", 2, about(1), about(0.25), about(1), 0, 1, about(0.5), 2],
      [null, 2, about(1), about(0.25), about(1), 0, 0, about(1), 1],
    ],
  ],
  [
    "t5-regions",
    [
      ["CN", "Beijing", 2, 4, 1],
      ["CN", "Shanghai", 1, 4, 1],
      ["US", "Virginia", 2, 4, 1],
      ["US", "Oregon", 1, 4, 1],
      ["DE", "Hesse", 2, 3, 1],
    ],
    [
      ["US", "Virginia", 2, 4, 1],
      ["US", "Oregon", 1, 4, 1],
      ["CN", "Beijing", 2, 3, 0],
      ["CN", "Shanghai", 1, 3, 0],
      ["DE", "Hesse", 2, 3, 1],
    ],
  ],
];

describe("a campaign of a week with a gap, a partial day, a decoy, two services of one address, and every kind of null", () => {
  test.for(COUNTED)("%s", async ([file, all, withoutDecoys]) => {
    expect(await lake.values(file, "all")).toEqual(all);
    expect(await lake.values(file, "without-decoys")).toEqual(withoutDecoys);
  });
});
