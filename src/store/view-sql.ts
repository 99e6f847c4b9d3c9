import { COUNTED_VIEWS } from "./counted-sql.ts";
import { DECOY_TABLES, DECOY_VIEW } from "./decoy-sql.ts";
import { FINDING_TABLES, FINDING_VIEW } from "./finding-sql.ts";
import { JUDGED_NETWORK, NETWORK_VIEW } from "./network-sql.ts";
import { JUDGED_PROMPT, PROMPT_TEXT_VIEW, PROMPT_VIEW } from "./prompt-sql.ts";
import { LOOK_ORDER, sameService, TALLY_ORDER } from "./rollup-sql.ts";
import { sqlName } from "./stage-sql.ts";
import { TABLES } from "./table.ts";

/** Words of the capability lists (ollama/ollama@fb307608 types/model/capability.go): one `<word>_state` column each in `model`. */
export const CAPABILITY_WORDS = [
  "completion",
  "tools",
  "thinking",
  "vision",
  "insert",
  "embedding",
  "image",
  "audio",
] as const;

/** The tables of judgements, empty at first and filled when a query names a view that needs them. */
export const JUDGED_TABLES: readonly string[] = [
  "CREATE SCHEMA judged",
  "CREATE TABLE judged.version (version VARCHAR, version_rank DOUBLE, cves INTEGER)",
  `CREATE TABLE judged.model (name VARCHAR, family VARCHAR, quantization_level VARCHAR, parameter_size VARCHAR, remote_host VARCHAR,
     lineage VARCHAR, brand VARCHAR, maker VARCHAR, bits DOUBLE, parameter_count BIGINT, parameter_band VARCHAR, is_cloud BOOLEAN)`,
  ...FINDING_TABLES,
  ...DECOY_TABLES,
  JUDGED_PROMPT,
  `CREATE TABLE judged.entry (inventory BLOB, position INTEGER, version VARCHAR, input BIGINT)`,
  `CREATE TABLE judged.capability (input BIGINT, ${CAPABILITY_WORDS.map((word) => `${word}_state VARCHAR`).join(", ")})`,
  // The tier of an address: view `network` (network-sql.ts), after `once("networks", …)` of judged.io.ts has filled this.
  JUDGED_NETWORK,
];

const SERVICE = "scheme, address, port, host_name, base_path";
const own = (of: string): string =>
  SERVICE.split(", ")
    .map((name) => `${of}.${name}`)
    .join(", ");

const HEX_IDS: ReadonlySet<string> = new Set(["inventory", "running"]);
const observationColumns = TABLES.observation.columns.map(({ name }) =>
  HEX_IDS.has(name) ? `lower(hex(o.${sqlName(name)})) AS ${sqlName(name)}` : `o.${sqlName(name)}`,
);

const MODEL_COLUMNS = TABLES.inventory_model.columns
  .filter(({ name }) => name !== "inventory")
  .map(({ name }) => `m.${sqlName(name)}`);

/** Views that no export writes: what they hold is for the owner alone. */
export const UNEXPORTED_VIEWS: ReadonlySet<string> = new Set(["prompt_text"]);

