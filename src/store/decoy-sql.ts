import { LOOK_ORDER, sameService } from "./rollup-sql.ts";
import { sqlText } from "./stage-sql.ts";

const SERVICE = "scheme, address, port, host_name, base_path";
const own = (of: string): string =>
  SERVICE.split(", ")
    .map((name) => `${of}.${name}`)
    .join(", ");
const DAYS = Array.from({ length: 31 }, (_, at) => at);

/** Every service with the number of its input, and what came of every distinct input. */
export const DECOY_TABLES: readonly string[] = [
  `CREATE TABLE judged.decoy_service (scheme VARCHAR, address VARCHAR, port INTEGER, host_name VARCHAR, base_path VARCHAR,
     product VARCHAR, input BIGINT)`,
  "CREATE TABLE judged.decoy (input BIGINT, decoy_class VARCHAR, score INTEGER, evidence VARCHAR)",
];

/** The view: every service, never one left out. */
export const DECOY_VIEW = `SELECT s.scheme, s.address, s.port, s.host_name, s.base_path, s.product, d.decoy_class, d.score, d.evidence
    FROM judged.decoy_service AS s JOIN judged.decoy AS d ON s.input = d.input`;

/** What a time must look like to tell one pull from another: at least four digits of a second, not all zero. */
const IS_FINE = String.raw`regexp_matches(modified_at, '\.\d{4,}') AND NOT regexp_matches(modified_at, '\.0+(\D|$)')`;
const HAS_FRACTION = String.raw`regexp_matches(modified_at, '\.\d*[1-9]')`;

/** What an entry is judged by: all but its time. */
const ENTRY_COLUMNS = ["name", "digest", "size", "parameter_size", "quantization_level", "remote_host"] as const;

/** Temp tables up to the distinct entries; `decoy_entry` is read and judged next. */
export const DECOY_ENTRIES: readonly string[] = [
  `CREATE TEMP TABLE decoy_list AS SELECT DISTINCT inventory FROM rollup.tally WHERE inventory IS NOT NULL AND product = 'ollama'`,
  `CREATE TEMP TABLE decoy_entry AS SELECT *, row_number() OVER () AS entry FROM (
     SELECT DISTINCT ${ENTRY_COLUMNS.join(", ")} FROM stored.inventory_model JOIN decoy_list USING (inventory))`,
  `CREATE TEMP TABLE decoy_trait (entry BIGINT, digest_odd BOOLEAN, digest_of_name BOOLEAN, size_impossible BOOLEAN, is_famous BOOLEAN)`,
];

/** What the judgements know and the engine compares. */
export interface DecoyLists {
  readonly sampleStamps: readonly string[];
  readonly proxies: readonly string[];
  readonly usualPorts: readonly number[];
}

/** Reads the distinct entries. */
export const DECOY_ENTRY_INPUTS = "SELECT * REPLACE (size::DOUBLE AS size, entry::DOUBLE AS entry) FROM decoy_entry";

/**
 * From `decoy_trait` to `decoy_service` (every service with its input's number) and `decoy_input` (every distinct input). Times are
 * compared over the whole lake: only those shown at two addresses or more are then counted by day, because an address that changes
 * hands shows the same list twice.
 */
