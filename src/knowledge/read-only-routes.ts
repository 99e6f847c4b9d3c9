import { BASE_PATH } from "../model/base-path.ts";
import type { RequestText } from "../model/request-text.ts";
import type { Service } from "../model/service.ts";

/** One request line that the survey may send, and why it is harmless. */
export interface ReadOnlyRoute {
  readonly method: "GET" | "POST";
  /** Below the target's base path; `{token}` stands for 16 random hex digits. */
  readonly path: string;
  /** Keys of the JSON body, each holding the model's name and nothing else; empty for no body. */
  readonly body: readonly string[];
  /** Bytes of the answer's body that are read at most. */
  readonly maxBodyBytes: number;
  readonly learns: string;
  readonly source: string;
}

const KIB = 1_024;
const MIB = 1_048_576;

/**
 * Everything the survey can ask of a stranger (rules R10 and R11): metadata only, no row writes, runs a model or makes the server
 * call out. The union of request lines received over the whole test run equals this table.
 */
export const READ_ONLY_ROUTES = {
  version: {
    method: "GET",
    path: "/api/version",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "version string; the cheapest proof of an API",
    source: "ollama/ollama@fb307608 server/routes.go",
  },
  root: {
    method: "GET",
    path: "/",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "the greeting of Ollama, or what else lives there",
    source: "ollama/ollama@fb307608 server/routes.go",
  },
  tags: {
    method: "GET",
    path: "/api/tags",
    body: [],
    maxBodyBytes: MIB,
    learns: "models kept on the server",
    source: "ollama/ollama@fb307608 server/routes.go ListHandler",
  },
  ps: {
    method: "GET",
    path: "/api/ps",
    body: [],
    maxBodyBytes: 256 * KIB,
    learns: "models loaded now",
    source: "ollama/ollama@fb307608 server/routes.go PsHandler",
  },
  "v1-models": {
    method: "GET",
    path: "/v1/models",
    body: [],
    maxBodyBytes: MIB,
    learns: "the OpenAI form of the list, whose owner names the product",
    source: "ollama/ollama@fb307608 openai/openai.go",
  },
  control: {
    method: "GET",
    path: "/corral-control-{token}",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether every path answers: a path that nobody can know",
    source: "projectdiscovery/nuclei#6403: decoys answer every path alike",
  },
  "koboldcpp-version": {
    method: "GET",
    path: "/api/extra/version",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether it is KoboldCpp",
    source: "LostRuins/koboldcpp koboldcpp.py",
  },
  "localai-well-known": {
    method: "GET",
    path: "/.well-known/localai.json",
    body: [],
    maxBodyBytes: 64 * KIB,
    learns: "whether it is LocalAI",
    source: "mudler/LocalAI core/http/routes",
  },
  "api-config": {
    method: "GET",
    path: "/api/config",
    body: [],
    maxBodyBytes: 64 * KIB,
    learns: "whether it is Open WebUI, LibreChat or NextChat, and whether it asks for a login",
    source: "open-webui/open-webui backend/open_webui/main.py; LibreChat api/server; julius nextchat.yaml",
  },
  "plain-version": {
    method: "GET",
    path: "/version",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "the version of vLLM, LocalAI, MLflow or SillyTavern",
    source: "vllm/entrypoints/serve, mudler/LocalAI core/http, mlflow server, SillyTavern src/endpoints",
  },
  openapi: {
    method: "GET",
    path: "/openapi.json",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "the title of an API that describes itself",
    source: "FastAPI; julius probes/jan.yaml",
  },
  "lm-studio-greeting": {
    method: "GET",
    path: "/lmstudio-greeting",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether it is LM Studio",
    source: "AIG data/fingerprints/lm-studio.yaml",
  },
  "lm-studio-models": {
    method: "GET",
    path: "/api/v0/models",
    body: [],
    maxBodyBytes: 256 * KIB,
    learns: "models of LM Studio with architecture and quantization",
    source: "lmstudio.ai docs, REST API v0",
  },
  "tgi-info": {
    method: "GET",
    path: "/info",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "whether it is TGI, its model and version",
    source: "huggingface/text-generation-inference router/src/server.rs",
  },
  "litellm-readiness": {
    method: "GET",
    path: "/health/readiness",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "whether it is LiteLLM, and its version",
    source: "BerriAI/litellm litellm/proxy",
  },
  "koboldcpp-model": {
    method: "GET",
    path: "/api/v1/model",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "the model of KoboldCpp, or that it is protected",
    source: "LostRuins/koboldcpp koboldcpp.py",
  },
  "webui-model-info": {
    method: "GET",
    path: "/v1/internal/model/info",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "the model of text-generation-webui",
    source: "oobabooga/text-generation-webui extensions/openai",
  },
  "xinference-auth": {
    method: "GET",
    path: "/v1/cluster/auth",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether it is Xinference, and whether it asks for a login",
    source: "xorbitsai/inference xinference/api",
  },
  "xinference-version": {
    method: "GET",
    path: "/v1/cluster/version",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "the version of Xinference",
    source: "xorbitsai/inference xinference/api",
  },
  "triton-server": {
    method: "GET",
    path: "/v2",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "whether it is Triton, and its version",
    source: "Triton server docs, KServe v2 protocol",
  },
  "triton-models": {
    method: "GET",
    path: "/v2/models/stats",
    body: [],
    maxBodyBytes: 256 * KIB,
    learns: "models of Triton",
    source: "Triton server docs, statistics extension",
  },
  "torchserve-api": {
    method: "GET",
    path: "/api-description",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "whether it is TorchServe",
    source: "pytorch/serve docs",
  },
  models: {
    method: "GET",
    path: "/models",
    body: [],
    maxBodyBytes: 256 * KIB,
    learns: "models of a management port of TorchServe",
    source: "pytorch/serve docs, management API",
  },
  "ray-auth": {
    method: "GET",
    path: "/api/authentication_mode",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns:
      "whether Ray asks for a token; its list of applications is not asked: that GET starts a client inside of the cluster",
    source: "ray-project/ray python/ray/dashboard/http_server_head.py",
  },
  "comfyui-stats": {
    method: "GET",
    path: "/system_stats",
    body: [],
    maxBodyBytes: 64 * KIB,
    learns: "whether it is ComfyUI, its version and devices",
    source: "comfyanonymous/ComfyUI server.py",
  },
  "gradio-config": {
    method: "GET",
    path: "/config",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "whether it is a Gradio app, and its version",
    source: "gradio/routes.py",
  },
  "sd-models": {
    method: "GET",
    path: "/sdapi/v1/sd-models",
    body: [],
    maxBodyBytes: 256 * KIB,
    learns: "models of the Stable Diffusion web UI",
    source: "AUTOMATIC1111/stable-diffusion-webui modules/api/api.py",
  },
  "api-v1-version": {
    method: "GET",
    path: "/api/v1/version",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "the version of Langflow or Flowise",
    source: "docs.langflow.org; FlowiseAI/Flowise packages/server",
  },
  "flowise-ping": {
    method: "GET",
    path: "/api/v1/ping",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether it is Flowise",
    source: "FlowiseAI/Flowise packages/server",
  },
  "flowise-flows": {
    method: "GET",
    path: "/api/v1/chatflows",
    body: [],
    maxBodyBytes: KIB,
    learns: "whether Flowise asks for a login: the status alone, no body is kept",
    source: "FlowiseAI/Flowise packages/server",
  },
  "dify-setup": {
    method: "GET",
    path: "/console/api/setup",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether it is Dify, and whether its first account was made",
    source: "langgenius/dify api/controllers/console/setup.py",
  },
  "anythingllm-setup": {
    method: "GET",
    path: "/api/setup-complete",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "whether AnythingLLM asks for a login",
    source: "Mintplex-Labs/anything-llm server/endpoints",
  },
  "chroma-identity": {
    method: "GET",
    path: "/api/v2/auth/identity",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether Chroma asks for a login: what it takes the asker for",
    source: "chroma-core/chroma rust/frontend/src/server.rs, get_user_identity",
  },
  "chroma-version": {
    method: "GET",
    path: "/api/v2/version",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "the version of Chroma",
    source: "chroma-core/chroma chromadb/server",
  },
  "chroma-heartbeat-v1": {
    method: "GET",
    path: "/api/v1/heartbeat",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether it is an older Chroma",
    source: "chroma-core/chroma chromadb/server",
  },
  "qdrant-collections": {
    method: "GET",
    path: "/collections",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "whether Qdrant asks for its key",
    source: "qdrant/qdrant src/actix",
  },
  "weaviate-meta": {
    method: "GET",
    path: "/v1/meta",
    body: [],
    maxBodyBytes: 64 * KIB,
    learns: "whether it is Weaviate, its version and modules",
    source: "weaviate docs",
  },
  "milvus-webui": {
    method: "GET",
    path: "/webui/",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether it is Milvus",
    source: "milvus docs",
  },
  "mcp-resource": {
    method: "GET",
    path: "/.well-known/oauth-protected-resource",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "whether an MCP server names who may sign its tokens",
    source: "RFC 9728; modelcontextprotocol docs/specification 2025-06-18",
  },
  mcp: {
    method: "GET",
    path: "/mcp",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "how a server refuses a GET that MCP would answer",
    source: "modelcontextprotocol docs/specification 2025-11-25",
  },
  "openclaw-config": {
    method: "GET",
    path: "/__openclaw/control-ui-config.json",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "whether it is OpenClaw, and its version",
    source: "AIG data/fingerprints/openclaw.yaml",
  },
  "service-info": {
    method: "GET",
    path: "/.well-known/serviceinfo",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "the name of TabbyAPI or Aphrodite",
    source: "julius tabbyapi.yaml, aphrodite-engine.yaml",
  },
  "nim-metadata": {
    method: "GET",
    path: "/v1/metadata",
    body: [],
    maxBodyBytes: 64 * KIB,
    learns: "whether it is NVIDIA NIM",
    source: "julius nvidia-nim.yaml",
  },
  "powerinfer-model": {
    method: "GET",
    path: "/model.json",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "whether it is PowerInfer",
    source: "julius powerinfer.yaml",
  },
  "bentoml-docs": {
    method: "GET",
    path: "/docs.json",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "whether it is a BentoML service",
    source: "julius bentoml.yaml",
  },
  "ragflow-config": {
    method: "GET",
    path: "/v1/system/config",
    body: [],
    maxBodyBytes: 4 * KIB,
    learns: "whether it is RAGFlow, and whether strangers may sign up; its health is not asked: that GET writes",
    source: "infiniflow/ragflow api/apps/system_app.py",
  },
  "web-manifest": {
    method: "GET",
    path: "/manifest.webmanifest",
    body: [],
    maxBodyBytes: 16 * KIB,
    learns: "the name of LobeHub's page",
    source: "julius lobehub.yaml",
  },
  "privategpt-ingested": {
    method: "GET",
    path: "/v1/ingest/list",
    body: [],
    maxBodyBytes: KIB,
    learns: "whether it is PrivateGPT: its beginning alone, no document name is kept",
    source: "julius privategpt.yaml",
  },
  show: {
    method: "POST",
    path: "/api/show",
    body: ["model", "name"],
    maxBodyBytes: MIB,
    learns: "a model's card; never verbose, never of a cloud model",
    source: "ollama/ollama@fb307608 server/routes.go ShowHandler",
  },
} as const satisfies Record<string, ReadOnlyRoute>;

