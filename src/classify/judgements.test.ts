import { expect, test } from "vitest";
import { JUDGEMENTS } from "./judgements.ts";

test("a distilled R1: Alibaba's architecture, DeepSeek's brand", () => {
  const judgement = JUDGEMENTS.model({
    name: "deepseek-r1:7b",
    family: "qwen2",
    quantization_level: "Q4_K_M",
    parameter_size: "7.6B",
    remote_host: null,
  });
  expect(judgement).toEqual({
    lineage: "qwen2",
    brand: "deepseek-r1",
    maker: "DeepSeek",
    bits: 4,
    parameter_count: 7_600_000_000,
    parameter_band: "4-7B",
    is_cloud: false,
  });
});

test("Mistral 7B is of the llama line", () => {
  const judgement = JUDGEMENTS.model({
    name: "mistral:latest",
    family: "llama",
    quantization_level: "Q4_0",
    parameter_size: "7.2B",
    remote_host: null,
  });
  expect(judgement).toMatchObject({ lineage: "llama", brand: "mistral", maker: "Mistral AI" });
});

test("what was not sent stays null", () => {
  const nothing = { name: null, family: null, quantization_level: null, parameter_size: null, remote_host: null };
  expect(JUDGEMENTS.model(nothing)).toEqual({
    lineage: null,
    brand: null,
    maker: null,
    bits: null,
    parameter_count: null,
    parameter_band: null,
    is_cloud: false,
  });
});

test.each([
  ["0.29.9", true, 29_009, false],
  ["0.30.0", true, 30_000, true],
  ["0.30.0-rc0", true, 29_999.5, true],
  ["0.0.0", false, null, null],
  [null, false, null, null],
] as const)("version %j: known %j, rank %j, capabilities in tags %j", (version, known, rank, inTags) => {
  expect(JUDGEMENTS.version(version)).toMatchObject({ known, rank, capabilities_in_tags: inTags });
});