/** The views a query sees (docs/lake.md), over `stored.*` and `judged.*`. */
export const VIEWS: Readonly<Record<string, string>> = {
  observation: `SELECT ${observationColumns.join(", ")}, v.version_rank
    FROM stored.observation AS o LEFT JOIN judged.version AS v ON o.version = v.version`,
  service: `SELECT ${own("t")}, first_seen, last_seen, looks, confirmed_looks, last_confirmed, latest.answer AS answer,
    latest.confirmed AS confirmed, latest.status AS status, latest.failure AS failure, latest.source AS source,
    latest.vantage AS vantage, latest.run AS run, told.product AS product, told.version AS version,
    v.version_rank AS version_rank, lower(hex(told.inventory)) AS inventory, told.model_count AS model_count,
    lower(hex(told.running)) AS running, told.running_count AS running_count, told.certificate_sha256 AS certificate_sha256
    FROM (SELECT ${SERVICE}, min(first_seen) AS first_seen, max(last_seen) AS last_seen, sum(observations)::BIGINT AS looks,
      coalesce(sum(observations) FILTER (confirmed), 0)::BIGINT AS confirmed_looks,
      max(last_seen) FILTER (confirmed) AS last_confirmed FROM rollup.tally GROUP BY ${SERVICE}) AS t
    JOIN (SELECT ${SERVICE}, max_by(struct_pack(answer, confirmed, status, failure, source, vantage, run), ${LOOK_ORDER}) AS latest,
      max_by(struct_pack(product, version, inventory, model_count, running, running_count, certificate_sha256), ${LOOK_ORDER})
        FILTER (confirmed) AS told
      FROM rollup.pick GROUP BY ${SERVICE}) AS p ON ${sameService("t", "p")}
    LEFT JOIN judged.version AS v ON told.version = v.version`,
  host: `SELECT t.address, first_seen, last_seen, looks, services, confirmed_services, confirmed, last_confirmed, country, region, city, asn, organisation
    FROM (SELECT address, min(first_seen) AS first_seen, max(last_seen) AS last_seen, sum(looks)::BIGINT AS looks, count(*) AS services,
        count_if(confirmed) AS confirmed_services, bool_or(confirmed) AS confirmed, max(last_confirmed) AS last_confirmed
      FROM (SELECT ${SERVICE}, min(first_seen) AS first_seen, max(last_seen) AS last_seen, sum(observations) AS looks,
        bool_or(confirmed) AS confirmed, max(last_seen) FILTER (confirmed) AS last_confirmed FROM rollup.tally GROUP BY ${SERVICE})
      GROUP BY address) AS t JOIN host_place AS p ON t.address = p.address`,
  inventory: `SELECT lower(hex(inventory)) AS inventory, max(most_models) AS model_count, min(first_seen) AS first_seen,
    max(last_seen) AS last_seen, sum(observations)::BIGINT AS looks, count(DISTINCT struct_pack(${SERVICE})) AS services,
    count(DISTINCT address) AS hosts FROM rollup.tally WHERE inventory IS NOT NULL GROUP BY rollup.tally.inventory`,
  model: `SELECT lower(hex(m.inventory)) AS inventory, ${MODEL_COLUMNS.join(", ")}, e.version AS version, j.lineage, j.brand, j.maker,
    j.bits, j.parameter_count, j.parameter_band, j.is_cloud, ${CAPABILITY_WORDS.map((word) => `c.${word}_state`).join(", ")}
    FROM stored.inventory_model AS m
    LEFT JOIN judged.model AS j ON m.name IS NOT DISTINCT FROM j.name AND m.family IS NOT DISTINCT FROM j.family
      AND m.quantization_level IS NOT DISTINCT FROM j.quantization_level
      AND m.parameter_size IS NOT DISTINCT FROM j.parameter_size AND m.remote_host IS NOT DISTINCT FROM j.remote_host
    LEFT JOIN judged.entry AS e ON m.inventory = e.inventory AND m.position = e.position
    LEFT JOIN judged.capability AS c ON e.input = c.input`,
  finding: FINDING_VIEW,
  decoy: DECOY_VIEW,
  network: NETWORK_VIEW,
  prompt: PROMPT_VIEW,
  prompt_text: PROMPT_TEXT_VIEW,
  run: `SELECT run, source, started_at::TIMESTAMP AS started_at, finished_at::TIMESTAMP AS finished_at, scope_name, scope_hash, basis,
    "operator", contact, allowed_by, vantage, ports::VARCHAR AS ports, shard, depth, coverage.targets, coverage.attempted,
    coverage.finished, coverage.open, coverage.login, coverage.denied, coverage.refused, coverage.silent, coverage.other,
    coverage.skipped, coverage.requests, coverage.cards, json_array_length(gaps)::INTEGER AS gap_count, gaps::VARCHAR AS gaps,
    carries::VARCHAR AS carries, synthetic FROM stored.run`,
  ...COUNTED_VIEWS,
};

const RUN_SHAPE = {
  run: "VARCHAR",
  source: "VARCHAR",
  started_at: "VARCHAR",
  finished_at: "VARCHAR",
  scope_name: "VARCHAR",
  scope_hash: "VARCHAR",
  basis: "VARCHAR",
  operator: "VARCHAR",
  contact: "VARCHAR",
  allowed_by: "VARCHAR",
  vantage: "VARCHAR",
  ports: "JSON",
  shard: "VARCHAR",
  depth: "VARCHAR",
  coverage: Object.fromEntries(
    "targets attempted finished open login denied refused silent other skipped requests cards"
      .split(" ")
      .map((name) => [name, "BIGINT"]),
  ),
  gaps: "JSON",
  carries: "JSON",
  synthetic: "BOOLEAN",
};

