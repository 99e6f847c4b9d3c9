import type { Examples } from "./examples.ts";

/** What an architecture is for. A projector (the eye of a vision model) is part of a model and never its lineage. */
export const LINEAGE_KINDS = ["language", "embedding", "projector"] as const;
export type LineageKind = (typeof LINEAGE_KINDS)[number];

/** One architecture as GGUF files and `details.family` name it. Families without a row are kept as they are. */
export interface Lineage {
  readonly id: string;
  readonly kind: LineageKind;
  /** Who published the architecture; not the maker of every model built on it. */
  readonly origin: string;
  /** Sees pictures by itself: the architecture only exists with a vision part. */
  readonly vision: boolean;
  readonly source: string;
  /** Spellings met in `details.family`; compared without case. */
  readonly matches: Examples;
  /** Look-alikes that are lineages of their own (or nothing). */
  readonly rejects: Examples;
}

const GGML = "ggml-org/llama.cpp@00395eb2 src/llama-arch.cpp, LLM_ARCH_NAMES";
const ENGINE = "ollama/ollama@fb307608 model/models";

type More = Partial<Pick<Lineage, "kind" | "vision" | "source">> & { readonly also?: readonly string[] };

function row(id: string, origin: string, rejects: Examples, more: More = {}): Lineage {
  const { kind = "language", vision = false, source = GGML, also = [] } = more;
  return { id, kind, origin, vision, source, matches: [id, ...also], rejects };
}

