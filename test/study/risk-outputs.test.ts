import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HARM_CLASSES } from "../../src/model/prompt-class.ts";
import { RISK_CAMPAIGN } from "./risk-campaign.ts";
import { type StudyLake, studyLake } from "./study-lake.ts";

let lake: StudyLake;
beforeAll(async () => {
  lake = await studyLake(RISK_CAMPAIGN);
});
afterAll(() => lake.close());

const WORDS = ["completion", "tools", "thinking", "vision", "insert", "embedding"];
/** All pairs of words in order, with hosts for those named; of each two hosts nothing is known. */
function pairs(of: number, held: Readonly<Record<string, number>>): readonly unknown[] {
  return WORDS.flatMap((a, at) => WORDS.slice(at + 1).map((b) => [a, b, held[`${a} ${b}`] ?? 0, of, 2]));
}

const SHOWN_HARMS: ReadonlySet<string> = new Set(["hacking", "fraud"]);
/** Rows of the six harm classes: two hosts show a system prompt. */
const harms = (unknown: number): readonly unknown[] =>
  ["child-abuse", "hacking", "data-theft", "fraud", "violence", "hate"].map((harm) => [
    harm,
    SHOWN_HARMS.has(harm) ? 1 : 0,
    2,
    unknown,
  ]);

/** File, rows over all hosts, rows without the decoy 198.51.100.9; counted by hand. */
const COUNTED: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
  [
    "t11a-capability-sets",
    [
      ["completion", 1, 7, 2],
      ["completion+embedding+tools", 1, 7, 2],
      ["completion+tools", 1, 7, 2],
      ["completion+tools+vision", 1, 7, 2],
      ["none", 1, 7, 2],
    ],
    [
      ["completion", 1, 6, 2],
      ["completion+embedding+tools", 1, 6, 2],
      ["completion+tools+vision", 1, 6, 2],
      ["none", 1, 6, 2],
    ],
  ],
  [
    "t11b-capability-pairs",
    pairs(7, {
      "completion tools": 3,
      "completion vision": 1,
      "completion embedding": 1,
      "tools vision": 1,
      "tools embedding": 1,
    }),
    pairs(6, {
      "completion tools": 2,
      "completion vision": 1,
      "completion embedding": 1,
      "tools vision": 1,
      "tools embedding": 1,
    }),
  ],
  [
    "t12-prompts",
    [["card", 3, 7, 0], ["system-prompt", 2, 3, 4], ["guard-off", 1, 3, 4], ...harms(5)],
    [["card", 3, 6, 0], ["system-prompt", 2, 3, 3], ["guard-off", 1, 3, 3], ...harms(4)],
  ],
  [
    // 192.0.2.3 shows no list and is persistent by its observations, 2001:db8::6 by its days
    "t13-high-value",
    [
      ["observations", 1, 7, 1, 1, 1, 1],
      ["presence", 2, 7, 1, 1, 2, 1],
    ],
    [
      ["observations", 1, 6, 1, 1, 1, 1],
      ["presence", 1, 6, 1, 1, 2, 1],
    ],
  ],
];

describe("counted by hand", () => {
  test.for(COUNTED)("%s", async ([file, all, without]) => {
    expect(await lake.values(file, "all")).toEqual(all);
    expect(await lake.values(file, "without-decoys")).toEqual(without);
  });
});

describe("t14-risk-combinations", () => {
  /** The rows of one cell of tier and persistence: combination, hosts, of, unknown. */
  async function cell(population: "all" | "without-decoys", tier: string, persistence: string): Promise<unknown> {
    const rows = await lake.values("t14-risk-combinations", population);
    return rows
      .filter((row) => row[1] === tier && row[2] === persistence)
      .map(([combination, , , ...numbers]) => [combination, ...numbers]);
  }

  test("all hosts, and without the decoy", async () => {
    expect(await cell("without-decoys", "all", "all")).toEqual([
      ["tools", 2, 6, 2],
      ["tools+vision", 1, 6, 2],
      ["tools+vision+residential", 1, 6, 2],
      ["tools+persistent", 1, 6, 1],
      ["tools+guard-off", 1, 6, 2],
      ["tools+rag", 1, 6, 2],
      ["rag", 1, 6, 2],
      ["guard-off", 1, 6, 3],
    ]);
    expect(await cell("all", "all", "all")).toEqual([
      ["tools", 3, 7, 2],
      ["tools+vision", 1, 7, 2],
      ["tools+vision+residential", 1, 7, 2],
      ["tools+persistent", 1, 7, 1],
      ["tools+guard-off", 1, 7, 3],
      ["tools+rag", 1, 7, 2],
      ["rag", 1, 7, 2],
      ["guard-off", 1, 7, 4],
    ]);
  });

  test("one cell holds the hosts of its tier and class alone", async () => {
    expect(await cell("all", "telecom-residential", "backbone")).toEqual([
      ["tools", 1, 1, 0],
      ["tools+vision", 1, 1, 0],
      ["tools+vision+residential", 1, 1, 0],
      ["tools+persistent", 1, 1, 0],
      ["tools+guard-off", 0, 1, 0],
      ["tools+rag", 0, 1, 0],
      ["rag", 0, 1, 0],
      ["guard-off", 0, 1, 0],
    ]);
    expect(await cell("all", "unknown", "backbone")).toEqual(
      // 192.0.2.3, of which nothing is known but that it is persistent
      [
        "tools",
        "tools+vision",
        "tools+vision+residential",
        "tools+persistent",
        "tools+guard-off",
        "tools+rag",
        "rag",
        "guard-off",
      ].map((combination) => [combination, 0, 1, 1]),
    );
  });

  test("every combination, tier and class has its row, and the parts make up the whole", async () => {
    const rows = await lake.values("t14-risk-combinations", "all");
    expect(rows).toHaveLength(8 * 7 * 4);
    const parts = rows.filter((row) => row[0] === "tools" && row[1] !== "all" && row[2] !== "all");
    expect(parts.reduce((sum, row) => sum + Number(row[4]), 0)).toBe(7);
  });
});

test("the harm classes of T12 are those of the signs, in their order", () => {
  const sql = readFileSync(new URL("../../src/study/sql/t12-prompts.sql", import.meta.url), "utf8");
  const places = HARM_CLASSES.map((harm) => sql.indexOf(`'${harm}'`));
  expect(places.every((place, at) => place > (places[at - 1] ?? 0))).toBe(true);
  expect(sql.match(/SELECT \d+(?: AS place)?, '/gu)).toHaveLength(3 + HARM_CLASSES.length);
});
