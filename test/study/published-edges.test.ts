import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type StudyLake, studyLake } from "./study-lake.ts";
import { attempt, look, model } from "./study-lines.ts";

const DAY = "2026-05-04T10:00";
const NEW = { version: "0.30.0" };
const says = (name: string, ...capabilities: string[]) => model(name, { family: "llama", capabilities });

/** Opens a lake for the tests of a block. */
function lakeOf(lines: Parameters<typeof studyLake>[0]): { readonly at: () => StudyLake } {
  let lake: StudyLake | null = null;
  beforeAll(async () => {
    lake = await studyLake(lines);
  });
  afterAll(() => lake?.close());
  return {
    at() {
      if (lake === null) throw new Error("not open yet");
      return lake;
    },
  };
}

describe("capabilities of eight hosts", () => {
  const { at } = lakeOf([
    // tells every word: completion, tools and embedding had, the rest absent
    look("192.0.2.1", DAY, { ...NEW, models: [says("chat", "completion", "tools"), says("embed", "embedding")] }),
    // an old server: only its architecture tells that it sees
    look("192.0.2.2", DAY, { version: "0.5.0", models: [model("eye", { family: "mllama" })] }),
    // no list, and an empty one
    look("192.0.2.3", DAY),
    look("192.0.2.4", DAY, { models: [] }),
    // two services, of one of which no list was seen: what the other does not have stays unknown
    look("2001:db8::5", DAY, { ...NEW, models: [says("all", "completion", "tools", "thinking", "vision")] }),
    look("2001:db8::5", DAY, { ...NEW, port: 8080 }),
    // a decoy
    look("192.0.2.6", DAY, { ...NEW, models: [says("bait", "completion")], signs: ["control-same-body"] }),
    // a cloud stub says what it can do
    look("192.0.2.7", DAY, { ...NEW, models: [says("big:cloud", "completion", "tools")] }),
    // a server from before thinking, image and audio
    look("192.0.2.8", DAY, { version: "0.8.0", models: [says("old", "completion")] }),
  ]);

  test.for([
    [
      "f3-capabilities",
      [
        ["completion", 5, 8, 2],
        ["tools", 3, 8, 2],
        ["thinking", 1, 8, 3],
        ["vision", 2, 8, 1],
        ["insert", 0, 8, 3],
        ["embedding", 1, 8, 3],
        ["image", 0, 8, 4],
        ["audio", 0, 8, 4],
      ],
      [
        ["completion", 4, 7, 2],
        ["tools", 3, 7, 2],
        ["thinking", 1, 7, 3],
        ["vision", 2, 7, 1],
        ["insert", 0, 7, 3],
        ["embedding", 1, 7, 3],
        ["image", 0, 7, 4],
        ["audio", 0, 7, 4],
      ],
    ],
    [
      // of those that can tell; the others stand beside
      "f3b-capabilities-able",
      [
        ["completion", 5, 5, 3],
        ["tools", 3, 5, 3],
        ["thinking", 1, 4, 4],
        ["vision", 1, 5, 3],
        ["insert", 0, 5, 3],
        ["embedding", 1, 5, 3],
        ["image", 0, 4, 4],
        ["audio", 0, 4, 4],
      ],
      [
        ["completion", 4, 4, 3],
        ["tools", 3, 4, 3],
        ["thinking", 1, 3, 4],
        ["vision", 1, 4, 3],
        ["insert", 0, 4, 3],
        ["embedding", 1, 4, 3],
        ["image", 0, 3, 4],
        ["audio", 0, 3, 4],
      ],
    ],
    ["t8r-chat-and-embedding", [["chat-and-embedding", 1, 8, 3]], [["chat-and-embedding", 1, 7, 3]]],
  ] as const)("%s", async ([file, all, withoutDecoys]) => {
    expect(await at().values(file, "all")).toEqual(all);
    expect(await at().values(file, "without-decoys")).toEqual(withoutDecoys);
  });
});

