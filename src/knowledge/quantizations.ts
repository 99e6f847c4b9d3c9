import type { Examples } from "./examples.ts";

/** How the text of `quantization_level` tells the bits of a weight: one row a rule, the first that fits counts. */
export interface QuantizationRule {
  readonly id: string;
  /** Anchored, tried on upper-cased text; group 1, when there is one, is the number of bits. */
  readonly pattern: RegExp;
  /** Bits of a weight; `null` = group 1 of the pattern. */
  readonly bits: number | null;
  readonly note: string;
  readonly source: string;
  readonly matches: Examples<readonly [text: string, bits: number]>;
  readonly rejects: Examples;
}

const FILE_TYPES = "ollama/ollama@fb307608 fs/ggml/type.go and the release tags before it";
const SAFETENSORS = "ollama/ollama@fb307608 x/create (quantize types of safetensors models)";

/** The bit class of a format is its nominal width: `Q4_K_M` counts as 4 although its mean is nearer to 4.8 bits a weight. */
export const QUANTIZATION_RULES: readonly QuantizationRule[] = [
  {
    id: "ggml",
    pattern: /^(?:IQ|TQ|Q)([1-8])(?:_[0-9A-Z]{1,4}){0,3}$/u,
    bits: null,
    note: "Q, IQ and TQ name their width in the first digit.",
    source: FILE_TYPES,
    matches: [
      ["Q1_0", 1],
      ["Q2_K", 2],
      ["Q2_K_S", 2],
      ["Q3_K_S", 3],
      ["Q3_K_M", 3],
      ["Q3_K_L", 3],
      ["Q4_0", 4],
      ["Q4_1", 4],
      ["Q4_1_F16", 4],
      ["Q4_K_S", 4],
      ["Q4_K_M", 4],
      ["Q5_0", 5],
      ["Q5_1", 5],
      ["Q5_K_S", 5],
      ["Q5_K_M", 5],
      ["Q6_K", 6],
      ["Q8_0", 8],
      ["q4_k_m", 4],
      ["IQ1_S", 1],
      ["IQ1_M", 1],
      ["IQ2_XXS", 2],
      ["IQ2_XS", 2],
      ["IQ2_S", 2],
      ["IQ2_M", 2],
      ["IQ3_XXS", 3],
      ["IQ3_XS", 3],
      ["IQ3_S", 3],
      ["IQ3_M", 3],
      ["IQ4_NL", 4],
      ["IQ4_XS", 4],
      ["TQ1_0", 1],
      ["TQ2_0", 2],
    ],
    rejects: ["Q40", "Q0_K", "Q9_0", "Q_4", "QUANT4", "EQ4_0", "Q4_K_M (imatrix)", "Q4-K-M", "AQ4_0"],
  },
  {
    id: "four-bit-float",
    pattern: /^(?:MXFP4(?:_MOE)?|NVFP4|INT4)$/u,
    bits: 4,
    note: "MXFP4 reuses the number of Q4_1_F16 in general.file_type: judge the text, never the number.",
    source: FILE_TYPES,
    matches: [
      ["MXFP4", 4],
      ["MXFP4_MOE", 4],
      ["NVFP4", 4],
      ["nvfp4", 4],
      ["int4", 4],
    ],
    rejects: ["MXFP6", "NVFP40", "UINT4", "INT40", "FP4"],
  },
  {
    id: "eight-bit",
    pattern: /^(?:FP8(?:_[0-9A-Z]{1,8}){0,2}|MXFP8|INT8)$/u,
    bits: 8,
    note: "Data types of safetensors models.",
    source: SAFETENSORS,
    matches: [
      ["FP8", 8],
      ["FP8_E4M3", 8],
      ["FP8_E5M2", 8],
      ["mxfp8", 8],
      ["int8", 8],
    ],
    rejects: ["FP80", "UINT8", "INT80", "MXFP88"],
  },
  {
    id: "half",
    pattern: /^B?F16$/u,
    bits: 16,
    note: "Not quantized: half precision.",
    source: FILE_TYPES,
    matches: [
      ["F16", 16],
      ["BF16", 16],
      ["bf16", 16],
    ],
    rejects: ["F160", "BBF16", "F16_1"],
  },
  {
    id: "single",
    pattern: /^F32$/u,
    bits: 32,
    note: "Not quantized: single precision.",
    source: FILE_TYPES,
    matches: [["F32", 32]],
    rejects: ["F320", "BF32", "F3"],
  },
];

/** Texts that servers send and that tell no width: cloud stubs, some safetensors models, unreadable headers. */
export const QUANTIZATION_UNKNOWN: readonly string[] = ["unknown", "Unknown", "", " ", "n/a", "none", "4", "4bit"];
