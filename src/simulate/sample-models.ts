/** A model that hosts of the sample may hold: what its listing and its card say. Names are of real lines, shares are invented. */
export interface SampleModel {
  readonly name: string;
  readonly family: string;
  readonly families: readonly string[];
  readonly parameter_size: string;
  readonly parameter_count: number;
  readonly quantization_level: string;
  readonly file_type: number;
  readonly size: number;
  readonly context_length: number;
  readonly embedding_length: number;
  readonly capabilities: readonly string[];
  /** Named by the cloud's address: a stub, no local weights. */
  readonly remote: boolean;
  readonly weight: number;
}

const GB = 1_000_000_000;
const CHAT = ["completion", "tools"];

function local(
  name: string,
  family: string,
  sizes: readonly [parameter_size: string, billions: number, gigabytes: number],
  quantization: readonly [quantization_level: string, file_type: number],
  capabilities: readonly string[],
  weight: number,
): SampleModel {
  return {
    name,
    family,
    families: capabilities.includes("vision") && family === "llama" ? [family, "clip"] : [family],
    parameter_size: sizes[0],
    parameter_count: Math.round(sizes[1] * GB),
    quantization_level: quantization[0],
    file_type: quantization[1],
    size: Math.round(sizes[2] * GB),
    context_length: 32_768,
    embedding_length: 4_096,
    capabilities,
    remote: false,
    weight,
  };
}

/** The catalogue of the sample; weights are relative and belong to no measurement. */
export const SAMPLE_MODELS: readonly SampleModel[] = [
  local("llama3.2:3b", "llama", ["3.2B", 3.2, 2.0], ["Q4_K_M", 15], CHAT, 20),
  local("llama3.1:8b", "llama", ["8.0B", 8.03, 4.9], ["Q4_K_M", 15], CHAT, 18),
  local("llama3:8b", "llama", ["8.0B", 8.03, 4.7], ["Q4_0", 2], ["completion"], 9),
  local("llama3.3:70b", "llama", ["70.6B", 70.6, 42.5], ["Q4_K_M", 15], CHAT, 3),
  local("mistral:7b", "llama", ["7.2B", 7.2, 4.1], ["Q4_0", 2], CHAT, 9),
  local("llava:7b", "llama", ["7B", 7.0, 4.7], ["Q4_0", 2], ["completion", "vision"], 6),
  local("tinyllama:1.1b", "llama", ["1B", 1.1, 0.6], ["Q4_0", 2], ["completion"], 3),
  local("qwen2.5:7b", "qwen2", ["7.6B", 7.6, 4.7], ["Q4_K_M", 15], CHAT, 16),
  local("qwen2.5:0.5b", "qwen2", ["494.03M", 0.494, 0.4], ["Q4_K_M", 15], CHAT, 6),
  local("qwen2.5-coder:14b", "qwen2", ["14.8B", 14.8, 9.0], ["Q4_K_M", 15], [...CHAT, "insert"], 6),
  local("deepseek-r1:7b", "qwen2", ["7.6B", 7.6, 4.7], ["Q4_K_M", 15], ["completion", "thinking"], 12),
  local("deepseek-r1:32b", "qwen2", ["32.8B", 32.8, 19.9], ["Q4_K_M", 15], ["completion", "thinking"], 4),
  local("qwen3:8b", "qwen3", ["8.2B", 8.2, 5.2], ["Q4_K_M", 15], [...CHAT, "thinking"], 9),
  local("gemma2:9b", "gemma2", ["9.2B", 9.2, 5.4], ["Q4_0", 2], ["completion"], 9),
  local("gemma3:4b", "gemma3", ["4.3B", 4.3, 3.3], ["Q4_K_M", 15], ["completion", "vision"], 7),
  local("phi3:mini", "phi3", ["3.8B", 3.8, 2.2], ["Q4_0", 2], ["completion"], 5),
  local("phi4:14b", "phi3", ["14.7B", 14.7, 9.1], ["Q4_K_M", 15], ["completion"], 3),
  local("nomic-embed-text:latest", "nomic-bert", ["137M", 0.137, 0.27], ["F16", 1], ["embedding"], 12),
  local("mxbai-embed-large:latest", "bert", ["334M", 0.334, 0.67], ["F16", 1], ["embedding"], 4),
  local("gpt-oss:20b", "gptoss", ["20.9B", 20.9, 13.8], ["MXFP4", 4], [...CHAT, "thinking"], 4),
  local("qwen2.5:7b-instruct-q8_0", "qwen2", ["7.6B", 7.6, 8.1], ["Q8_0", 7], CHAT, 3),
  local("llama3.1:8b-instruct-fp16", "llama", ["8.0B", 8.03, 16.1], ["F16", 1], CHAT, 2),
  local("house-assistant:latest", "llama", ["8.0B", 8.03, 4.9], ["Q5_K_M", 17], CHAT, 2),
  { ...local("gpt-oss:120b-cloud", "", ["", 0, 0], ["", 0], CHAT, 2), size: 384, families: [], remote: true },
];