describe("more names than are shown", () => {
  const families = Array.from({ length: 12 }, (_, at) => `line${String(at + 1).padStart(2, "0")}`);
  const formats = ["Q2_K", "Q3_K_S", "Q4_0", "Q4_1", "Q5_0", "Q8_0"];
  const entries = families.map((family, at) => model(family, { family, quantization: formats[at % 6] ?? "" }));
  const hosting = { asn: 64496, labels: ["hosting"] };
  const { at } = lakeOf([
    look("192.0.2.1", DAY, { ...hosting, models: entries }),
    look("192.0.2.2", DAY, { ...hosting, models: entries.slice(11) }),
  ]);

  test("ten lineages lead, ties by the alphabet; ranks are shared", async () => {
    expect(await at().values("t6m-lineage-months", "all")).toEqual([
      ["2026-05-01", "line12", 2, 2, 1],
      ...families.slice(0, 9).map((family) => ["2026-05-01", family, 1, 2, 2]),
    ]);
  });

  test("five formats of a tier", async () => {
    expect(await at().values("t9c-tier-quantizations", "all")).toEqual([
      ["indie-cloud", "Q8_0", 2, 2, 0, 1],
      ["indie-cloud", "Q2_K", 1, 2, 0, 2],
      ["indie-cloud", "Q3_K_S", 1, 2, 0, 2],
      ["indie-cloud", "Q4_0", 1, 2, 0, 2],
      ["indie-cloud", "Q4_1", 1, 2, 0, 2],
    ]);
  });

  test("all pairs of twelve", async () => {
    const pairs = await at().values("t8-lineage-pairs", "all");
    expect(pairs.length).toBe(66);
    expect(pairs[0]).toEqual(["line01", "line02", 1, 1, 2, 1, 1, 2]);
    expect(pairs[10]).toEqual(["line01", "line12", 1, 1, 2, 1, 2, 1]);
  });
});

describe("a list with hundreds of lineages", () => {
  const flood = Array.from({ length: 300 }, (_, at) => `flood${String(at).padStart(3, "0")}`);
  const { at } = lakeOf([
    look("192.0.2.1", DAY, { models: flood.map((family) => model(family, { family })) }),
    look("192.0.2.2", DAY, { models: [model("a", { family: "llama" }), model("b", { family: "qwen2" })] }),
    look("192.0.2.3", DAY, { models: [model("a", { family: "llama" }), model("b", { family: "qwen2" })] }),
  ]);

  test("pairs are of the hundred lineages with most hosts, two hundred of them", async () => {
    const pairs = await at().values("t8-lineage-pairs", "all");
    expect(pairs.length).toBe(200);
    expect(pairs[0]).toEqual(["llama", "qwen2", 2, 3, 3, 2, 2, 1.5]);
    // After the pair above come those of flood000 with each of the 97 others of the hundred, then of flood001 …
    expect(pairs[97]?.slice(0, 2)).toEqual(["flood000", "flood097"]);
    expect(pairs[98]?.slice(0, 2)).toEqual(["flood001", "flood002"]);
  });
});

const OPEN_ROWS = ["f1-countries", "f2-lineages", "t9a-quantizations", "t9b-bits"];
const ROWS_OF_HOSTS = ["t4-tier-means", "t5-regions", "t9c-tier-quantizations"];
const MONTHS_AND_LINES = ["t6-lineage-ranks", "t6m-lineage-months", "t7a-inventory-months", "t8-lineage-pairs"];

describe.each([
  ["without a line", [], 0, 0],
  ["with a run that found nobody", [attempt(1, DAY, 10, 10)], 1, 1],
  ["of others", [look("192.0.2.1", DAY, { product: "koboldcpp" }), look("192.0.2.2", DAY, { confirmed: false })], 1, 1],
] as const)("a lake %s has no host", (_, lines, days, attempted) => {
  const { at } = lakeOf([...lines]);

  test.for([...OPEN_ROWS, ...ROWS_OF_HOSTS, ...MONTHS_AND_LINES])("%s has no row", async (file) => {
    expect(await at().rows(file)).toEqual([]);
  });

  test("the scale is zero beside the days", async () => {
    const zeros = [[0, 0, 0, 0, days, attempted, 0, 0, 0]];
    expect(await at().values("t1-scale", "all")).toEqual(zeros);
    expect(await at().values("t1-scale", "without-decoys")).toEqual(zeros);
  });

  test.for([
    ["t2-persistence", ["once", "some", "backbone"], [0, 0, 0, 0]],
    ["t2b-presence", ["one-day", "below-34", "from-34"], [0, 0, 0, 0]],
    ["t3b-tiers", ["hyperscaler", "indie-cloud", "telecom-residential", "academic", "other"], [0, 0, 0]],
    ["t7b-inventory-sizes", ["0", "1", "2-3", "4-9", "10-19", "20+"], [0, 0, 0]],
    ["t8r-chat-and-embedding", ["chat-and-embedding"], [0, 0, 0]],
    ["t10-parameter-bands", ["<1B", "1-3B", "4-7B", "8-14B", "15-34B", "35-70B", ">70B"], [0, 0, 0]],
  ] as const)("%s has every item, at zero", async ([file, items, zeros]) => {
    const rows = items.map((item) => [item, ...zeros]);
    expect(await at().values(file, "all")).toEqual(rows);
    expect(await at().values(file, "without-decoys")).toEqual(rows);
  });

  test.for(["f3-capabilities", "f3b-capabilities-able", "t3a-network-types", "t7c-public-libraries"])(
    "%s is zero",
    async (file) => {
      const rows = await at().values(file, "all");
      expect(rows.length).toBeGreaterThan(0);
      for (const value of rows.flat()) expect([0, "text"]).toContain(typeof value === "string" ? "text" : value);
    },
  );
});