export type RouteId = keyof typeof READ_ONLY_ROUTES;
/** Routes without a body. */
export type GetRouteId = Exclude<RouteId, "show">;

/** What a request needs besides its row: 16 hex digits for `control`, the model's name for `show`, nothing for the others. */
export type RouteFill<R extends RouteId> = R extends "control" | "show" ? string : null;

/** Where and as whom to ask; everything that ends up in the header. */
export interface Asker {
  readonly place: Pick<Service, "address" | "port" | "host_name" | "base_path">;
  readonly userAgent: string;
}

const TOKEN = /^[0-9a-f]{16}$/u;
const HOST_NAME = /^[a-z0-9._-]{1,253}$/u;
const ADDRESS = /^[0-9a-f.:]{2,45}$/u;
const USER_AGENT = /^[\u0020-\u007e]{1,200}$/u;

/** The path of a route at a place, as it stands in the request line. */
export function routePath<R extends RouteId>(route: R, basePath: string, fill: RouteFill<R>): string {
  const base = basePath === "/" ? "" : basePath;
  const path = READ_ONLY_ROUTES[route].path;
  return base + (route === "control" ? path.replace("{token}", fill ?? "") : path);
}

/**
 * Builds a request from a row of the table; there is no other way to get one.
 *
 * @throws TypeError when the place, the name or the fill could break the header: a bug of the caller, who checks what people give.
 */
