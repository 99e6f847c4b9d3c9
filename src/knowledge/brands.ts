import type { Examples } from "./examples.ts";

/** A line of models as its maker sells it, told from the model's name alone. */
export interface Brand {
  readonly id: string;
  readonly maker: string;
  /** How the model part of a name begins, lower-cased, `_` and letter-`-`-digit squeezed (`Llama-3.2-3B` → `llama3.2-3b`). */
  readonly stems: readonly string[];
  /** Whether a version may follow a stem (`granite3.1`). */
  readonly versions: boolean;
  readonly source: string;
  readonly matches: Examples;
  readonly rejects: Examples;
}

/** Makers' names as repackagers put them before the model's (`Meta-Llama-3.1-8B`, `google_gemma-3-4b-it-GGUF`). */
export const MAKER_PREFIXES: readonly string[] = [
  "ai21labs",
  "allenai",
  "cohereforai",
  "deepseek-ai",
  "google",
  "huggingfacetb",
  "ibm-granite",
  "ibm",
  "meta-llama",
  "meta",
  "microsoft",
  "mistralai",
  "nousresearch",
  "nvidia",
  "openai",
  "qwen",
  "tiiuae",
  "unsloth",
  "zai-org",
];

const LIBRARY =
  "names of the public model library (registry.ollama.ai/library) and of the makers' own repositories, read 2026-08-21";

type More = Partial<Pick<Brand, "stems" | "versions">>;

function row(id: string, maker: string, matches: Examples, rejects: Examples, more: More = {}): Brand {
  const { stems = [id], versions = false } = more;
  return { id, maker, stems, versions, source: LIBRARY, matches, rejects };
}

