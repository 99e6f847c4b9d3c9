import type { Product } from "../product.ts";
import { ANYTHINGLLM } from "./anythingllm.ts";
import { APHRODITE } from "./aphrodite.ts";
import { BENTOML } from "./bentoml.ts";
import { CHROMA } from "./chroma.ts";
import { COMFYUI } from "./comfyui.ts";
import { DIFY } from "./dify.ts";
import { FLOWISE } from "./flowise.ts";
import { GPT4ALL } from "./gpt4all.ts";
import { GRADIO } from "./gradio.ts";
import { JAN } from "./jan.ts";
import { KOBOLDCPP } from "./koboldcpp.ts";
import { LANGFLOW } from "./langflow.ts";
import { LIBRECHAT } from "./librechat.ts";
import { LITELLM } from "./litellm.ts";
import { LLAMA_CPP } from "./llama-cpp.ts";
import { LM_STUDIO } from "./lm-studio.ts";
import { LOBEHUB } from "./lobehub.ts";
import { LOCALAI } from "./localai.ts";
import { MCP } from "./mcp.ts";
import { MILVUS } from "./milvus.ts";
import { MLC_LLM } from "./mlc-llm.ts";
import { MLFLOW } from "./mlflow.ts";
import { N8N } from "./n8n.ts";
import { NEXTCHAT } from "./nextchat.ts";
import { NIM } from "./nim.ts";
import { OLLAMA } from "./ollama.ts";
import { OPEN_WEBUI } from "./open-webui.ts";
import { OPENAI_COMPATIBLE } from "./openai-compatible.ts";
import { OPENCLAW } from "./openclaw.ts";
import { POWERINFER } from "./powerinfer.ts";
import { PRIVATEGPT } from "./privategpt.ts";
import { QDRANT } from "./qdrant.ts";
import { RAGFLOW } from "./ragflow.ts";
import { RAY } from "./ray.ts";
import { SD_WEBUI } from "./sd-webui.ts";
import { SGLANG } from "./sglang.ts";
import { SILLYTAVERN } from "./sillytavern.ts";
import { TABBYAPI } from "./tabbyapi.ts";
import { TEXT_GENERATION_WEBUI } from "./text-generation-webui.ts";
import { TGI } from "./tgi.ts";
import { TORCHSERVE } from "./torchserve.ts";
import { TRITON } from "./triton.ts";
import { VLLM } from "./vllm.ts";
import { WEAVIATE } from "./weaviate.ts";
import { XINFERENCE } from "./xinference.ts";

/** Every product; the first whose certain tell holds is it, so emulators stand before Ollama, and the plain OpenAI form last. */
export const PRODUCTS = [
  TABBYAPI,
  KOBOLDCPP,
  LOCALAI,
  LM_STUDIO,
  OPEN_WEBUI,
  LITELLM,
  NIM,
  APHRODITE,
  SGLANG,
  XINFERENCE,
  JAN,
  TEXT_GENERATION_WEBUI,
  GPT4ALL,
  MLC_LLM,
  TGI,
  POWERINFER,
  LLAMA_CPP,
  VLLM,
  TRITON,
  TORCHSERVE,
  RAY,
  MLFLOW,
  COMFYUI,
  SD_WEBUI,
  PRIVATEGPT,
  LANGFLOW,
  GRADIO,
  QDRANT,
  WEAVIATE,
  CHROMA,
  MILVUS,
  LIBRECHAT,
  NEXTCHAT,
  ANYTHINGLLM,
  FLOWISE,
  DIFY,
  N8N,
  RAGFLOW,
  OPENCLAW,
  SILLYTAVERN,
  LOBEHUB,
  BENTOML,
  MCP,
  OLLAMA,
  OPENAI_COMPATIBLE,
] as const satisfies readonly Product[];

export type ProductId = (typeof PRODUCTS)[number]["id"];
