import { TALLY_ORDER } from "./rollup-sql.ts";

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

const SERVICE = "scheme, address, port, host_name, base_path";
const MODEL_KEY = ["name", "family", "quantization_level", "parameter_size", "remote_host"] as const;
const KIND_KEY = [...MODEL_KEY, "families", "capabilities", "digest"] as const;
const MODEL_VERDICTS = "lineage, brand, maker, bits, parameter_count, parameter_band, is_cloud";
const FACTS = ["capabilities", "template_uses_tools", "has_projector"] as const;

const alike = (left: string, right: string, names: readonly string[]): string =>
  names.map((name) => `${left}.${name} IS NOT DISTINCT FROM ${right}.${name}`).join(" AND ");

/**
 * Entries by what they show (`kind`); every list with its id in hex, the version it was last seen with, and that as a number (`look`): 0 for
 * none, below 0 and its own for a list whose own service showed a card; and what came of a kind at a look (`paired`).
 */
export const ENTRY_TABLES: readonly string[] = [
  `CREATE TABLE judged.kind (kind INTEGER, ${KIND_KEY.map((name) => `${name} VARCHAR`).join(", ")}, lineage VARCHAR, brand VARCHAR,
     maker VARCHAR, bits DOUBLE, parameter_count BIGINT, parameter_band VARCHAR, is_cloud BOOLEAN)`,
  "CREATE TABLE judged.sighting (inventory BLOB, hex VARCHAR, version VARCHAR, look INTEGER)",
  "CREATE TABLE judged.paired (kind INTEGER, look INTEGER, input BIGINT)",
  `CREATE TABLE judged.capability (input BIGINT, ${CAPABILITY_WORDS.map((word) => `${word}_state VARCHAR`).join(", ")})`,
];

const KINDS = `JOIN judged.kind AS k ON ${alike("m", "k", KIND_KEY)}`;

/**
 * Every entry as `m`, with its kind `k`, its list's sighting `s` and what came of it as `c`. Each has one of each: so the engine may begin with
 * the lists that a query asks for.
 */
export const JUDGED_ENTRIES = `stored.inventory_model AS m JOIN judged.sighting AS s ON m.inventory = s.inventory ${KINDS}
    JOIN judged.paired AS p ON k.kind = p.kind AND s.look = p.look JOIN judged.capability AS c ON p.input = c.input`;

const INPUT = [
  "version",
  "tags",
  "card",
  "card_version",
  "family",
  "families",
  "template_uses_tools",
  "has_projector",
  "is_cloud",
];

/** What is judged of an entry: of its kind as `k`, the version as `s`, and a card with its version as `card`. */
const FACTS_OF = `s.version AS version, k.capabilities AS tags, card.facts.capabilities AS card, card.server_version AS card_version,
     k.family, k.families, card.facts.template_uses_tools AS template_uses_tools, card.facts.has_projector AS has_projector,
     coalesce(k.is_cloud, false) AS is_cloud`;

/**
 * Fills the tables of entries but for `capability`, and makes the temp table `capability_input`: what is known of each entry's capabilities.
 * The server's version is the last one seen with that list. A card counts when hosts in three networks agree on it (`card_network` names each
 * card's network), else when the same service showed it. Needs `judged.model`.
 */
