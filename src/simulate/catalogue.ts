import type { CapabilityWord, CatalogueModel } from "./campaign-model.ts";

type More = Partial<CatalogueModel>;

const BANDS = [
  ["<1B", 1],
  ["1-3B", 4],
  ["4-7B", 8],
  ["8-14B", 15],
  ["15-34B", 35],
  ["35-70B", 71],
  [">70B", Infinity],
] as const;

const WORDS: Readonly<Record<string, CapabilityWord>> = {
  c: "completion",
  t: "tools",
  k: "thinking",
  v: "vision",
  i: "insert",
  e: "embedding",
  p: "image",
  a: "audio",
};

const BITS: Readonly<Record<string, number>> = {
  Q4_K_M: 4,
  Q4_0: 4,
  Q5_K_M: 5,
  Q8_0: 8,
  F16: 16,
  BF16: 16,
  MXFP4: 4,
  Q2_K: 2,
};

/** A local model; `letters` are the first letters of its capabilities (`k` thinking, `p` image). */
function local(
  name: string,
  family: string,
  [brand, maker]: readonly [string | null, string | null],
  [parameterSize, billions, gigabytes]: readonly [string, number, number],
  [quantization, needs]: readonly [string, string],
  letters: string,
  more: More = {},
): CatalogueModel {
  const capabilities = letters.split("").flatMap((letter) => WORDS[letter] ?? []);
  const projector = more.projector ?? capabilities.includes("vision");
  return {
    name,
    family,
    lineage: family,
    families: family === "llama" && projector ? [family, "clip"] : [family],
    brand,
    maker,
    parameterSize,
    billions,
    band: BANDS.find(([, below]) => billions < below)?.[0] ?? null,
    quantization,
    bits: BITS[quantization] ?? null,
    gigabytes,
    capabilities,
    templateTools: capabilities.includes("tools"),
    projector,
    sees: false,
    embeds: capabilities.includes("embedding"),
    needs,
    cloud: false,
    own: false,
    prompts: [{ class: "none", share: 1 }],
    templateClass: "none",
    ...more,
  };
}

/** A stub that forwards to a cloud: no family, no size, no weights here. */
function stub(name: string, brand: string, maker: string): CatalogueModel {
  const nothing = local(name, "", [brand, maker], ["", 0, 3.84e-7], ["", "0.12.0"], "", { families: null });
  return { ...nothing, lineage: null, band: null, cloud: true };
}

const META = "Meta";
const QWEN = "Alibaba";
const GOOGLE = "Google";
const NONE = [null, null] as const;
const SAYS_WHO_IT_IS: More = { prompts: [{ class: "benign", share: 1 }] };
/** What people who build a model of their own write above it; parts are invented but for the 7.5 % that the press names. */
const OWN_PROMPTS = [
  { class: "benign", share: 83 },
  { class: "unread", share: 5 },
  { class: "hacking", share: 2.6 },
  { class: "fraud", share: 1.5 },
  { class: "data-theft", share: 1 },
  { class: "hate", share: 0.8 },
  { class: "violence", share: 1 },
  { class: "child-abuse", share: 0.6 },
  { class: "none", share: 4.5 },
] as const;

/**
 * Models that simulated hosts may hold. Names are of real lines; what stands beside each is what is true of such a file, written down by
 * hand from model cards and the facts, so that nothing here comes from the judgements that are to be checked.
 */
