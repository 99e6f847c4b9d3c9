import { expect, test } from "vitest";
import { LINEAGES, NO_LINEAGE } from "../knowledge/lineages.ts";
import { knownLineage, lineageOf } from "./lineage.ts";

const spellings = LINEAGES.flatMap((row) => row.matches.map((text) => [text, row.id, row.kind] as const));

test.each(spellings)("%j is the row %s", (text, id) => {
  expect(knownLineage(text)?.id).toBe(id);
  expect(knownLineage(` ${text.toUpperCase()} `)?.id).toBe(id);
});

test.each(LINEAGES.flatMap((row) => row.rejects.map((text) => [row.id, text] as const)))("%s is not %j", (id, text) => {
  expect(knownLineage(text)?.id).not.toBe(id);
});

test.each([
  ["qwen2", "qwen2"],
  ["Llama", "llama"],
  ["gpt-oss", "gptoss"],
  ["gptoss", "gptoss"],
  ["nomic-bert", "nomic-bert"],
  ["BERT", "bert"],
  ["brand-new-arch", "brand-new-arch"],
  ["Deci", "deci"],
  ["clip", null],
  ["koboldcpp", null],
  ["(unknown)", null],
  ["", null],
  ["  ", null],
  [null, null],
  ["constructor", "constructor"],
  ["__proto__", null],
  ["llama\u0000", null],
  ["\u202ellama", null],
  ["two words", null],
  ["<b>llama</b>", null],
  ["x".repeat(10_000), null],
])("family %j → lineage %j", (family, lineage) => {
  expect(lineageOf(family)).toBe(lineage);
});

test("no spelling belongs to two rows", () => {
  const texts = [...spellings.map(([text]) => text), ...NO_LINEAGE.map((one) => one.family)].map((one) =>
    one.toLowerCase(),
  );
  const folded = LINEAGES.flatMap((row) => [...new Set(row.matches.map((text) => text.toLowerCase()))]);
  expect(new Set(texts).size).toBe(folded.length + NO_LINEAGE.length);
});
