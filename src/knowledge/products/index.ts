import type { Product } from "../product.ts";
import { KOBOLDCPP } from "./koboldcpp.ts";
import { LLAMA_CPP } from "./llama-cpp.ts";
import { LOCALAI } from "./localai.ts";
import { OLLAMA } from "./ollama.ts";
import { OPEN_WEBUI } from "./open-webui.ts";
import { QDRANT } from "./qdrant.ts";
import { SGLANG } from "./sglang.ts";
import { VLLM } from "./vllm.ts";

/** Every product; the first whose certain tell holds is it, so emulators stand before Ollama, and the plain OpenAI form last. */
export const PRODUCTS = [
  KOBOLDCPP,
  LOCALAI,
  OPEN_WEBUI,
  SGLANG,
  LLAMA_CPP,
  VLLM,
  QDRANT,
  OLLAMA,
] as const satisfies readonly Product[];

export type ProductId = (typeof PRODUCTS)[number]["id"];
