import { sqlName } from "./stage-sql.ts";
import { TABLES } from "./table.ts";

const ISO = "'%Y-%m-%dT%H:%M:%S.%gZ'";
const MODEL = ["name", "model", "modified_at", "size", "digest"];
const DETAILS = [
  "parent_model",
  "format",
  "family",
  "families::JSON",
  "parameter_size",
  "quantization_level",
  "context_length",
  "embedding_length",
];
const RUNNING = ["name", "digest", "size", "size_vram", "context_length", "expires_at"];
const CERTIFICATE = ["sha256", "subject", "issuer", "not_before", "not_after", "names::JSON", "self_signed"];
/** Never leaves the lake: a prompt's text is for its owner (docs/prompts.md). */
const KEPT_BACK = "system_text";
/** Columns that are named like a part of a text's trace and are none. */
const NO_TRACE: ReadonlySet<string> = new Set(["template_uses_tools", "template_class", "system_class"]);
const TRACES = ["template", "system", "parameters"];
const LISTS: ReadonlySet<string> = new Set(["families", "capabilities"]);
/** Fields of an observation between its service and its lists, and after them, in the order of src/model/observation.ts. */
const BEFORE = [
  "run",
  "vantage",
  "source",
  "answer",
  "confirmed",
  "product",
  "fingerprint",
  "version",
  "status",
  "failure",
];
const AFTER = [
  "country",
  "region",
  "city",
  "asn",
  "organisation",
  "labels::JSON",
  "place_source",
  "requests",
  "duration_ms",
];
const SERVICE = ["scheme", "address", "port", "host_name", "base_path"];

function pack(fields: readonly string[]): string {
  return `struct_pack(${fields.join(", ")})`;
}

function field(name: string, sql: string): string {
  return `${sqlName(name)} := ${sql}`;
}

/** `families::JSON` with prefix `certificate_` → `"families" := "certificate_families"::JSON`. */
function same(names: readonly string[], prefix = ""): readonly string[] {
  return names.map((one) => {
    const [name = "", cast] = one.split("::");
    return field(name, `${sqlName(`${prefix}${name}`)}${cast === undefined ? "" : `::${cast}`}`);
  });
}

const MODEL_ENTRY = pack([
  ...same(MODEL),
  field("details", `CASE WHEN has_details THEN ${pack(same(DETAILS))} END`),
  ...same(["capabilities::JSON", "remote_model", "remote_host"]),
]);

/** One column `line`: every observation as a line of JSONL, its lists put together again. */
export const OBSERVATION_LINES = `WITH list AS (
  SELECT inventory AS list_id, list(${MODEL_ENTRY} ORDER BY position) AS entries FROM stored.inventory_model GROUP BY inventory
), running_list AS (
  SELECT running AS list_id, list(${pack(same(RUNNING))} ORDER BY position) AS entries FROM stored.running_model GROUP BY running
)
SELECT to_json(${pack([
  field("kind", "'observation'"),
  field("schema", "1"),
  ...same(SERVICE),
  field("seen_at", `strftime(seen_at, ${ISO})`),
  ...same(BEFORE),
  ...same(["signs::JSON", "server", "title", "page"]),
  field("models", "CASE WHEN inventory IS NOT NULL THEN coalesce(list.entries, []) END"),
  field("running", "CASE WHEN running IS NOT NULL THEN coalesce(running_list.entries, []) END"),
  field("certificate", `CASE WHEN certificate_sha256 IS NOT NULL THEN ${pack(same(CERTIFICATE, "certificate_"))} END`),
  ...same(AFTER),
])})::VARCHAR AS line
FROM stored.observation LEFT JOIN list ON inventory = list.list_id LEFT JOIN running_list ON running = running_list.list_id`;

const cardFields = TABLES.card.columns.flatMap(({ name }) => {
  if (name === KEPT_BACK) return [];
  if (name === "seen_at") return [field(name, `strftime(seen_at, ${ISO})`)];
  if (LISTS.has(name)) return [field(name, `${sqlName(name)}::JSON`)];
  const trace = TRACES.find((one) => name.startsWith(`${one}_`) && !NO_TRACE.has(name));
  if (trace === undefined) return [field(name, sqlName(name))];
  if (name !== `${trace}_sha256`) return [];
  return [field(trace, `CASE WHEN ${name} IS NOT NULL THEN ${pack(same(["sha256", "length"], `${trace}_`))} END`)];
});

/** One column `line`: every card as a line of JSONL. */
export const CARD_LINES = `SELECT to_json(${pack([field("kind", "'card'"), field("schema", "1"), ...cardFields])})::VARCHAR AS line
FROM stored.card`;
