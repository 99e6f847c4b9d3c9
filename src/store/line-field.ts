import { ANSWERS, VANTAGES } from "../model/observation.ts";
import { PROMPT_CLASSES } from "../model/prompt-class.ts";

/** What a field of a journal or JSONL line holds. `texts` is a list of strings; `json` any value. */
export type FieldType =
  | "text"
  | "integer"
  | "number"
  | "boolean"
  | "instant"
  | "address"
  | "texts"
  | "trace"
  | "certificate"
  | "models"
  | "running"
  | "json";

/** One field of a line: its type, whether it may be null (absent counts as null), and the only values it may have. */
export interface LineField {
  readonly type: FieldType;
  readonly nullable: boolean;
  readonly values?: readonly string[];
}

const need = (type: FieldType, values?: readonly string[]): LineField =>
  values === undefined ? { type, nullable: false } : { type, nullable: false, values };
const may = (type: FieldType, values?: readonly string[]): LineField =>
  values === undefined ? { type, nullable: true } : { type, nullable: true, values };

const SERVICE = {
  scheme: need("text", ["http", "https"]),
  address: need("address"),
  port: need("integer"),
  host_name: may("text"),
  base_path: need("text"),
} as const;

/** Fields of the three kinds of line, `kind` and `schema` apart; src/model/{observation,card,run}.ts say what they mean. */
export const LINE_FIELDS = {
  observation: {
    ...SERVICE,
    seen_at: need("instant"),
    run: may("text"),
    vantage: may("text", VANTAGES),
    source: need("text"),
    answer: need("text", ANSWERS),
    confirmed: need("boolean"),
    product: may("text"),
    fingerprint: may("text"),
    version: may("text"),
    status: may("integer"),
    failure: may("text"),
    signs: need("texts"),
    server: may("text"),
    title: may("text"),
    page: may("text"),
    models: may("models"),
    running: may("running"),
    certificate: may("certificate"),
    country: may("text"),
    region: may("text"),
    city: may("text"),
    asn: may("integer"),
    organisation: may("text"),
    labels: may("texts"),
    place_source: may("text"),
    requests: may("integer"),
    duration_ms: may("number"),
  },
  card: {
    ...SERVICE,
    seen_at: need("instant"),
    run: may("text"),
    source: need("text"),
    digest: need("text"),
    server_version: need("text"),
    name: need("text"),
    agreement: need("text"),
    lends: need("boolean"),
    architecture: may("text"),
    parameter_count: may("integer"),
    file_type: may("integer"),
    context_length: may("integer"),
    embedding_length: may("integer"),
    block_count: may("integer"),
    format: may("text"),
    family: may("text"),
    families: may("texts"),
    parameter_size: may("text"),
    quantization_level: may("text"),
    capabilities: may("texts"),
    has_projector: need("boolean"),
    template: may("trace"),
    template_uses_tools: need("boolean"),
    system: may("trace"),
    parameters: may("trace"),
    system_class: may("text", PROMPT_CLASSES),
    template_class: may("text", PROMPT_CLASSES),
    signs_version: may("integer"),
    system_text: may("text"),
    messages: may("integer"),
    renderer: may("text"),
    parser: may("text"),
    requires: may("text"),
  },
  run: {
    run: need("text"),
    source: need("text"),
    started_at: need("instant"),
    finished_at: may("instant"),
    scope_name: may("text"),
    scope_hash: may("text"),
    basis: may("text"),
    operator: may("text"),
    contact: may("text"),
    allowed_by: may("text"),
    vantage: may("text", VANTAGES),
    ports: may("json"),
    shard: need("text"),
    depth: may("text", ["metadata", "cards"]),
    coverage: may("json"),
    gaps: need("json"),
    carries: may("texts"),
    synthetic: need("boolean"),
  },
} as const satisfies Record<string, Readonly<Record<string, LineField>>>;

/** Kinds of line that a foreign file may hold. */
export type LineKind = keyof typeof LINE_FIELDS;

/** Fields of one entry of `models`, `details` apart. */
export const MODEL_FIELDS = {
  name: need("text"),
  model: may("text"),
  modified_at: may("text"),
  size: may("integer"),
  digest: may("text"),
  capabilities: may("texts"),
  remote_model: may("text"),
  remote_host: may("text"),
} as const satisfies Readonly<Record<string, LineField>>;

/** Fields of `details` of one entry of `models`. */
export const DETAIL_FIELDS = {
  parent_model: may("text"),
  format: may("text"),
  family: may("text"),
  families: may("texts"),
  parameter_size: may("text"),
  quantization_level: may("text"),
  context_length: may("integer"),
  embedding_length: may("integer"),
} as const satisfies Readonly<Record<string, LineField>>;

/** Fields of one entry of `running`. */
export const RUNNING_FIELDS = {
  name: need("text"),
  digest: may("text"),
  size: may("integer"),
  size_vram: may("integer"),
  context_length: may("integer"),
  expires_at: may("text"),
} as const satisfies Readonly<Record<string, LineField>>;

/** Fields of `certificate`. */
export const CERTIFICATE_FIELDS = {
  sha256: need("text"),
  subject: may("text"),
  issuer: may("text"),
  not_before: may("text"),
  not_after: may("text"),
  names: need("texts"),
  self_signed: need("boolean"),
} as const satisfies Readonly<Record<string, LineField>>;

/** Fields of a kept-apart text. */
export const TRACE_FIELDS = {
  sha256: need("text"),
  length: need("integer"),
} as const satisfies Readonly<Record<string, LineField>>;