export function decoyInputs({ sampleStamps, proxies, usualPorts }: DecoyLists): readonly string[] {
  const samples = sampleStamps.map(sqlText).join(", ");
  return [
    `CREATE TEMP TABLE decoy_place AS SELECT DISTINCT inventory, address FROM rollup.tally
       WHERE inventory IS NOT NULL AND product = 'ollama'`,
    `CREATE TEMP TABLE decoy_stamp AS SELECT DISTINCT inventory, modified_at AS stamp FROM stored.inventory_model
       JOIN decoy_list USING (inventory) WHERE ${IS_FINE}`,
    `CREATE TEMP TABLE decoy_common_stamp AS SELECT stamp FROM decoy_stamp JOIN decoy_place USING (inventory)
       GROUP BY stamp HAVING min(address) <> max(address)`,
    `CREATE TEMP TABLE decoy_stamp_day AS SELECT stamp, max(addresses) AS addresses FROM (
       SELECT stamp, "month", list_max([${DAYS.map((n) => `sum((days >> ${n}) & 1)`).join(", ")}])::BIGINT AS addresses FROM (
         SELECT s.stamp, t."month", t.address, bit_or(t.day_mask) AS days FROM rollup.tally AS t
         JOIN decoy_stamp AS s USING (inventory) JOIN decoy_common_stamp USING (stamp)
         WHERE t.product = 'ollama' GROUP BY s.stamp, t."month", t.address) GROUP BY stamp, "month")
       GROUP BY stamp HAVING max(addresses) >= 2`,
    `CREATE TEMP TABLE decoy_common_digest AS SELECT m.digest, m.name FROM stored.inventory_model AS m
       JOIN decoy_place AS p USING (inventory) WHERE m.digest <> ''
       GROUP BY ALL HAVING count(DISTINCT p.address) >= 5 AND count(DISTINCT m.modified_at) >= 5`,
    listTable(samples),
    ...lookTable(proxies, usualPorts),
    `CREATE TEMP TABLE decoy_host AS SELECT address, count(DISTINCT port) AS open_ports,
       coalesce(list_sort(list(DISTINCT product) FILTER (product IS NOT NULL)), []) AS products
       FROM decoy_look WHERE answer IN ('open', 'login', 'denied', 'other') GROUP BY address`,
    `CREATE TEMP TABLE decoy_page AS SELECT page, count(DISTINCT address) AS addresses FROM decoy_look
       WHERE page IS NOT NULL AND product = 'ollama' GROUP BY page`,
    `CREATE TEMP TABLE decoy_played AS SELECT address, page, count(DISTINCT product) AS products FROM decoy_look
       WHERE page IS NOT NULL AND product IS NOT NULL GROUP BY ALL`,
    `CREATE TEMP TABLE decoy_fact AS ${FACTS}`,
    `CREATE TEMP TABLE decoy_input AS SELECT *, row_number() OVER () AS input FROM (SELECT DISTINCT ${INPUT_COLUMNS.join(", ")} FROM decoy_fact)`,
    `INSERT INTO judged.decoy_service SELECT ${SERVICE.split(", ")
      .map((name) => `f.${name}`)
      .join(", ")}, f.product, i.input
       FROM decoy_fact AS f JOIN decoy_input AS i
       ON ${INPUT_COLUMNS.map((name) => `f.${name} IS NOT DISTINCT FROM i.${name}`).join(" AND ")}`,
  ];
}

/** What each list shows by itself and beside the others. */
function listTable(samples: string): string {
  const same = ENTRY_COLUMNS.map((name) => `m.${name} IS NOT DISTINCT FROM e.${name}`).join(" AND ");
  return `CREATE TEMP TABLE decoy_list_fact AS SELECT inventory,
      coalesce(bool_or(digest <> ''), false) AS has_digests, bool_or(digest_odd) AS digest_odd,
      bool_or(digest_of_name) AS digest_of_name, bool_or(size_impossible) AS size_impossible, bool_and(is_famous) AS all_famous,
      bool_and(is_common) AS all_common, coalesce(bool_or(modified_at IN (${samples})), false) AS stamp_of_sample,
      count(*) >= 3 AND count(modified_at) = count(*) AND min(modified_at) = max(modified_at) AND bool_and(fine) AS stamps_alike,
      count(modified_at) >= 2 AND NOT bool_or(fraction) AS stamps_whole, bool_or(rises) AS out_of_order,
      least(coalesce(max(addresses), 0), 100) AS stamp_addresses, bool_or(fine AND addresses IS NULL) AS has_own_stamps
    FROM (SELECT m.inventory, m.digest, m.modified_at, t.* EXCLUDE (entry), coalesce(${IS_FINE}, false) AS fine,
        coalesce(${HAS_FRACTION}, false) AS fraction, d.addresses, c.digest IS NOT NULL AS is_common,
        coalesce(date_trunc('second', try_cast(m.modified_at AS TIMESTAMPTZ)) > lag(date_trunc('second',
          try_cast(m.modified_at AS TIMESTAMPTZ))) OVER (PARTITION BY m.inventory ORDER BY m.position), false) AS rises
      FROM stored.inventory_model AS m JOIN decoy_list USING (inventory)
      JOIN decoy_entry AS e ON ${same} JOIN decoy_trait AS t ON t.entry = e.entry
      LEFT JOIN decoy_stamp_day AS d ON d.stamp = m.modified_at
      LEFT JOIN decoy_common_digest AS c ON c.digest = m.digest AND c.name = m.name)
    GROUP BY inventory`;
}