/** Architectures of the models that open servers hold, read 2026-08-21. */
export const LINEAGES: readonly Lineage[] = [
  row("llama", "Meta", ["llama4", "llama-embed", "mllama", "llama3"], { also: ["LLaMA"] }),
  row("llama4", "Meta", ["llama", "llama-4"], { vision: true }),
  row("mllama", "Meta", ["llama", "mllama2"], { vision: true, source: ENGINE }),
  row("qwen", "Alibaba", ["qwen1", "qwen2"]),
  row("qwen2", "Alibaba", ["qwen", "qwen2vl", "qwen2moe", "qwen25"]),
  row("qwen2moe", "Alibaba", ["qwen2"]),
  row("qwen2vl", "Alibaba", ["qwen2"], { vision: true }),
  row("qwen25vl", "Alibaba", ["qwen2vl", "qwen25"], { vision: true, source: ENGINE }),
  row("qwen3", "Alibaba", ["qwen3moe", "qwen35"]),
  row("qwen3moe", "Alibaba", ["qwen3"]),
  row("qwen3next", "Alibaba", ["qwen3"]),
  row("qwen3vl", "Alibaba", ["qwen3", "qwen3vlmoe"], { vision: true }),
  row("qwen3vlmoe", "Alibaba", ["qwen3vl"], { vision: true }),
  row("qwen35", "Alibaba", ["qwen3", "qwen35moe"]),
  row("qwen35moe", "Alibaba", ["qwen35"]),
  row("gemma", "Google", ["gemma2", "gemma-embedding", "gemma7b"]),
  row("gemma2", "Google", ["gemma", "gemma-2"]),
  row("gemma3", "Google", ["gemma3n", "gemma"]),
  row("gemma3n", "Google", ["gemma3"]),
  row("gemma4", "Google", ["gemma4-assistant", "gemma"]),
  row("gemma-embedding", "Google", ["gemma"], { kind: "embedding" }),
  row("phi2", "Microsoft", ["phi", "phi3"]),
  row("phi3", "Microsoft", ["phi2", "phi4", "phimoe"]),
  row("phimoe", "Microsoft", ["phi3"]),
  row("mistral3", "Mistral AI", ["mistral", "mistral4", "ministral3"]),
  row("mistral4", "Mistral AI", ["mistral3"]),
  row("deepseek", "DeepSeek", ["deepseek2", "deepseek-r1"]),
  row("deepseek2", "DeepSeek", ["deepseek", "deepseek2-ocr", "deepseek32"]),
  row("deepseek2-ocr", "DeepSeek", ["deepseek2"], { vision: true, also: ["deepseekocr"] }),
  row("deepseek32", "DeepSeek", ["deepseek3"]),
  row("gptoss", "OpenAI", ["gpt2", "gpt", "oss"], { source: ENGINE, also: ["gpt-oss"] }),
  row("gpt2", "OpenAI", ["gptj", "gpt"]),
  row("gptj", "EleutherAI", ["gptneox"]),
  row("gptneox", "EleutherAI", ["gptj", "gpt2"]),
  row("chatglm", "Zhipu AI", ["glm4", "glm"]),
  row("glm4", "Zhipu AI", ["glm4moe", "chatglm"]),
  row("glm4moe", "Zhipu AI", ["glm4", "glm4moelite"]),
  row("glm4moelite", "Zhipu AI", ["glm4moe"], { source: ENGINE }),
  row("glmocr", "Zhipu AI", ["glm4"], { vision: true, source: ENGINE }),
  row("glm-dsa", "Zhipu AI", ["glm4"]),
  row("falcon", "TII", ["falcon-h1", "falcon3"]),
  row("falcon-h1", "TII", ["falcon"]),
  row("starcoder", "BigCode", ["starcoder2"]),
  row("starcoder2", "BigCode", ["starcoder"]),
  row("stablelm", "Stability AI", ["stable-diffusion"]),
  row("command-r", "Cohere", ["cohere2", "command"]),
  row("cohere2", "Cohere", ["command-r", "cohere2moe"]),
  row("granite", "IBM", ["granitemoe", "granitehybrid"]),
  row("granitemoe", "IBM", ["granite"]),
  row("granitehybrid", "IBM", ["granite"]),
  row("olmo", "Ai2", ["olmo2", "olmoe"]),
  row("olmo2", "Ai2", ["olmo"]),
  row("olmo3", "Ai2", ["olmo2"], { source: ENGINE }),
  row("olmoe", "Ai2", ["olmo"]),
  row("internlm2", "Shanghai AI Lab", ["internlm"]),
  row("minicpm", "OpenBMB", ["minicpm3"]),
  row("minicpm3", "OpenBMB", ["minicpm"]),
  row("baichuan", "Baichuan", ["baichuan2"]),
  row("exaone", "LG AI Research", ["exaone4"]),
  row("exaone4", "LG AI Research", ["exaone"]),
  row("nemotron", "NVIDIA", ["nemotron_h"]),
  row("nemotron_h", "NVIDIA", ["nemotron", "nemotron_h_moe"]),
  row("nemotron_h_moe", "NVIDIA", ["nemotron_h"]),
  row("smollm3", "Hugging Face", ["smollm", "smollm2"]),
  row("lfm2", "Liquid AI", ["lfm2moe"]),
  row("lfm2moe", "Liquid AI", ["lfm2"]),
  row("seed_oss", "ByteDance", ["gptoss", "seed"]),
  row("hunyuan-dense", "Tencent", ["hunyuan-moe"]),
  row("hunyuan-moe", "Tencent", ["hunyuan-dense"]),
  row("ernie4_5", "Baidu", ["ernie4_5-moe"]),
  row("ernie4_5-moe", "Baidu", ["ernie4_5"]),
  row("minimax-m2", "MiniMax", ["minimax"]),
  row("solar", "Upstage", ["solar-pro"], { source: "ollama/ollama llama/patches, solar-pro architecture" }),
  row("mpt", "MosaicML", ["gpt"]),
  row("bloom", "BigScience", ["bloomz"]),
  row("dbrx", "Databricks", ["dbr"]),
  row("mamba", "Gu and Dao", ["mamba2", "jamba"]),
  row("mamba2", "Gu and Dao", ["mamba"]),
  row("rwkv7", "RWKV", ["rwkv6"]),
  row("bert", "Google", ["nomic-bert", "modern-bert", "roberta"], { kind: "embedding" }),
  row("modern-bert", "Answer.AI", ["bert"], { kind: "embedding" }),
  row("nomic-bert", "Nomic", ["nomic-bert-moe", "bert"], { kind: "embedding", also: ["nomicbert"] }),
  row("nomic-bert-moe", "Nomic", ["nomic-bert"], { kind: "embedding" }),
  row("jina-bert-v2", "Jina AI", ["jina-bert-v3", "bert"], { kind: "embedding" }),
  row("jina-bert-v3", "Jina AI", ["jina-bert-v2"], { kind: "embedding" }),
  row("eurobert", "EuroBERT", ["bert"], { kind: "embedding" }),
  row("clip", "OpenAI", ["clipper", "siglip"], { kind: "projector" }),
];

/** Families that servers send and that name no architecture: what emulators write there, and llama.cpp's own word for none. */
export const NO_LINEAGE: readonly { readonly family: string; readonly source: string }[] = [
  { family: "koboldcpp", source: "LostRuins/koboldcpp koboldcpp.py: the family of every model it shows" },
  { family: "(unknown)", source: GGML },
  { family: "unknown", source: "ollama/ollama@fb307608 fs/ggml/ggml.go: architecture of a file that names none" },
];