/** Shape of a run row for `from_json`. */
export const RUN_ROW_SHAPE = JSON.stringify([RUN_SHAPE]);

/** Every distinct input of the judgement of models. */
export const MODEL_INPUTS = `SELECT DISTINCT name, family, quantization_level, parameter_size, remote_host FROM stored.inventory_model`;
/** Every distinct version. */
export const VERSION_INPUTS = `SELECT DISTINCT version FROM rollup.tally WHERE version IS NOT NULL`;

/**
 * Makes `judged.entry` and the temp table `capability_input`: what is known of each model entry's capabilities. The server's version is the
 * last one seen with that list. A card counts when hosts in three networks agree on it (`card_network` names each card's network),
 * else when the same service showed it.
 */
export const CAPABILITY_INPUTS: readonly string[] = [
  `CREATE TEMP TABLE sighting AS SELECT inventory, max_by(struct_pack(${SERVICE}, version), ${TALLY_ORDER}) AS last
     FROM rollup.tally WHERE inventory IS NOT NULL AND confirmed GROUP BY inventory`,
  `CREATE TEMP TABLE agreed_card AS SELECT digest, server_version, max_by(facts, networks) AS facts FROM (
     SELECT c.digest, c.server_version, c.agreement, count(DISTINCT n.network) AS networks, any_value(struct_pack(capabilities := c.capabilities,
       template_uses_tools := c.template_uses_tools, has_projector := c.has_projector)) AS facts
     FROM stored.card AS c JOIN card_network AS n ON c.address = n.address WHERE c.lends GROUP BY ALL) WHERE networks >= 3 GROUP BY ALL`,
  `CREATE TEMP TABLE own_card AS SELECT ${SERVICE}, digest, server_version, max_by(struct_pack(capabilities, template_uses_tools,
     has_projector), seen_at) AS facts FROM stored.card GROUP BY ALL`,
  `CREATE TEMP TABLE entry_input AS SELECT m.inventory, m.position, s.last.version AS version, m.capabilities AS tags,
     coalesce(a.facts, w.facts).capabilities AS card, coalesce(a.server_version, w.server_version) AS card_version, m.family, m.families,
     coalesce(a.facts, w.facts).template_uses_tools AS template_uses_tools, coalesce(a.facts, w.facts).has_projector AS has_projector,
     coalesce(j.is_cloud, false) AS is_cloud
     FROM stored.inventory_model AS m LEFT JOIN sighting AS s ON m.inventory = s.inventory
     LEFT JOIN agreed_card AS a ON m.digest = a.digest AND s.last.version = a.server_version
     LEFT JOIN own_card AS w ON m.digest = w.digest AND s.last.version = w.server_version AND s.last.scheme = w.scheme
       AND s.last.address = w.address AND s.last.port = w.port AND s.last.host_name IS NOT DISTINCT FROM w.host_name
       AND s.last.base_path = w.base_path
     LEFT JOIN judged.model AS j ON m.name IS NOT DISTINCT FROM j.name AND m.family IS NOT DISTINCT FROM j.family
       AND m.quantization_level IS NOT DISTINCT FROM j.quantization_level
       AND m.parameter_size IS NOT DISTINCT FROM j.parameter_size AND m.remote_host IS NOT DISTINCT FROM j.remote_host`,
  `CREATE TEMP TABLE capability_input AS SELECT *, row_number() OVER () AS input FROM (SELECT DISTINCT * EXCLUDE (inventory, position)
     FROM entry_input)`,
  `INSERT INTO judged.entry SELECT e.inventory, e.position, e.version, i.input FROM entry_input AS e JOIN capability_input AS i
     ON ${[
       "version",
       "tags",
       "card",
       "card_version",
       "family",
       "families",
       "template_uses_tools",
       "has_projector",
       "is_cloud",
     ]
       .map((name) => `e.${name} IS NOT DISTINCT FROM i.${name}`)
       .join(" AND ")}`,
];