/** Brands that open servers hold; a name without a row has no brand here. */
export const BRANDS: readonly Brand[] = [
  row("llama2", "Meta", ["llama2:7b-chat", "hf.co/TheBloke/Llama-2-7B-Chat-GGUF"], ["llama2-uncensored", "llama20"]),
  row("llama2-uncensored", "George Sung", ["llama2-uncensored:7b"], ["llama2"]),
  row("llama3", "Meta", ["llama3:8b", "hf.co/x/Meta-Llama-3-8B-Instruct-GGUF"], ["llama3.1", "llama3.2:1b", "llama33"]),
  row("llama3.1", "Meta", ["llama3.1:70b", "hf.co/x/Meta-Llama-3.1-8B-Instruct-GGUF:Q4_K_M"], ["llama3", "llama3.10"]),
  row(
    "llama3.2",
    "Meta",
    ["llama3.2:latest", "hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF"],
    ["llama3.2-vision", "llama3"],
  ),
  row("llama3.2-vision", "Meta", ["llama3.2-vision:11b", "hf.co/x/Llama-3.2-11B-Vision"], ["llama3.2"], {
    stems: ["llama3.2-vision", "llama3.2-11b-vision", "llama3.2-90b-vision"],
  }),
  row("llama3.3", "Meta", ["llama3.3:70b"], ["llama3.2", "llama33"]),
  row("llama4", "Meta", ["llama4:scout", "hf.co/x/Llama-4-Scout-17B"], ["llama40"]),
  row("llama-guard", "Meta", ["llama-guard3:1b"], ["llama3", "guard"], { versions: true }),
  row("codellama", "Meta", ["codellama:13b", "hf.co/TheBloke/CodeLlama-13B-GGUF"], ["codellamas", "phind-codellama"]),
  row("qwen", "Alibaba", ["qwen:4b", "qwen1.5-7b"], ["qwen2", "qwen3", "qwenx"], { stems: ["qwen", "qwen1.5"] }),
  row("qwen2", "Alibaba", ["qwen2:7b", "hf.co/Qwen/Qwen2-7B-Instruct-GGUF"], ["qwen2.5", "qwen2-math"]),
  row("qwen2-math", "Alibaba", ["qwen2-math:7b"], ["qwen2"]),
  row(
    "qwen2.5",
    "Alibaba",
    ["qwen2.5:14b", "hf.co/x/Qwen2.5-7B-Instruct-GGUF"],
    ["qwen2", "qwen2.5-coder", "qwen2.5vl"],
  ),
  row("qwen2.5-coder", "Alibaba", ["qwen2.5-coder:32b"], ["qwen2.5"]),
  row("qwen2.5vl", "Alibaba", ["qwen2.5vl:7b", "hf.co/x/Qwen2.5-VL-7B-GGUF"], ["qwen2.5"], {
    stems: ["qwen2.5vl", "qwen2.5-vl"],
  }),
  row(
    "qwen3",
    "Alibaba",
    ["qwen3:30b-a3b", "hf.co/bartowski/Qwen_Qwen3-8B-GGUF"],
    ["qwen3-coder", "qwen3-embedding", "qwen35"],
  ),
  row("qwen3-coder", "Alibaba", ["qwen3-coder:480b-cloud"], ["qwen3"]),
  row("qwen3-embedding", "Alibaba", ["qwen3-embedding:0.6b"], ["qwen3"]),
  row("qwen3-vl", "Alibaba", ["qwen3-vl:235b-cloud"], ["qwen3"], { stems: ["qwen3-vl", "qwen3vl"] }),
  row("qwen3-next", "Alibaba", ["qwen3-next:80b"], ["qwen3"]),
  row("qwen3.5", "Alibaba", ["qwen3.5:9b"], ["qwen3", "qwen35"]),
  row("qwq", "Alibaba", ["qwq:32b"], ["qwqx"]),
  row("codeqwen", "Alibaba", ["codeqwen:7b"], ["qwen"], { stems: ["codeqwen", "codeqwen1.5"] }),
  row("gemma", "Google", ["gemma:2b", "hf.co/google/gemma-7b-it-GGUF"], ["gemma2:2b", "codegemma", "gemmas"]),
  row("gemma2", "Google", ["gemma2:9b", "hf.co/x/gemma-2-9b-it-GGUF"], ["gemma", "gemma-2b", "gemma3"]),
  row("gemma3", "Google", ["gemma3:4b-it-qat", "hf.co/x/google_gemma-3-4b-it-GGUF"], ["gemma3n", "gemma"]),
  row("gemma3n", "Google", ["gemma3n:e4b", "hf.co/x/gemma-3n-E4B-it-GGUF"], ["gemma3"]),
  row("gemma4", "Google", ["gemma4:26b"], ["gemma3"]),
  row("embeddinggemma", "Google", ["embeddinggemma:300m"], ["gemma"]),
  row("codegemma", "Google", ["codegemma:7b"], ["gemma"]),
  row(
    "deepseek-r1",
    "DeepSeek",
    ["deepseek-r1:7b", "hf.co/unsloth/DeepSeek-R1-Distill-Qwen-7B-GGUF", "huihui_ai/deepseek-r1-abliterated"],
    ["deepseek", "deepseek-r10"],
  ),
  row("deepseek-v2", "DeepSeek", ["deepseek-v2:16b"], ["deepseek-v2.5", "deepseek-v3"]),
  row("deepseek-v2.5", "DeepSeek", ["deepseek-v2.5:236b"], ["deepseek-v2"]),
  row("deepseek-v3", "DeepSeek", ["deepseek-v3:671b"], ["deepseek-v3.1"]),
  row("deepseek-v3.1", "DeepSeek", ["deepseek-v3.1:671b-cloud"], ["deepseek-v3", "deepseek-v3.2"]),
  row("deepseek-v3.2", "DeepSeek", ["deepseek-v3.2:cloud"], ["deepseek-v3"]),
  row("deepseek-coder", "DeepSeek", ["deepseek-coder:6.7b"], ["deepseek-coder-v2"]),
  row("deepseek-coder-v2", "DeepSeek", ["deepseek-coder-v2:16b"], ["deepseek-coder"]),
  row("deepseek-llm", "DeepSeek", ["deepseek-llm:7b"], ["deepseek-r1"]),
  row("deepseek-ocr", "DeepSeek", ["deepseek-ocr:3b"], ["deepseek"]),
  row("deepscaler", "Agentica", ["deepscaler:1.5b"], ["deepscale"]),
  row(
    "mistral",
    "Mistral AI",
    ["mistral:7b", "hf.co/TheBloke/Mistral-7B-Instruct-v0.2-GGUF"],
    ["mistral-nemo", "mistral-small", "mistralx"],
  ),
  row("mistral-nemo", "Mistral AI", ["mistral-nemo:12b"], ["mistral", "nemo"]),
  row("mistral-small", "Mistral AI", ["mistral-small:24b", "mistral-small3.2:24b"], ["mistral", "mistral-smaller"], {
    versions: true,
  }),
  row("mistral-large", "Mistral AI", ["mistral-large:123b"], ["mistral"], { versions: true }),
  row(
    "mixtral",
    "Mistral AI",
    ["mixtral:8x7b", "hf.co/TheBloke/Mixtral-8x7B-v0.1-GGUF"],
    ["mistral", "dolphin-mixtral"],
  ),
  row("codestral", "Mistral AI", ["codestral:22b"], ["codestral2"]),
  row("devstral", "Mistral AI", ["devstral:24b", "devstral-2:123b-cloud", "devstral-small-2:24b"], ["mistral"], {
    versions: true,
  }),
  row("magistral", "Mistral AI", ["magistral:24b"], ["mistral"]),
  row("ministral", "Mistral AI", ["ministral-3:8b"], ["mistral"], { versions: true }),
  row("mathstral", "Mistral AI", ["mathstral:7b"], ["mistral"]),
  row("phi", "Microsoft", ["phi:2.7b", "phi-2:latest"], ["phi3", "phind", "phi4"], { stems: ["phi", "phi2"] }),
  row("phi3", "Microsoft", ["phi3:mini", "hf.co/microsoft/Phi-3-mini-4k-instruct-gguf"], ["phi3.5", "phi"]),
  row("phi3.5", "Microsoft", ["phi3.5:3.8b"], ["phi3"]),
  row("phi4", "Microsoft", ["phi4:14b", "hf.co/x/microsoft_phi-4-GGUF"], ["phi4-mini", "phi"]),
  row("phi4-mini", "Microsoft", ["phi4-mini:3.8b", "phi4-mini-reasoning"], ["phi4"]),
  row("phi4-reasoning", "Microsoft", ["phi4-reasoning:plus"], ["phi4", "phi4-mini-reasoning"]),
  row("wizardlm2", "Microsoft", ["wizardlm2:7b"], ["wizardlm"]),
  row(
    "gpt-oss",
    "OpenAI",
    ["gpt-oss:20b", "gpt-oss:120b-cloud", "hf.co/unsloth/gpt-oss-20b-GGUF"],
    ["gpt-oss-safeguard", "gpt"],
  ),
  row("gpt-oss-safeguard", "OpenAI", ["gpt-oss-safeguard:20b"], ["gpt-oss"]),
  row("nomic-embed-text", "Nomic", ["nomic-embed-text:latest", "nomic-embed-text-v1.5"], ["nomic", "nomic-embed-code"]),
  row("mxbai-embed-large", "Mixedbread", ["mxbai-embed-large:335m"], ["mxbai"]),
  row("bge-m3", "BAAI", ["bge-m3:567m", "hf.co/gpustack/bge-m3-GGUF"], ["bge-large", "bge-m30"]),
  row("bge-large", "BAAI", ["bge-large:335m", "quentinz/bge-large-zh-v1.5"], ["bge-m3"]),
  row("all-minilm", "Sentence Transformers", ["all-minilm:22m", "all-minilm-l6-v2"], ["minilm"]),
  row(
    "snowflake-arctic-embed",
    "Snowflake",
    ["snowflake-arctic-embed:335m", "snowflake-arctic-embed2:568m"],
    ["snowflake", "arctic"],
    { versions: true },
  ),
  row("llava", "LLaVA", ["llava:7b", "hf.co/x/llava-v1.6-mistral-7b-gguf"], ["llava-llama3", "llavas"]),
  row("llava-llama3", "XTuner", ["llava-llama3:8b"], ["llava", "llama3"]),
  row("bakllava", "SkunkworksAI", ["bakllava:7b"], ["llava"]),
  row("moondream", "Moondream", ["moondream:1.8b", "moondream2"], ["moon"], { versions: true }),
  row("minicpm-v", "OpenBMB", ["minicpm-v:8b", "minicpm-v4.5"], ["minicpm", "minicpm-o"], { versions: true }),
  row("tinyllama", "TinyLlama", ["tinyllama:1.1b"], ["tiny", "llama"]),
  row("tinydolphin", "Eric Hartford", ["tinydolphin:1.1b"], ["dolphin-mistral"]),
  row("dolphin-mistral", "Eric Hartford", ["dolphin-mistral:7b"], ["mistral", "dolphin-llama3"]),
  row("dolphin-mixtral", "Eric Hartford", ["dolphin-mixtral:8x7b"], ["mixtral"]),
  row("dolphin-llama3", "Eric Hartford", ["dolphin-llama3:8b"], ["llama3", "dolphin3"]),
  row("dolphin3", "Eric Hartford", ["dolphin3:8b"], ["dolphin-llama3"]),
  row("smollm", "Hugging Face", ["smollm:135m"], ["smollm2"]),
  row(
    "smollm2",
    "Hugging Face",
    ["smollm2:135m", "hf.co/HuggingFaceTB/SmolLM2-360M-Instruct-GGUF"],
    ["smollm", "smollm3"],
  ),
  row("smollm3", "Hugging Face", ["hf.co/x/SmolLM3-3B-GGUF"], ["smollm2"]),
  row("zephyr", "Hugging Face", ["zephyr:7b"], ["stablelm-zephyr", "zephyrus"]),
  row("starcoder", "BigCode", ["starcoder:1b"], ["starcoder2"]),
  row("starcoder2", "BigCode", ["starcoder2:3b"], ["starcoder"]),
  row("stable-code", "Stability AI", ["stable-code:3b"], ["stable-diffusion"]),
  row("stablelm2", "Stability AI", ["stablelm2:1.6b", "stablelm-2-zephyr"], ["stablelm"]),
  row("falcon", "TII", ["falcon:7b"], ["falcon3", "falcons"]),
  row("falcon3", "TII", ["falcon3:10b"], ["falcon"]),
  row("command-r", "Cohere", ["command-r:35b"], ["command-r-plus", "command-r7b", "command"]),
  row("command-r-plus", "Cohere", ["command-r-plus:104b"], ["command-r"]),
  row("command-r7b", "Cohere", ["command-r7b:7b"], ["command-r"]),
  row("command-a", "Cohere", ["command-a:111b"], ["command-r", "command-ax"]),
  row("aya", "Cohere", ["aya:8b", "aya-expanse:32b"], ["ayaan"]),
  row(
    "granite",
    "IBM",
    ["granite3.1-dense:8b", "granite4:tiny-h", "granite3.3:2b", "granite-code:8b"],
    ["granite-embedding", "granites"],
    { versions: true },
  ),
  row("granite-embedding", "IBM", ["granite-embedding:30m"], ["granite3.1-dense"]),
  row(
    "nemotron",
    "NVIDIA",
    ["nemotron:70b", "nemotron-mini:4b", "nemotron-3-nano:30b"],
    ["nemo", "llama3.1-nemotron"],
    { versions: true },
  ),
  row("yi", "01.AI", ["yi:34b", "hf.co/x/Yi-1.5-9B-Chat-GGUF"], ["yi-coder", "yilin"], { stems: ["yi", "yi1.5"] }),
  row("yi-coder", "01.AI", ["yi-coder:9b"], ["yi"]),
  row("glm4", "Zhipu AI", ["glm4:9b", "hf.co/x/glm-4-9b-chat-GGUF"], ["glm-4.7-flash", "glm-4.6"]),
  row("glm-4.5", "Zhipu AI", ["glm-4.5-air"], ["glm4"], { stems: ["glm4.5"] }),
  row("glm-4.6", "Zhipu AI", ["glm-4.6:cloud"], ["glm4"], { stems: ["glm4.6"] }),
  row("glm-4.7", "Zhipu AI", ["glm-4.7-flash", "glm-4.7:cloud"], ["glm4"], { stems: ["glm4.7"] }),
  row("glm-5", "Zhipu AI", ["glm-5:cloud"], ["glm4"], { stems: ["glm5"] }),
  row("kimi-k2", "Moonshot AI", ["kimi-k2:1t-cloud", "kimi-k2-thinking:cloud", "kimi-k2.5:cloud"], ["kimi"], {
    versions: true,
  }),
  row("minimax-m2", "MiniMax", ["minimax-m2:cloud", "minimax-m2.1:cloud"], ["minimax"], { versions: true }),
  row("internlm2", "Shanghai AI Lab", ["internlm2:7b", "internlm2.5-7b-chat"], ["internlm"], { versions: true }),
  row("olmo2", "Ai2", ["olmo2:13b", "hf.co/allenai/OLMo-2-1124-7B-Instruct-GGUF"], ["olmo"]),
  row("olmo-3", "Ai2", ["olmo-3:7b"], ["olmo2"], { stems: ["olmo3"], versions: true }),
  row("exaone", "LG AI Research", ["exaone3.5:7.8b", "exaone-deep:2.4b"], ["exa"], { versions: true }),
  row("solar", "Upstage", ["solar:10.7b", "solar-pro:22b"], ["solaris"]),
  row("vicuna", "LMSYS", ["vicuna:13b"], ["wizard-vicuna", "vicunas"]),
  row("wizardcoder", "WizardLM", ["wizardcoder:33b"], ["wizard"]),
  row("wizard-vicuna-uncensored", "Eric Hartford", ["wizard-vicuna-uncensored:13b"], ["wizard-vicuna"]),
  row("orca-mini", "Pankaj Mathur", ["orca-mini:3b"], ["orca2"]),
  row("neural-chat", "Intel", ["neural-chat:7b"], ["neural"]),
  row("openchat", "OpenChat", ["openchat:7b"], ["open-chat"]),
  row("openhermes", "Teknium", ["openhermes:7b", "openhermes-2.5-mistral-7b"], ["hermes3"], { versions: true }),
  row(
    "hermes3",
    "Nous Research",
    ["hermes3:8b", "hf.co/NousResearch/Hermes-3-Llama-3.1-8B-GGUF"],
    ["hermes", "openhermes"],
  ),
  row("nous-hermes", "Nous Research", ["nous-hermes:13b", "nous-hermes2:10.7b"], ["hermes3"], { versions: true }),
  row("starling-lm", "Berkeley", ["starling-lm:7b"], ["starling"]),
  row("sqlcoder", "Defog", ["sqlcoder:7b"], ["sql"]),
  row("cogito", "Deep Cogito", ["cogito:8b", "cogito-2.1:671b-cloud"], ["cogitos"], { versions: true }),
  row("openthinker", "Open Thoughts", ["openthinker:7b"], ["thinker"]),
  row("reflection", "Matt Shumer", ["reflection:70b"], ["reflect"]),
  row("athene-v2", "Nexusflow", ["athene-v2:72b"], ["athena"]),
  row("lfm2", "Liquid AI", ["lfm2:24b", "hf.co/LiquidAI/LFM2-1.2B-GGUF", "lfm2.5-thinking:1.2b"], ["lfm"], {
    versions: true,
  }),
];