/** Every service over all its looks. What was loaded is compared by digest and name: the time of unloading differs at each look. */
function lookTable(proxies: readonly string[], usualPorts: readonly number[]): readonly string[] {
  const name = "lower(left(split_part(server, '/', 1), 40))";
  const isProxy = `(${name} IN (${proxies.map(sqlText).join(", ")}) OR starts_with(${name}, 'ollama'))`;
  return [
    `CREATE TEMP TABLE decoy_sum AS SELECT ${SERVICE}, bool_or(confirmed) AS confirmed, count(version) > 0 AS version_told,
       bit_or(sign_bits) AS sign_bits, least(sum(running_told), 10)::BIGINT AS running_looks, bool_or(running_looks > 0) AS ever_loaded,
       coalesce(min(least_held) <> max(most_held), false) AS running_changed, min(version) <> max(version) AS many_versions
       FROM rollup.tally GROUP BY ${SERVICE}`,
    `CREATE TEMP TABLE decoy_rise AS SELECT ${own("t")}, max_by(v.version_rank, row(t.last_seen, v.version_rank))
         > min_by(v.version_rank, row(t.first_seen, v.version_rank)) AS version_rose
       FROM rollup.tally AS t SEMI JOIN (FROM decoy_sum WHERE many_versions) AS s ON ${sameService("t", "s")}
       JOIN judged.version AS v ON t.version = v.version WHERE v.version_rank IS NOT NULL GROUP BY ${own("t")}`,
    `CREATE TEMP TABLE decoy_last AS SELECT ${SERVICE}, max_by(answer, ${LOOK_ORDER}) AS answer, max_by(product, ${LOOK_ORDER}) AS product,
       least(max_by(model_count, ${LOOK_ORDER}) FILTER (inventory IS NOT NULL), 3) AS entries,
       coalesce(max_by(${isProxy}, ${LOOK_ORDER}) FILTER (server IS NOT NULL), false) AS behind_proxy,
       max_by(page, ${LOOK_ORDER}) FILTER (product IS NOT NULL) AS page, max_by(inventory, ${LOOK_ORDER}) AS inventory
       FROM rollup.pick GROUP BY ${SERVICE}`,
    `CREATE TEMP TABLE decoy_look AS SELECT ${own("l")}, l.answer, s.confirmed, l.product, s.version_told, l.entries, l.behind_proxy,
       l.port IN (${usualPorts.join(", ")}) AS port_usual, l.page, l.inventory, s.sign_bits, s.running_looks, s.ever_loaded, s.running_changed,
       coalesce(r.version_rose, false) AS version_rose
       FROM decoy_last AS l JOIN decoy_sum AS s ON ${sameService("l", "s")} LEFT JOIN decoy_rise AS r ON ${sameService("l", "r")}`,
  ];
}

/** Columns of one input. */
const INPUT_COLUMNS = [
  "answer",
  "confirmed",
  "product",
  "version_told",
  "port_usual",
  "behind_proxy",
  "sign_bits",
  "entries",
  "has_digests",
  "digest_odd",
  "digest_of_name",
  "size_impossible",
  "all_famous",
  "all_common",
  "stamp_of_sample",
  "stamps_alike",
  "stamps_whole",
  "out_of_order",
  "stamp_addresses",
  "has_own_stamps",
  "page_addresses",
  "page_products",
  "products",
  "open_ports",
  "running_looks",
  "ever_loaded",
  "running_changed",
  "version_rose",
] as const;

const LIST_FLAGS = [
  "has_digests",
  "digest_odd",
  "digest_of_name",
  "size_impossible",
  "all_famous",
  "all_common",
  "stamp_of_sample",
  "stamps_alike",
  "stamps_whole",
  "out_of_order",
  "has_own_stamps",
];

const FACTS = `SELECT k.* EXCLUDE (inventory, page),
    ${LIST_FLAGS.map((name) => `coalesce(f.${name}, false) AS ${name}`).join(", ")},
    coalesce(f.stamp_addresses, 0) AS stamp_addresses, least(coalesce(g.addresses, 0), 100) AS page_addresses,
    coalesce(y.products, 0) AS page_products, coalesce(to_json(h.products)::VARCHAR, '[]') AS products,
    least(coalesce(h.open_ports, 0), 100) AS open_ports
  FROM decoy_look AS k LEFT JOIN decoy_list_fact AS f ON k.inventory = f.inventory LEFT JOIN decoy_host AS h ON k.address = h.address
  LEFT JOIN decoy_page AS g ON k.page = g.page AND k.product = 'ollama'
  LEFT JOIN decoy_played AS y ON k.address = y.address AND k.page = y.page`;

/** Reads the distinct inputs; whole numbers as DOUBLE, so that they come as numbers. */
export const DECOY_INPUTS = `SELECT * REPLACE (${[
  "sign_bits",
  "entries",
  "stamp_addresses",
  "page_addresses",
  "page_products",
  "open_ports",
  "running_looks",
  "input",
]
  .map((name) => `${name}::DOUBLE AS ${name}`)
  .join(", ")}) FROM decoy_input`;

/** Temp tables that are needed no more once the judgements stand. */
export const DECOY_LEFTOVERS: readonly string[] = [
  "entry",
  "trait",
  "list",
  "place",
  "stamp",
  "common_stamp",
  "stamp_day",
  "common_digest",
  "list_fact",
  "sum",
  "rise",
  "last",
  "look",
  "host",
  "page",
  "played",
  "fact",
  "input",
].map((name) => `DROP TABLE decoy_${name}`);
