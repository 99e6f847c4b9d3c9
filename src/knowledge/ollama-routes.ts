/** One route of a model server as the gateway knows it. */
export interface ModelRoute {
  readonly methods: readonly ("GET" | "HEAD" | "POST" | "DELETE")[];
  /** `:name` stands for one segment. */
  readonly path: string;
  /** A reads lists, B computes, C discloses prompts or identity, D changes models or disk or calls outside. */
  readonly risk: "A" | "B" | "C" | "D";
  /** In whose words errors are told. */
  readonly family: "native" | "openai" | "anthropic" | "plain";
  /** Where the model's name stands; `json`: the keys `model` or `name`, or those that the body's form has besides. */
  readonly model: "json" | "multipart" | "path" | "none";
  readonly body: "json" | "multipart" | "raw" | "none";
  readonly stream: "ndjson" | "sse" | "none";
  /** Whether it streams when the request does not say. */
  readonly streamDefault: boolean;
  /** Whether it costs tokens. */
  readonly generates: boolean;
  readonly source: string;
}

const ROUTES_GO = "ollama/ollama@fb307608 server/routes.go";
const OPENAI_GO = "ollama/ollama@fb307608 middleware/openai.go";
const ANTHROPIC_GO = "ollama/ollama@fb307608 middleware/anthropic.go";

const LIST = {
  risk: "A",
  model: "none",
  body: "none",
  stream: "none",
  streamDefault: false,
  generates: false,
} as const;
const COMPUTE = { methods: ["POST"], risk: "B", model: "json", body: "json", generates: true } as const;
const CHANGE = { risk: "D", family: "native", streamDefault: false, generates: false, source: ROUTES_GO } as const;

/** Every route that passes the gateway at all, by id; what stands in no row is refused. Classes: facts of section 2 in ollama-api. */
export const MODEL_ROUTES = {
  root: { ...LIST, methods: ["GET", "HEAD"], path: "/", family: "plain", source: ROUTES_GO },
  version: { ...LIST, methods: ["GET", "HEAD"], path: "/api/version", family: "native", source: ROUTES_GO },
  status: { ...LIST, methods: ["GET"], path: "/api/status", family: "native", source: ROUTES_GO },
  tags: { ...LIST, methods: ["GET", "HEAD"], path: "/api/tags", family: "native", source: ROUTES_GO },
  ps: { ...LIST, methods: ["GET"], path: "/api/ps", family: "native", source: ROUTES_GO },
  recommendations: {
    ...LIST,
    methods: ["GET"],
    path: "/api/experimental/model-recommendations",
    family: "native",
    source: ROUTES_GO,
  },
  "v1-models": { ...LIST, methods: ["GET"], path: "/v1/models", family: "openai", source: OPENAI_GO },
  "v1-model": {
    ...LIST,
    methods: ["GET"],
    path: "/v1/models/:model",
    model: "path",
    family: "openai",
    source: OPENAI_GO,
  },
  generate: {
    ...COMPUTE,
    path: "/api/generate",
    family: "native",
    stream: "ndjson",
    streamDefault: true,
    source: ROUTES_GO,
  },
  chat: { ...COMPUTE, path: "/api/chat", family: "native", stream: "ndjson", streamDefault: true, source: ROUTES_GO },
  embed: { ...COMPUTE, path: "/api/embed", family: "native", stream: "none", streamDefault: false, source: ROUTES_GO },
  embeddings: {
    ...COMPUTE,
    path: "/api/embeddings",
    family: "native",
    stream: "none",
    streamDefault: false,
    source: ROUTES_GO,
  },
  "v1-chat": {
    ...COMPUTE,
    path: "/v1/chat/completions",
    family: "openai",
    stream: "sse",
    streamDefault: false,
    source: OPENAI_GO,
  },
  "v1-completions": {
    ...COMPUTE,
    path: "/v1/completions",
    family: "openai",
    stream: "sse",
    streamDefault: false,
    source: OPENAI_GO,
  },
  "v1-embeddings": {
    ...COMPUTE,
    path: "/v1/embeddings",
    family: "openai",
    stream: "none",
    streamDefault: false,
    source: OPENAI_GO,
  },
  "v1-responses": {
    ...COMPUTE,
    path: "/v1/responses",
    family: "openai",
    stream: "sse",
    streamDefault: false,
    source: OPENAI_GO,
  },
  "v1-messages": {
    ...COMPUTE,
    path: "/v1/messages",
    family: "anthropic",
    stream: "sse",
    streamDefault: false,
    source: ANTHROPIC_GO,
  },
  "v1-audio": {
    ...COMPUTE,
    path: "/v1/audio/transcriptions",
    family: "openai",
    model: "multipart",
    body: "multipart",
    stream: "none",
    streamDefault: false,
    source: OPENAI_GO,
  },
  show: {
    methods: ["POST"],
    path: "/api/show",
    risk: "C",
    family: "native",
    model: "json",
    body: "json",
    stream: "none",
    streamDefault: false,
    generates: false,
    source: ROUTES_GO,
  },
  me: {
    methods: ["POST"],
    path: "/api/me",
    risk: "C",
    family: "native",
    model: "none",
    body: "none",
    stream: "none",
    streamDefault: false,
    generates: false,
    source: ROUTES_GO,
  },
  pull: {
    ...CHANGE,
    methods: ["POST"],
    path: "/api/pull",
    model: "json",
    body: "json",
    stream: "ndjson",
    streamDefault: true,
  },
  push: {
    ...CHANGE,
    methods: ["POST"],
    path: "/api/push",
    model: "json",
    body: "json",
    stream: "ndjson",
    streamDefault: true,
  },
  create: {
    ...CHANGE,
    methods: ["POST"],
    path: "/api/create",
    model: "json",
    body: "json",
    stream: "ndjson",
    streamDefault: true,
  },
  copy: { ...CHANGE, methods: ["POST"], path: "/api/copy", model: "json", body: "json", stream: "none" },
  delete: { ...CHANGE, methods: ["DELETE"], path: "/api/delete", model: "json", body: "json", stream: "none" },
  blob: {
    ...CHANGE,
    methods: ["POST", "HEAD"],
    path: "/api/blobs/:digest",
    model: "none",
    body: "raw",
    stream: "none",
  },
  signout: { ...CHANGE, methods: ["POST"], path: "/api/signout", model: "none", body: "none", stream: "none" },
  "user-key": {
    ...CHANGE,
    methods: ["DELETE"],
    path: "/api/user/keys/:encodedKey",
    model: "none",
    body: "none",
    stream: "none",
  },
  "web-search": {
    ...CHANGE,
    methods: ["POST"],
    path: "/api/experimental/web_search",
    model: "none",
    body: "json",
    stream: "none",
  },
  "web-fetch": {
    ...CHANGE,
    methods: ["POST"],
    path: "/api/experimental/web_fetch",
    model: "none",
    body: "json",
    stream: "none",
  },
} as const satisfies Record<string, ModelRoute>;

export type ModelRouteId = keyof typeof MODEL_ROUTES;