export const CATALOGUE: readonly CatalogueModel[] = [
  local("llama2:7b", "llama", ["llama2", META], ["7B", 6.74, 3.8], ["Q4_0", "0.0.1"], "c"),
  local("llama3:8b", "llama", ["llama3", META], ["8.0B", 8.03, 4.7], ["Q4_0", "0.1.30"], "c"),
  local("llama3.1:8b", "llama", ["llama3.1", META], ["8.0B", 8.03, 4.9], ["Q4_K_M", "0.3.0"], "ct"),
  local("llama3.2:3b", "llama", ["llama3.2", META], ["3.2B", 3.2, 2], ["Q4_K_M", "0.3.0"], "ct"),
  local("llama3.2:1b-instruct-fp16", "llama", ["llama3.2", META], ["1.2B", 1.24, 2.5], ["F16", "0.3.0"], "ct"),
  local("llama3.3:70b", "llama", ["llama3.3", META], ["70.6B", 70.6, 42.5], ["Q4_K_M", "0.3.0"], "ct"),
  local("llama3.1:8b-instruct-fp16", "llama", ["llama3.1", META], ["8.0B", 8.03, 16.1], ["F16", "0.3.0"], "ct"),
  local("llama3.2-vision:11b", "mllama", ["llama3.2-vision", META], ["9.8B", 9.78, 7.9], ["Q4_K_M", "0.4.0"], "cv", {
    sees: true,
    families: ["mllama", "mllama"],
  }),
  local("mistral:7b", "llama", ["mistral", "Mistral AI"], ["7.2B", 7.25, 4.1], ["Q4_0", "0.1.0"], "ct"),
  local("mistral:7b-text-fp16", "llama", ["mistral", "Mistral AI"], ["7.2B", 7.25, 14.5], ["F16", "0.1.0"], "c"),
  local("tinyllama:1.1b", "llama", ["tinyllama", "TinyLlama"], ["1B", 1.1, 0.6], ["Q4_0", "0.0.1"], "c"),
  local("codellama:13b", "llama", ["codellama", META], ["13B", 13, 7.4], ["Q4_0", "0.0.1"], "ci"),
  local("llava:7b", "llama", ["llava", "LLaVA"], ["7B", 7, 4.7], ["Q4_0", "0.1.15"], "cv"),
  local("mixtral:8x7b", "llama", ["mixtral", "Mistral AI"], ["46.7B", 46.7, 26], ["Q4_0", "0.1.16"], "ct"),
  local("deepseek-r1:8b", "llama", ["deepseek-r1", "DeepSeek"], ["8.0B", 8.03, 4.9], ["Q4_K_M", "0.5.5"], "ck"),
  local("deepseek-r1:7b", "qwen2", ["deepseek-r1", "DeepSeek"], ["7.6B", 7.62, 4.7], ["Q4_K_M", "0.5.5"], "ck"),
  local("deepseek-r1:1.5b", "qwen2", ["deepseek-r1", "DeepSeek"], ["1.8B", 1.78, 1.1], ["Q4_K_M", "0.5.5"], "ck"),
  local("deepseek-r1:32b", "qwen2", ["deepseek-r1", "DeepSeek"], ["32.8B", 32.8, 19.9], ["Q4_K_M", "0.5.5"], "ck"),
  local("deepseek-r1:671b", "deepseek2", ["deepseek-r1", "DeepSeek"], ["671.0B", 671, 404], ["Q4_K_M", "0.5.5"], "ck"),
  local(
    "deepseek-coder-v2:16b",
    "deepseek2",
    ["deepseek-coder-v2", "DeepSeek"],
    ["15.7B", 15.7, 8.9],
    ["Q4_0", "0.1.45"],
    "ci",
  ),
  local("qwen:4b", "qwen2", ["qwen", QWEN], ["4B", 4, 2.3], ["Q4_0", "0.1.20"], "c"),
  local("qwen2.5:7b", "qwen2", ["qwen2.5", QWEN], ["7.6B", 7.62, 4.7], ["Q4_K_M", "0.3.10"], "ct", SAYS_WHO_IT_IS),
  local(
    "qwen2.5:0.5b",
    "qwen2",
    ["qwen2.5", QWEN],
    ["494.03M", 0.494, 0.4],
    ["Q4_K_M", "0.3.10"],
    "ct",
    SAYS_WHO_IT_IS,
  ),
  local("qwen2.5:14b", "qwen2", ["qwen2.5", QWEN], ["14.8B", 14.8, 9], ["Q4_K_M", "0.3.10"], "ct", SAYS_WHO_IT_IS),
  local("qwen2.5:72b", "qwen2", ["qwen2.5", QWEN], ["72.7B", 72.7, 47], ["Q4_K_M", "0.3.10"], "ct", SAYS_WHO_IT_IS),
  local("qwen2.5:1.5b-instruct-fp16", "qwen2", ["qwen2.5", QWEN], ["1.5B", 1.54, 3.1], ["F16", "0.3.10"], "ct"),
  local("qwen2.5:7b-instruct-q8_0", "qwen2", ["qwen2.5", QWEN], ["7.6B", 7.62, 8.1], ["Q8_0", "0.3.10"], "ct"),
  local("qwen2.5-coder:14b", "qwen2", ["qwen2.5-coder", QWEN], ["14.8B", 14.8, 9], ["Q4_K_M", "0.3.10"], "cti"),
  local("qwen2:1.5b", "qwen2", ["qwen2", QWEN], ["1.5B", 1.54, 0.9], ["Q4_0", "0.1.40"], "c"),
  local("qwen2.5vl:7b", "qwen25vl", ["qwen2.5vl", QWEN], ["8.3B", 8.29, 6], ["Q4_K_M", "0.7.0"], "cv", { sees: true }),
  local("qwen3:8b", "qwen3", ["qwen3", QWEN], ["8.2B", 8.19, 5.2], ["Q4_K_M", "0.6.6"], "ctk"),
  local("qwen3:0.6b", "qwen3", ["qwen3", QWEN], ["751.63M", 0.752, 0.5], ["Q4_K_M", "0.6.6"], "ctk"),
  local("qwen3:30b-a3b", "qwen3moe", ["qwen3", QWEN], ["30.5B", 30.5, 18.6], ["Q4_K_M", "0.6.6"], "ctk"),
  local("gemma:2b", "gemma", ["gemma", GOOGLE], ["3B", 2.51, 1.7], ["Q4_0", "0.1.26"], "c"),
  local("gemma2:9b", "gemma2", ["gemma2", GOOGLE], ["9.2B", 9.24, 5.4], ["Q4_0", "0.2.0"], "c"),
  local("gemma2:2b", "gemma2", ["gemma2", GOOGLE], ["2.6B", 2.61, 1.6], ["Q4_0", "0.2.0"], "c"),
  local("gemma2:2b-text-fp16", "gemma2", ["gemma2", GOOGLE], ["2.6B", 2.61, 5.2], ["F16", "0.2.0"], "c"),
  local("gemma3:4b", "gemma3", ["gemma3", GOOGLE], ["4.3B", 4.3, 3.3], ["Q4_K_M", "0.6.0"], "cv"),
  local("gemma3:12b", "gemma3", ["gemma3", GOOGLE], ["12.2B", 12.2, 8.1], ["Q4_K_M", "0.6.0"], "cv"),
  local("phi3:mini", "phi3", ["phi3", "Microsoft"], ["3.8B", 3.82, 2.2], ["Q4_0", "0.1.32"], "c"),
  local("phi4:14b", "phi3", ["phi4", "Microsoft"], ["14.7B", 14.7, 9.1], ["Q4_K_M", "0.5.4"], "c"),
  local(
    "nomic-embed-text:latest",
    "nomic-bert",
    ["nomic-embed-text", "Nomic"],
    ["137M", 0.137, 0.274],
    ["F16", "0.1.26"],
    "e",
  ),
  local(
    "mxbai-embed-large:latest",
    "bert",
    ["mxbai-embed-large", "Mixedbread"],
    ["334M", 0.334, 0.67],
    ["F16", "0.1.26"],
    "e",
  ),
  local("bge-m3:latest", "bert", ["bge-m3", "BAAI"], ["566.70M", 0.567, 1.2], ["F16", "0.3.4"], "e"),
  local("starcoder2:3b", "starcoder2", ["starcoder2", "BigCode"], ["3B", 3.03, 1.7], ["Q4_0", "0.1.28"], "ci"),
  local("command-r:35b", "command-r", ["command-r", "Cohere"], ["32.3B", 32.3, 18.7], ["Q4_0", "0.1.29"], "ct"),
  local("gpt-oss:20b", "gptoss", ["gpt-oss", "OpenAI"], ["20.9B", 20.9, 13.8], ["MXFP4", "0.11.0"], "ctk"),
  local(
    "hf.co/example/gpt-oss-20b-GGUF:BF16",
    "gpt-oss",
    ["gpt-oss", "OpenAI"],
    ["20.9B", 20.9, 41.9],
    ["BF16", "0.11.0"],
    "ctk",
    {
      lineage: "gptoss",
    },
  ),
  local("hf.co/example/Tiny-Tale-GGUF:latest", "LLaMA", NONE, ["1.1B", 1.1, 0.8], ["unknown", "0.3.13"], "c", {
    lineage: "llama",
    families: ["llama"],
  }),
  local("gemma4:26b", "gemma4", ["gemma4", GOOGLE], ["25.8B", 25.8, 18], ["Q4_K_M", "0.20.0"], "ctkva"),
  local("example/lantern:latest", "llama", NONE, ["8.0B", 8.03, 5.7], ["Q5_K_M", "0.14.0"], "cp"),
  local("house-assistant:latest", "llama", NONE, ["8.0B", 8.03, 4.9], ["Q4_K_M", "0.3.0"], "ct", {
    own: true,
    prompts: OWN_PROMPTS,
  }),
  local("house-writer:latest", "gemma2", NONE, ["9.2B", 9.24, 5.4], ["Q4_0", "0.2.0"], "c", {
    own: true,
    prompts: OWN_PROMPTS,
  }),
  local("unbound:latest", "llama", NONE, ["8.0B", 8.03, 4.9], ["Q4_K_M", "0.1.30"], "c", {
    own: true,
    prompts: [{ class: "guard-off", share: 1 }],
  }),
  local("unbound-template:7b", "llama", NONE, ["7.2B", 7.25, 4.1], ["Q4_0", "0.1.30"], "c", {
    templateClass: "guard-off",
  }),
  stub("gpt-oss:120b-cloud", "gpt-oss", "OpenAI"),
  stub("deepseek-v3.1:671b-cloud", "deepseek-v3.1", "DeepSeek"),
];
