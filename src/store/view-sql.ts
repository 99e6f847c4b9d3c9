import { CAPABILITY_WORDS, ENTRY_TABLES, JUDGED_ENTRIES } from "./capability-sql.ts";
import { COUNTED_VIEWS } from "./counted-sql.ts";
import { DECOY_TABLES, DECOY_VIEW } from "./decoy-sql.ts";
import { FINDING_TABLES, FINDING_VIEW } from "./finding-sql.ts";
import { JUDGED_NETWORK, NETWORK_VIEW } from "./network-sql.ts";
import { JUDGED_PROMPT, PROMPT_TEXT_VIEW, PROMPT_VIEW } from "./prompt-sql.ts";
import { LOOK_ORDER, sameService } from "./rollup-sql.ts";
import { sqlName } from "./stage-sql.ts";
import { TABLES } from "./table.ts";

/** The tables of judgements, empty at first and filled when a query names a view that needs them. */
export const JUDGED_TABLES: readonly string[] = [
  "CREATE SCHEMA judged",
  "CREATE TABLE judged.version (version VARCHAR, version_rank DOUBLE, cves INTEGER)",
  `CREATE TABLE judged.model (name VARCHAR, family VARCHAR, quantization_level VARCHAR, parameter_size VARCHAR, remote_host VARCHAR,
     lineage VARCHAR, brand VARCHAR, maker VARCHAR, bits DOUBLE, parameter_count BIGINT, parameter_band VARCHAR, is_cloud BOOLEAN)`,
  ...FINDING_TABLES,
  ...DECOY_TABLES,
  JUDGED_PROMPT,
  ...ENTRY_TABLES,
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
  model: `SELECT s.hex AS inventory, ${MODEL_COLUMNS.join(", ")}, s.version AS version, k.lineage, k.brand, k.maker,
    k.bits, k.parameter_count, k.parameter_band, k.is_cloud, ${CAPABILITY_WORDS.map((word) => `c.${word}_state`).join(", ")}
    FROM ${JUDGED_ENTRIES}`,
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
