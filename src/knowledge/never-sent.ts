/** A request that harms, writes or spends although it may look harmless. */
export interface NeverSent {
  readonly path: RegExp;
  readonly why: string;
  readonly instead: string | null;
  readonly source: string;
}

/**
 * What Corral never asks (facts/survey.md 3): a GET is not always harmless. No row of the read-only routes may match one of these,
 * and a test holds them together.
 */
export const NEVER_SENT: readonly NeverSent[] = [
  {
    path: /^\/health(?:_generate)?$/u,
    why: "SGLang and TensorRT-LLM make the model generate, LiteLLM calls every configured model, TGI may run a prefill",
    instead: "/v1/models, /health/readiness, /info",
    source:
      "sgl-project/sglang http_server.py; BerriAI/litellm litellm/proxy; text-generation-inference router/src/server.rs",
  },
  {
    path: /^\/health_check$/u,
    why: "Langflow writes its cache and queries the database",
    instead: "/api/v1/version",
    source: "langflow-ai/langflow src/backend/base",
  },
  {
    path: /^\/api\/(?:env-dump|migrate)$/u,
    why: "AnythingLLM writes its environment to disk, or runs migrations",
    instead: "/api/setup-complete",
    source: "Mintplex-Labs/anything-llm server/endpoints",
  },
  {
    path: /^\/console\/api\/version/u,
    why: "makes Dify call its update address",
    instead: "/console/api/setup",
    source: "langgenius/dify api/controllers/console/version.py",
  },
  {
    path: /cors-proxy/u,
    why: "LocalAI and llama.cpp would ask another host",
    instead: null,
    source: "ggml-org/llama.cpp tools/server; mudler/LocalAI core/http",
  },
  {
    path: /^\/v2\/repository\//u,
    why: "Triton loads or unloads a model",
    instead: "/v2",
    source: "triton-inference-server docs, model repository extension",
  },
  {
    path: /^\/api\/(?:generate|chat|embed|embeddings|pull|push|create|copy|delete|blobs|me|signout|web_search|web_fetch)(?:\/|$)/u,
    why: "Ollama runs a model, writes, fetches, or tells who owns it",
    instead: "/api/tags",
    source: "ollama/ollama@fb307608 server/routes.go",
  },
  {
    path: /^\/v1\/(?:chat|completions|embeddings|responses|messages|audio|images)(?:\/|$)/u,
    why: "runs a model",
    instead: "/v1/models",
    source: "OpenAI-form API",
  },
  {
    path: /get_worker_address|worker_generate/u,
    why: "FastChat changes its state",
    instead: "/v1/models",
    source: "lm-sys/FastChat fastchat/serve",
  },
  {
    path: /auto_login/u,
    why: "it logs in",
    instead: "/api/v1/version",
    source: "docs.langflow.org, configuration-authentication",
  },
  {
    path: /^\/v1\/system\/healthz$/u,
    why: "RAGFlow puts an object into its storage to see whether it works",
    instead: "/v1/system/config",
    source: "infiniflow/ragflow api/utils/health_utils.py",
  },
  {
    path: /^\/sse(?:\/|$)/u,
    why: "an MCP server opens a session that lasts as long as the stream",
    instead: "/.well-known/oauth-protected-resource",
    source: "modelcontextprotocol docs/specification 2024-11-05, HTTP with SSE",
  },
  {
    path: /^\/(?:get_)?server_info$/u,
    why: "SGLang shows the arguments it was started with, its key among them",
    instead: "/v1/models",
    source: "sgl-project/sglang http_server.py",
  },
];