describe("a lake of one day", () => {
  const { at } = lakeOf([look("192.0.2.1", DAY), look("192.0.2.1", "2026-05-04T23:59"), look("2001:db8::2", DAY)]);

  test("was there all the while, as far as one day can tell", async () => {
    expect(await at().values("t1-scale", "all")).toEqual([[3, 2, 0, 0, 1, 1, 0, 0, 2]]);
    expect(await at().values("t2-persistence", "all")).toEqual([
      ["once", 1, 2, 1, 3],
      ["some", 1, 2, 2, 3],
      ["backbone", 0, 2, 0, 3],
    ]);
    expect((await at().values("t2b-presence", "all"))[0]).toEqual(["one-day", 2, 2, 3, 3]);
    expect(await at().values("t4-tier-means", "all")).toEqual([[null, 2, 1, 1, 1, 0, 0, null, 0]]);
  });
});

describe("a lake whose only day is partial", () => {
  const { at } = lakeOf([attempt(1, DAY, 100, 94), look("192.0.2.1", DAY)]);

  test("has no uptime and no class of presence", async () => {
    expect(await at().values("t1-scale", "all")).toEqual([[1, 1, 0, 0, 1, 1, 0, 1, 1]]);
    expect(await at().values("t4-tier-means", "all")).toEqual([[null, 1, 1, null, null, 0, 0, null, 0]]);
    expect(await at().values("t2b-presence", "all")).toEqual([
      ["one-day", 0, 1, 0, 1],
      ["below-34", 0, 1, 0, 1],
      ["from-34", 0, 1, 0, 1],
    ]);
  });
});

describe("a lake whose only day was asked at 95 %", () => {
  const { at } = lakeOf([attempt(1, DAY, 100, 95), look("192.0.2.1", DAY)]);

  test("has a whole day", async () => {
    expect(await at().values("t1-scale", "all")).toEqual([[1, 1, 0, 0, 1, 1, 0, 0, 1]]);
  });
});

describe("a run that attempted nothing between two looks", () => {
  const { at } = lakeOf([
    look("192.0.2.1", "2026-05-04T10:00"),
    attempt(1, "2026-05-05T10:00", 100, 0),
    look("192.0.2.1", "2026-05-06T10:00"),
  ]);

  test("leaves a gap and no partial day", async () => {
    expect(await at().values("t1-scale", "all")).toEqual([[2, 1, 0, 0, 3, 2, 1, 0, 1]]);
    const days = await at().rows("coverage-days");
    expect(days.map((row) => [row["day"], row["attempted"], row["is_partial"]])).toEqual([
      ["2026-05-04", 1, 0],
      ["2026-05-05", 0, 0],
      ["2026-05-06", 1, 0],
    ]);
  });
});

describe("a host with a cloud stub alone that tells nothing", () => {
  const { at } = lakeOf([
    look("192.0.2.1", DAY, { asn: 64496, labels: ["hosting"], models: [model("big:cloud")] }),
    look("192.0.2.2", DAY, { models: [model("small", { family: "llama", quantization: "F16", size: "1.0B" })] }),
  ]);

  test("is known to hold no format and no size; its lineage is unknown", async () => {
    expect(await at().values("t9a-quantizations", "all")).toEqual([["F16", 1, 2, 0]]);
    expect((await at().values("t10-parameter-bands", "all"))[1]).toEqual(["1-3B", 1, 2, 0]);
    expect(await at().values("f2-lineages", "all")).toEqual([["llama", 1, 2, 1]]);
  });
});