export const CAPABILITY_INPUTS: readonly string[] = [
  `INSERT INTO judged.kind SELECT (row_number() OVER ())::INTEGER, ${KIND_KEY.map((name) => `k.${name}`).join(", ")}, ${MODEL_VERDICTS}
     FROM (SELECT DISTINCT ${KIND_KEY.join(", ")} FROM stored.inventory_model) AS k
     LEFT JOIN judged.model AS j ON ${alike("k", "j", MODEL_KEY)}`,
  // Most lists were seen with one version: only of the others the last is looked for.
  `CREATE TEMP TABLE sighting_version AS SELECT inventory, min(version) AS version,
     min(version) <> max(version) OR count(version) BETWEEN 1 AND count(*) - 1 AS several
     FROM rollup.tally WHERE inventory IS NOT NULL AND confirmed GROUP BY inventory`,
  `CREATE TEMP TABLE sighting_last AS SELECT inventory, version FROM sighting_version WHERE NOT coalesce(several, false)
     UNION ALL (SELECT inventory, max_by(struct_pack(version), ${TALLY_ORDER}).version FROM rollup.tally
       SEMI JOIN (FROM sighting_version WHERE several) AS v USING (inventory) WHERE confirmed GROUP BY inventory)`,
  `CREATE TEMP TABLE agreed_card AS SELECT digest, server_version, max_by(facts, networks) AS facts FROM (
     SELECT c.digest, c.server_version, c.agreement, count(DISTINCT n.network) AS networks, any_value(struct_pack(${FACTS.map(
       (name) => `${name} := c.${name}`,
     ).join(", ")})) AS facts
     FROM stored.card AS c JOIN card_network AS n ON c.address = n.address WHERE c.lends GROUP BY ALL) WHERE networks >= 3 GROUP BY ALL`,
  `CREATE TEMP TABLE own_card AS SELECT ${SERVICE}, digest, server_version, max_by(struct_pack(${FACTS.join(", ")}), seen_at) AS facts
     FROM stored.card GROUP BY ALL`,
  `CREATE TEMP TABLE carded_input AS SELECT l.inventory, k.kind, ${FACTS_OF} FROM (
       SELECT DISTINCT m.inventory, k.kind FROM stored.inventory_model AS m ${KINDS} WHERE m.digest IN (SELECT digest FROM own_card)) AS l
     JOIN judged.kind AS k ON l.kind = k.kind
     JOIN (SELECT inventory, unnest(max_by(struct_pack(${SERVICE}, version), ${TALLY_ORDER})) FROM rollup.tally
       SEMI JOIN (SELECT inventory FROM stored.inventory_model WHERE digest IN (SELECT digest FROM own_card)) AS c USING (inventory)
       WHERE confirmed GROUP BY inventory) AS s ON l.inventory = s.inventory
     JOIN own_card AS card ON k.digest = card.digest AND s.version = card.server_version AND s.scheme = card.scheme AND s.address = card.address
       AND s.port = card.port AND s.host_name IS NOT DISTINCT FROM card.host_name AND s.base_path = card.base_path
     ANTI JOIN agreed_card AS a ON k.digest = a.digest AND s.version = a.server_version`,
  `INSERT INTO judged.sighting SELECT m.inventory, lower(hex(m.inventory)), l.version, coalesce(c.look, v.look, 0)
     FROM (SELECT DISTINCT inventory FROM stored.inventory_model) AS m LEFT JOIN sighting_last AS l ON m.inventory = l.inventory
     LEFT JOIN (SELECT version, row_number() OVER () AS look FROM (SELECT DISTINCT version FROM sighting_last WHERE version IS NOT NULL)) AS v
       ON l.version = v.version
     LEFT JOIN (SELECT inventory, -(row_number() OVER ()) AS look FROM (SELECT DISTINCT inventory FROM carded_input)) AS c
       ON m.inventory = c.inventory`,
  `CREATE TEMP TABLE pair_input AS SELECT k.kind, s.look, ${FACTS_OF} FROM (
       SELECT DISTINCT k.kind, s.look, CASE WHEN s.look < 0 THEN s.inventory END AS inventory, s.version
       FROM stored.inventory_model AS m ${KINDS} JOIN judged.sighting AS s ON m.inventory = s.inventory) AS s
     JOIN judged.kind AS k ON s.kind = k.kind
     LEFT JOIN agreed_card AS card ON k.digest = card.digest AND s.version = card.server_version
     ANTI JOIN carded_input AS o ON s.inventory = o.inventory AND s.kind = o.kind
   UNION ALL SELECT o.kind, s.look, o.* EXCLUDE (inventory, kind) FROM carded_input AS o JOIN judged.sighting AS s ON o.inventory = s.inventory`,
  ...["sighting_version", "sighting_last", "carded_input"].map((name) => `DROP TABLE ${name}`),
  `CREATE TEMP TABLE capability_input AS SELECT *, row_number() OVER () AS input FROM (SELECT DISTINCT ${INPUT.join(", ")} FROM pair_input)`,
  `INSERT INTO judged.paired SELECT e.kind, e.look, i.input FROM pair_input AS e JOIN capability_input AS i ON ${alike("e", "i", INPUT)}`,
];
