import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { whatIfFile } from "../../src/study/what-if.ts";
import { parseConditions } from "../../src/study/what-if-conditions.ts";
import { type StudyLake, studyLake } from "./study-lake.ts";
import { look, model } from "./study-lines.ts";
import { trinoProblems } from "./trino-check.ts";

const QWEN = model("qwen2.5:7b", { family: "qwen2", quantization: "Q4_K_M", size: "7.6B" });
const QWEN_16 = model("qwen2.5:7b-fp16", { family: "qwen2", quantization: "F16", size: "7.6B" });
const LLAMA = model("llama3:8b", { family: "llama", quantization: "Q4_K_M", size: "8.0B" });
const CUSTOM = model("custom:latest");
const MONDAY = "2026-03-30T10:00";

/** Seven hosts; the last is a likely decoy. */
const CAMPAIGN = [
  look("192.0.2.1", MONDAY, { country: "DE", asn: 64496, version: "0.5.0", models: [QWEN, LLAMA] }),
  look("192.0.2.2", MONDAY, { country: "DE", asn: 64496, version: "0.12.0", models: [QWEN, QWEN_16] }),
  look("192.0.2.3", MONDAY, { country: "FR", asn: 64497, version: "0.5.0", models: [QWEN_16, LLAMA] }),
  look("2001:db8::4", MONDAY, { country: "FR", asn: 64498, version: "0.0.0", models: [QWEN] }),
  look("192.0.2.5", MONDAY, { country: "JP", asn: 64498, version: "0.5.0", models: [CUSTOM] }),
  look("192.0.2.6", MONDAY, { version: "0.5.0" }),
  look("198.51.100.9", MONDAY, { asn: 64499, version: "0.5.0", models: [QWEN], signs: ["control-same-body"] }),
];

let lake: StudyLake;
beforeAll(async () => {
  lake = await studyLake(CAMPAIGN);
});
afterAll(() => lake.close());

/** Rows of one population, which is left out of them. */
async function counted(conditions: string, population: string): Promise<readonly unknown[]> {
  const rows = await lake.ask(whatIfFile(parseConditions(conditions)).sql);
  return rows.filter((row) => row["population"] === population).map((row) => Object.values(row).slice(1));
}

describe("who is struck, counted by hand", () => {
  test("one instance must fit all conditions, its host the version", async () => {
    // Struck: .1. Perhaps: ::4 (version), .5 (model), .6 (list). Not: .2 (version), .3 (its qwen2 has 16 bits, its 4 bits no qwen2).
    expect(await counted("lineage=QWEN2 format=q4_k_m version<0.12.0", "without-decoys")).toEqual([
      ["hosts", 1, 6, 3],
      ["instances", 1, 8, 2],
      ["networks", 1, 3, 1],
      ["countries", 1, 3, 2],
    ]);
    expect(await counted("lineage=qwen2 format=Q4_K_M version<0.12.0", "all")).toEqual([
      ["hosts", 2, 7, 3],
      ["instances", 2, 9, 2],
      ["networks", 2, 4, 1],
      ["countries", 1, 3, 2],
    ]);
  });

  test("conditions on models alone, with a range of bits", async () => {
    expect(await counted("bits>4 bits<=16", "without-decoys")).toEqual([
      ["hosts", 2, 6, 2],
      ["instances", 2, 8, 1],
      ["networks", 2, 3, 1],
      ["countries", 2, 3, 1],
    ]);
  });

  test("a version alone strikes all instances of its hosts", async () => {
    expect(await counted("version=0.5.0", "without-decoys")).toEqual([
      ["hosts", 4, 6, 1],
      ["instances", 5, 8, 1],
      ["networks", 3, 3, 0],
      ["countries", 3, 3, 0],
    ]);
  });

  test("a text that is no name strikes nobody, and no quote leaves its literal", async () => {
    for (const name of ["o'brien", "' OR TRUE OR '' LIKE '", "\\' OR TRUE --"]) {
      expect(await counted(`lineage=${name}`, "without-decoys")).toEqual([
        ["hosts", 0, 6, 2],
        ["instances", 0, 8, 1],
        ["networks", 0, 3, 1],
        ["countries", 0, 3, 1],
      ]);
    }
  });

  test("of an empty lake all are zero", async () => {
    const empty = await studyLake([]);
    try {
      const rows = await empty.ask(whatIfFile(parseConditions("band=8-14B")).sql);
      expect(rows).toHaveLength(8);
      expect(rows.flatMap((row) => Object.values(row).slice(2)).every((value) => value === 0)).toBe(true);
    } finally {
      await empty.close();
    }
  });
});

test("the query is Trino's SQL, too", () => {
  const text = "lineage=a brand=b maker=c d format=e bits>1.5 bits<8 band=>70B version>=0.1.0 version<0.9.0-rc1";
  expect(trinoProblems(whatIfFile(parseConditions(text)).sql)).toEqual([]);
  expect(trinoProblems(whatIfFile(parseConditions("version<0.9.0")).sql)).toEqual([]);
});
