import type { Product } from "../product.ts";
import { KOBOLDCPP } from "./koboldcpp.ts";
import { LLAMA_CPP } from "./llama-cpp.ts";
import { LOCALAI } from "./localai.ts";
import { OLLAMA } from "./ollama.ts";
import { OPEN_WEBUI } from "./open-webui.ts";
import { SGLANG } from "./sglang.ts";

/** Products that answer Ollama's paths; the first whose certain tell holds is it, so emulators stand before Ollama. */
export const PRODUCTS = [
  KOBOLDCPP,
  LOCALAI,
  OPEN_WEBUI,
  SGLANG,
  LLAMA_CPP,
  OLLAMA,
] as const satisfies readonly Product[];

export type ProductId = (typeof PRODUCTS)[number]["id"];
