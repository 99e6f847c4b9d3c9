/** One column on disk: name, SQL type, and the expression over a line's fields that fills it. */
export interface Column {
  readonly name: string;
  readonly type: "VARCHAR" | "INTEGER" | "BIGINT" | "DOUBLE" | "BOOLEAN" | "TIMESTAMP" | "BLOB";
  /** SQL over the fields of a line; the column's own name if absent. */
  readonly from?: string;
}

/** One table on disk: a set of Parquet segments with these columns, unique by `key`, each segment sorted by `sort`. */
export interface Table {
  readonly columns: readonly Column[];
  readonly key: readonly string[];
  readonly sort: readonly string[];
}

/** Version of the columns below; every segment bears the one it was written with. */
export const SCHEMA_VERSION = 2;

const text = (name: string, from?: string): Column => column(name, "VARCHAR", from);
const column = (name: string, type: Column["type"], from?: string): Column =>
  from === undefined ? { name, type } : { name, type, from };

const SERVICE: readonly Column[] = [
  text("scheme"),
  text("address"),
  column("port", "INTEGER"),
  text("host_name"),
  text("base_path"),
];
const SERVICE_KEY = ["scheme", "address", "port", "host_name", "base_path"];
const SERVICE_SORT = ["address", "port", "scheme", "host_name", "base_path", "seen_at"];

const OBSERVATION: Table = {
  columns: [
    ...SERVICE,
    column("seen_at", "TIMESTAMP"),
    text("vantage"),
    text("source"),
    text("run"),
    text("answer"),
    column("confirmed", "BOOLEAN"),
    text("product"),
    text("fingerprint"),
    text("version"),
    column("status", "INTEGER"),
    text("failure"),
    text("signs", "signs::VARCHAR"),
    text("server"),
    text("title"),
    text("page"),
    column("inventory", "BLOB"),
    column("model_count", "INTEGER"),
    column("running", "BLOB"),
    column("running_count", "INTEGER"),
    text("certificate_sha256", "certificate->>'$.sha256'"),
    text("certificate_subject", "certificate->>'$.subject'"),
    text("certificate_issuer", "certificate->>'$.issuer'"),
    text("certificate_not_before", "certificate->>'$.not_before'"),
    text("certificate_not_after", "certificate->>'$.not_after'"),
    text("certificate_names", "(certificate->'$.names')::VARCHAR"),
    column("certificate_self_signed", "BOOLEAN", "(certificate->>'$.self_signed')::BOOLEAN"),
    text("country"),
    text("region"),
    text("city"),
    column("asn", "BIGINT"),
    text("organisation"),
    text("labels", "labels::VARCHAR"),
    text("place_source"),
    column("requests", "INTEGER"),
    column("duration_ms", "DOUBLE"),
  ],
  key: [...SERVICE_KEY, "seen_at", "vantage", "source"],
  sort: [...SERVICE_SORT, "vantage", "source"],
};

const INVENTORY_MODEL: Table = {
  columns: [
    column("inventory", "BLOB"),
    column("position", "INTEGER"),
    text("name", "u.name"),
    text("model", "u.model"),
    text("modified_at", "u.modified_at"),
    column("size", "BIGINT", "u.size"),
    text("digest", "u.digest"),
    column("has_details", "BOOLEAN", "u.details IS NOT NULL"),
    text("parent_model", "u.details.parent_model"),
    text("format", "u.details.format"),
    text("family", "u.details.family"),
    text("families", "u.details.families::VARCHAR"),
    text("parameter_size", "u.details.parameter_size"),
    text("quantization_level", "u.details.quantization_level"),
    column("context_length", "BIGINT", "u.details.context_length"),
    column("embedding_length", "BIGINT", "u.details.embedding_length"),
    text("capabilities", "u.capabilities::VARCHAR"),
    text("remote_model", "u.remote_model"),
    text("remote_host", "u.remote_host"),
  ],
  key: ["inventory"],
  sort: ["inventory", "position"],
};

const RUNNING_MODEL: Table = {
  columns: [
    column("running", "BLOB"),
    column("position", "INTEGER"),
    text("name", "u.name"),
    text("digest", "u.digest"),
    column("size", "BIGINT", "u.size"),
    column("size_vram", "BIGINT", "u.size_vram"),
    column("context_length", "BIGINT", "u.context_length"),
    text("expires_at", "u.expires_at"),
  ],
  key: ["running"],
  sort: ["running", "position"],
};

const CARD: Table = {
  columns: [
    ...SERVICE,
    column("seen_at", "TIMESTAMP"),
    text("run"),
    text("source"),
    text("digest"),
    text("server_version"),
    text("name"),
    text("agreement"),
    column("lends", "BOOLEAN"),
    text("architecture"),
    column("parameter_count", "BIGINT"),
    column("file_type", "INTEGER"),
    column("context_length", "BIGINT"),
    column("embedding_length", "BIGINT"),
    column("block_count", "BIGINT"),
    text("format"),
    text("family"),
    text("families", "families::VARCHAR"),
    text("parameter_size"),
    text("quantization_level"),
    text("capabilities", "capabilities::VARCHAR"),
    column("has_projector", "BOOLEAN"),
    text("template_sha256", "template->>'$.sha256'"),
    column("template_length", "BIGINT", "(template->>'$.length')::BIGINT"),
    column("template_uses_tools", "BOOLEAN"),
    text("system_sha256", "\"system\"->>'$.sha256'"),
    column("system_length", "BIGINT", "(\"system\"->>'$.length')::BIGINT"),
    text("parameters_sha256", "parameters->>'$.sha256'"),
    column("parameters_length", "BIGINT", "(parameters->>'$.length')::BIGINT"),
    text("system_class"),
    text("template_class"),
    column("signs_version", "INTEGER"),
    text("system_text"),
    column("messages", "INTEGER"),
    text("renderer"),
    text("parser"),
    text("requires"),
  ],
  key: [...SERVICE_KEY, "seen_at", "source", "digest", "server_version", "name"],
  sort: [...SERVICE_SORT, "digest", "server_version", "name", "source"],
};

/** The tables on disk. Natural keys only: a service by its five fields, a list by the truncated SHA-256 of its content. */
export const TABLES = {
  observation: OBSERVATION,
  inventory_model: INVENTORY_MODEL,
  running_model: RUNNING_MODEL,
  card: CARD,
} as const satisfies Record<string, Table>;

/** Name of a table on disk. */
export type TableName = keyof typeof TABLES;
export const TABLE_NAMES: readonly TableName[] = ["observation", "inventory_model", "running_model", "card"];

/** Whether a table's rows have a time of their own (`seen_at`). */
export function isDated(name: TableName): boolean {
  return name === "observation" || name === "card";
}

/** Reads a table's name; throws for one that this Corral does not know. */
export function tableName(name: string): TableName {
  const known = TABLE_NAMES.find((one) => one === name);
  if (known === undefined) throw new Error(`no table ${name}`);
  return known;
}
