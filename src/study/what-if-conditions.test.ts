import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Complaint } from "../model/complaint.ts";
import { parseConditions } from "./what-if-conditions.ts";

/** What is said of a text that cannot be read. */
function said(text: string): string {
  try {
    parseConditions(text);
  } catch (error) {
    if (error instanceof Complaint) return error.message;
    throw error;
  }
  return "";
}

describe("conditions", () => {
  test("of every key and sign", () => {
    expect(
      parseConditions("lineage=qwen2 brand=qwen2.5  format=Q4_K_M band=<1b bits>=4 bits<16 version<0.12.0"),
    ).toEqual([
      { kind: "text", key: "lineage", text: "qwen2" },
      { kind: "text", key: "brand", text: "qwen2.5" },
      { kind: "text", key: "format", text: "Q4_K_M" },
      { kind: "text", key: "band", text: "<1B" },
      { kind: "bits", sign: ">=", bits: 4 },
      { kind: "bits", sign: "<", bits: 16 },
      { kind: "version", sign: "<", version: "0.12.0", rank: 12_000 },
    ]);
    expect(parseConditions("bits=1.58 version<=0.17.1-rc3")).toEqual([
      { kind: "bits", sign: "=", bits: 1.58 },
      { kind: "version", sign: "<=", version: "0.17.1-rc3", rank: 17_000.503 },
    ]);
  });

  test("a value may hold spaces and quotes", () => {
    expect(parseConditions("maker=Nous Research lineage=o'brien")).toEqual([
      { kind: "text", key: "maker", text: "Nous Research" },
      { kind: "text", key: "lineage", text: "o'brien" },
    ]);
  });

  test.for([
    ["", "no condition"],
    ["   ", "no condition"],
    ["qwen2", "no sign"],
    ["linage=qwen2", "did you mean lineage"],
    ["address=192.0.2.1", "no such key"],
    ["__proto__=1", "no such key"],
    ["lineage=", "1 to 64 characters"],
    [`lineage=${"a".repeat(65)}`, "1 to 64 characters"],
    ["lineage<qwen2", "only = is for it"],
    ["lineage=a lineage=b", "lineage: given 2 times"],
    ["bits=1 bits=2 bits=3", "bits: given 3 times"],
    ["bits=four", "bits are a number"],
    ["bits=4;DROP", "bits are a number"],
    ["bits=1e9", "bits are a number"],
    ["version<0.12", "three numbers"],
    ["version<latest", "three numbers"],
    ["band=huge", "no such band"],
    ["band>1-3B", "only = is for it"],
    ["lineage=a\u0000b", "cannot be seen"],
    ["lineage=\u202Eabc", "cannot be seen"],
    ["lineage=a\tbits=4", "cannot be seen"],
    ["x".repeat(513), "longer than 512"],
    [Array.from({ length: 13 }, () => "bits=1").join(" "), "more than 12"],
  ] as const)("%j is told: %s", ([text, words]) => {
    expect(said(text)).toContain(words);
  });

  test("all problems are told at once, and nothing that steers a terminal", () => {
    expect(said("linage=a bits=x \u001B[31m=3").split("\n")).toHaveLength(3);
    expect(said("\u001B[31m=3")).not.toContain("\u001B");
  });

  test("any text gives conditions or a complaint", () => {
    const piece = fc.constantFrom(
      "lineage",
      "bits",
      "version",
      "=",
      "<",
      ">=",
      " ",
      "4",
      "0.1.2",
      "'",
      ";",
      "\n",
      "\uD800",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join("")),
        ),
        (text) => {
          const message = said(text);
          expect(message === "" || message.startsWith("--what-if: ")).toBe(true);
        },
      ),
    );
  });
});
