/** A program that runs language models on one's own machine, as process, DNS and file records show it. */
export interface LlmFramework {
  readonly title: string;
  /** Endings of the paths of its programs. */
  readonly programs: readonly string[];
  /** Words of a command line by which an interpreter or container tool runs it. */
  readonly arguments: readonly string[];
  /** Words of a command line that installs it. */
  readonly installs: readonly string[];
  /** Names at which it looks for models and updates; names below count too. */
  readonly names: readonly string[];
  /** Parts of paths below which it keeps models, with `/` and with `\`. */
  readonly folders: readonly string[];
  readonly source: string;
}

const WINDOWS = (folder: string): string => folder.replaceAll("/", "\\");

/** Frameworks by id. */
export const LLM_FRAMEWORKS = {
  ollama: {
    title: "Ollama",
    programs: ["/ollama", "\\ollama.exe", "\\ollama app.exe"],
    arguments: ["ollama/ollama"],
    installs: [
      "ollama.com/install.sh",
      "ollama.com/install.ps1",
      "brew install ollama",
      "brew install --cask ollama",
      "ollamasetup.exe",
      "winget install ollama.ollama",
    ],
    names: ["ollama.com", "ollama.ai"],
    folders: ["/.ollama/models/", WINDOWS("/.ollama/models/")],
    source: "ollama/ollama@fb307608 docs/linux.mdx, docs/windows.mdx, docs/macos.mdx",
  },
  "lm-studio": {
    title: "LM Studio",
    programs: ["/lms", "/lm-studio", "/LM Studio", "\\LM Studio.exe", "\\lms.exe"],
    arguments: [],
    installs: ["lmstudio.ai/install.sh", "brew install --cask lm-studio", "winget install elementlabs.lmstudio"],
    names: ["lmstudio.ai"],
    folders: ["/.lmstudio/models/", WINDOWS("/.lmstudio/models/"), "/.cache/lm-studio/models/"],
    source: "lmstudio.ai docs",
  },
  "llama-cpp": {
    title: "llama.cpp",
    programs: ["/llama-server", "/llama-cli", "\\llama-server.exe", "\\llama-cli.exe"],
    arguments: ["llama_cpp.server", "ghcr.io/ggml-org/llama.cpp"],
    installs: ["brew install llama.cpp", "winget install llama.cpp", "pip install llama-cpp-python"],
    names: [],
    folders: ["/.cache/llama.cpp/", WINDOWS("/llama.cpp/")],
    source: "ggml-org/llama.cpp README.md, docs/install.md",
  },
  vllm: {
    title: "vLLM",
    programs: ["/vllm"],
    arguments: ["vllm.entrypoints", "vllm/vllm-openai"],
    installs: ["pip install vllm", "pip install -U vllm"],
    names: [],
    folders: [],
    source: "vllm-project/vllm docs/getting_started",
  },
  sglang: {
    title: "SGLang",
    programs: [],
    arguments: ["sglang.launch_server", "lmsysorg/sglang"],
    installs: ['pip install "sglang', "pip install sglang"],
    names: [],
    folders: [],
    source: "sgl-project/sglang docs",
  },
  tgi: {
    title: "Text Generation Inference",
    programs: ["/text-generation-launcher", "/text-generation-router"],
    arguments: ["huggingface/text-generation-inference"],
    installs: [],
    names: [],
    folders: [],
    source: "huggingface/text-generation-inference README.md",
  },
  koboldcpp: {
    title: "KoboldCpp",
    programs: ["/koboldcpp", "/koboldcpp-linux-x64", "\\koboldcpp.exe"],
    arguments: ["koboldcpp.py"],
    installs: [],
    names: [],
    folders: [],
    source: "LostRuins/koboldcpp README.md",
  },
  gpt4all: {
    title: "GPT4All",
    programs: ["/gpt4all", "\\gpt4all.exe"],
    arguments: [],
    installs: ["pip install gpt4all", "gpt4all-installer"],
    names: ["gpt4all.io"],
    folders: ["/nomic.ai/GPT4All/", WINDOWS("/nomic.ai/GPT4All/")],
    source: "nomic-ai/gpt4all README.md",
  },
  jan: {
    title: "Jan",
    programs: ["/Jan", "\\Jan.exe"],
    arguments: [],
    installs: ["winget install jan.jan", "brew install --cask jan"],
    names: ["jan.ai"],
    folders: ["/Jan/data/", WINDOWS("/Jan/data/")],
    source: "janhq/jan README.md",
  },
  localai: {
    title: "LocalAI",
    programs: ["/local-ai"],
    arguments: ["localai/localai"],
    installs: ["localai.io/install.sh", "brew install localai"],
    names: ["localai.io"],
    folders: [],
    source: "mudler/LocalAI README.md",
  },
  "text-generation-webui": {
    title: "Text generation web UI",
    programs: [],
    arguments: ["text-generation-webui"],
    installs: ["oobabooga/text-generation-webui"],
    names: [],
    folders: ["/text-generation-webui/", WINDOWS("/text-generation-webui/")],
    source: "oobabooga/text-generation-webui README.md",
  },
  llamafile: {
    title: "llamafile",
    programs: [".llamafile", ".llamafile.exe"],
    arguments: [],
    installs: [],
    names: [],
    folders: [],
    source: "mozilla-ai/llamafile README.md",
  },
  "mlx-lm": {
    title: "MLX LM",
    programs: ["/mlx_lm.server", "/mlx_lm.generate", "/mlx_lm.chat"],
    arguments: ["mlx_lm.server", "mlx_lm.generate"],
    installs: ["pip install mlx-lm"],
    names: [],
    folders: [],
    source: "ml-explore/mlx-lm README.md",
  },
  ramalama: {
    title: "RamaLama",
    programs: ["/ramalama"],
    arguments: [],
    installs: ["pip install ramalama", "brew install ramalama"],
    names: ["ramalama.ai"],
    folders: ["/.local/share/ramalama/"],
    source: "containers/ramalama README.md",
  },
  "docker-model-runner": {
    title: "Docker Model Runner",
    programs: [],
    arguments: ["docker model run", "docker model pull"],
    installs: ["docker-model-plugin"],
    names: [],
    folders: ["/.docker/models/", WINDOWS("/.docker/models/")],
    source: "docker/model-runner README.md",
  },
  "hugging-face": {
    title: "Hugging Face's store",
    programs: [],
    arguments: [],
    installs: [],
    names: ["huggingface.co", "hf.co"],
    folders: ["/.cache/huggingface/", WINDOWS("/.cache/huggingface/")],
    source: "huggingface/huggingface_hub docs",
  },
  modelscope: {
    title: "ModelScope's store",
    programs: [],
    arguments: [],
    installs: ["pip install modelscope"],
    names: ["modelscope.cn"],
    folders: ["/.cache/modelscope/", WINDOWS("/.cache/modelscope/")],
    source: "modelscope/modelscope README.md",
  },
} as const satisfies Record<string, LlmFramework>;

const ROWS: readonly LlmFramework[] = Object.values(LLM_FRAMEWORKS);

/** Endings of the paths of all of their programs. */
export const FRAMEWORK_PROGRAMS: readonly string[] = ROWS.flatMap((row) => row.programs);
/** Words of command lines by which interpreters and container tools run them. */
export const FRAMEWORK_ARGUMENTS: readonly string[] = ROWS.flatMap((row) => row.arguments);
/** Words of command lines that install them. */
export const FRAMEWORK_INSTALLS: readonly string[] = ROWS.flatMap((row) => row.installs);
/** Names at which they look for models. */
export const FRAMEWORK_NAMES: readonly string[] = ROWS.flatMap((row) => row.names);
/** Parts of paths below which they keep models. */
export const FRAMEWORK_FOLDERS: readonly string[] = ROWS.flatMap((row) => row.folders);
/** Endings of files with a model's weights. */
export const MODEL_FILE_ENDINGS: readonly string[] = [".gguf", ".ggml", ".safetensors", ".llamafile"];
