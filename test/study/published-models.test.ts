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
  [
    "f2-lineages",
    [
      ["llama", 6, 13, 3],
      ["qwen2", 4, 13, 3],
      ["gptoss", 1, 13, 3],
      ["nomic-bert", 1, 13, 3],
    ],
    [
      ["llama", 5, 12, 3],
      ["qwen2", 3, 12, 3],
      ["gptoss", 1, 12, 3],
      ["nomic-bert", 1, 12, 3],
    ],
  ],
  [
    // lineage, observations, hosts, host-days, the three ranks, volatility
    "t6-lineage-ranks",
    [
      ["llama", 12, 6, 11, 2, 1, 1, 1],
      ["qwen2", 108, 5, 8, 1, 2, 2, 1],
      ["gptoss", 1, 1, 1, 3, 3, 3, 0],
      ["nomic-bert", 1, 1, 1, 3, 3, 3, 0],
    ],
    [
      ["llama", 9, 5, 8, 2, 1, 1, 1],
      ["qwen2", 105, 4, 5, 1, 2, 2, 1],
      ["gptoss", 1, 1, 1, 3, 3, 3, 0],
      ["nomic-bert", 1, 1, 1, 3, 3, 3, 0],
    ],
  ],
  [
    "t6m-lineage-months",
    [
      ["2026-03-01", "llama", 6, 10, 1],
      ["2026-03-01", "qwen2", 4, 10, 2],
      ["2026-03-01", "gptoss", 0, 10, null],
      ["2026-03-01", "nomic-bert", 1, 10, 3],
      ["2026-04-01", "llama", 3, 6, 1],
      ["2026-04-01", "qwen2", 3, 6, 1],
      ["2026-04-01", "gptoss", 1, 6, 3],
      ["2026-04-01", "nomic-bert", 0, 6, null],
    ],
    [
      ["2026-03-01", "llama", 5, 9, 1],
      ["2026-03-01", "qwen2", 3, 9, 2],
      ["2026-03-01", "gptoss", 0, 9, null],
      ["2026-03-01", "nomic-bert", 1, 9, 3],
      ["2026-04-01", "llama", 2, 5, 1],
      ["2026-04-01", "qwen2", 2, 5, 1],
      ["2026-04-01", "gptoss", 1, 5, 3],
      ["2026-04-01", "nomic-bert", 0, 5, null],
    ],
  ],
  [
    // 135 entries in 114 lists, 9 in 6
    "t7a-inventory-months",
    [
      ["2026-03-01", 10, 114, about(1.184211)],
      ["2026-04-01", 6, 6, about(1.5)],
    ],
    [
      ["2026-03-01", 9, 112, about(1.169643)],
      ["2026-04-01", 5, 5, about(1.4)],
    ],
  ],
  [
    "t7b-inventory-sizes",
    [
      ["0", 1, 13, 2],
      ["1", 6, 13, 2],
      ["2-3", 3, 13, 2],
      ["4-9", 0, 13, 2],
      ["10-19", 0, 13, 2],
      ["20+", 1, 13, 2],
    ],
    [
      ["0", 1, 12, 2],
      ["1", 6, 12, 2],
      ["2-3", 2, 12, 2],
      ["4-9", 0, 12, 2],
      ["10-19", 0, 12, 2],
      ["20+", 1, 12, 2],
    ],
  ],
  // The lineage of the cloud stub is on no instance.
  ["t7c-public-libraries", [[1, 13, 2, 20, 31, 1, 3]], [[1, 12, 2, 20, 29, 1, 3]]],
  [
    "t8-lineage-pairs",
    [
      ["llama", "qwen2", 2, 2, 9, 6, 4, about(0.75)],
      ["llama", "nomic-bert", 1, 2, 9, 6, 1, about(1.5)],
      ["nomic-bert", "qwen2", 1, 2, 9, 1, 4, about(2.25)],
    ],
    [
      ["llama", "nomic-bert", 1, 1, 8, 5, 1, about(1.6)],
      ["llama", "qwen2", 1, 1, 8, 5, 3, about(0.533333)],
      ["nomic-bert", "qwen2", 1, 1, 8, 1, 3, about(2.666667)],
    ],
  ],
  [
    "t9a-quantizations",
    [
      ["Q4_K_M", 5, 13, 4],
      ["Q4_0", 2, 13, 4],
      ["F16", 1, 13, 4],
      ["Q8_0", 1, 13, 4],
    ],
    [
      ["Q4_K_M", 4, 12, 4],
      ["Q4_0", 2, 12, 4],
      ["F16", 1, 12, 4],
      ["Q8_0", 1, 12, 4],
    ],
  ],
  [
    "t9b-bits",
    [
      ["4", 27, 31, 2],
      ["16", 1, 31, 2],
      ["8", 1, 31, 2],
    ],
    [
      ["4", 25, 29, 2],
      ["16", 1, 29, 2],
      ["8", 1, 29, 2],
    ],
  ],
  [
    "t9c-tier-quantizations",
    [
      ["academic", "Q8_0", 1, 2, 0, 1],
      ["indie-cloud", "Q4_K_M", 3, 5, 2, 1],
      ["indie-cloud", "F16", 1, 5, 2, 2],
      ["telecom-residential", "Q4_K_M", 2, 4, 1, 1],
      ["telecom-residential", "Q4_0", 1, 4, 1, 2],
    ],
    [
      ["academic", "Q8_0", 1, 2, 0, 1],
      ["indie-cloud", "Q4_K_M", 2, 4, 2, 1],
      ["indie-cloud", "F16", 1, 4, 2, 2],
      ["telecom-residential", "Q4_K_M", 2, 4, 1, 1],
      ["telecom-residential", "Q4_0", 1, 4, 1, 2],
    ],
  ],
  [
    "t10-parameter-bands",
    [
      ["<1B", 1, 13, 4],
      ["1-3B", 1, 13, 4],
      ["4-7B", 4, 13, 4],
      ["8-14B", 4, 13, 4],
      ["15-34B", 0, 13, 4],
      ["35-70B", 1, 13, 4],
      [">70B", 0, 13, 4],
    ],
    [
      ["<1B", 1, 12, 4],
      ["1-3B", 1, 12, 4],
      ["4-7B", 3, 12, 4],
      ["8-14B", 3, 12, 4],
      ["15-34B", 0, 12, 4],
      ["35-70B", 1, 12, 4],
      [">70B", 0, 12, 4],
    ],
  ],
];

describe("outputs on models over the same week with a gap, a partial day, a decoy, two services of one address, and every kind of null", () => {
  test.for(COUNTED)("%s", async ([file, all, withoutDecoys]) => {
    expect(await lake.values(file, "all")).toEqual(all);
    expect(await lake.values(file, "without-decoys")).toEqual(withoutDecoys);
  });
});