export function buildRequest<R extends RouteId>(route: R, asker: Asker, fill: RouteFill<R>): RequestText {
  const fields = fieldsFor(asker);
  if (route === "control" && !TOKEN.test(fill ?? "")) throw new TypeError("control token is not 16 hex digits");
  const row: ReadOnlyRoute = READ_ONLY_ROUTES[route];
  const head = `${row.method} ${routePath(route, asker.place.base_path, fill)}${fields}`;
  if (row.body.length === 0) return sealed(`${head}\r\n`);
  const body = asciiJson(Object.fromEntries(row.body.map((key) => [key, fill])));
  return sealed(`${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
}

interface CheckedFields extends Asker {
  readonly fields: string;
}

let last: CheckedFields | null = null;

/** What follows the path in every request line to a place, checked; kept from one request to the next of the same look. */
function fieldsFor({ place, userAgent }: Asker): string {
  if (last !== null && last.userAgent === userAgent && isSamePlace(last.place, place)) return last.fields;
  const { address, port, host_name: name, base_path: basePath } = place;
  if (!BASE_PATH.test(basePath) || !ADDRESS.test(address)) throw new TypeError("place cannot stand in a header");
  if (name !== null && !HOST_NAME.test(name)) throw new TypeError("host name cannot stand in a header");
  if (!USER_AGENT.test(userAgent)) throw new TypeError("user agent cannot stand in a header");
  const fields =
    ` HTTP/1.1\r\nHost: ${hostField(place)}\r\n` +
    `User-Agent: ${userAgent}\r\nAccept: application/json\r\nConnection: keep-alive\r\n`;
  last = { place: { address, port, host_name: name, base_path: basePath }, userAgent, fields };
  return fields;
}

function isSamePlace(one: Asker["place"], other: Asker["place"]): boolean {
  return (
    one.address === other.address &&
    one.port === other.port &&
    one.host_name === other.host_name &&
    one.base_path === other.base_path
  );
}

/** Joins requests for one write, in order. */
export function pipeline(requests: readonly RequestText[]): RequestText {
  return sealed(requests.join(""));
}

function sealed(text: string): RequestText {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that makes requests
  return text as RequestText;
}

function hostField(place: Asker["place"]): string {
  const host = place.host_name ?? (place.address.includes(":") ? `[${place.address}]` : place.address);
  return place.port === 80 || place.port === 443 ? host : `${host}:${place.port}`;
}

const NOT_ASCII = /[^\u0020-\u007e]/g;

/** JSON in ASCII alone, so that characters are bytes. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(NOT_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
