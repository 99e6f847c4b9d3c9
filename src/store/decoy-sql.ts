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

/** A time as most servers write it: it tells one pull from another, and has a fraction. One pattern instead of three. */
const IS_USUAL = String.raw`regexp_matches(m.modified_at, '^[^.]*\.\d{3,}[1-9][^.]*$')`;
/** What a time must look like to tell one pull from another: at least four digits of a second, not all zero. */
const IS_FINE = String.raw`(regexp_matches(m.modified_at, '\.\d{4,}') AND NOT regexp_matches(m.modified_at, '\.0+(\D|$)'))`;
const HAS_FRACTION = String.raw`regexp_matches(m.modified_at, '\.\d*[1-9]')`;

/** What an entry is judged by: all but its time. */
const ENTRY_COLUMNS = ["name", "digest", "size", "parameter_size", "quantization_level", "remote_host"] as const;

/** Addresses are compared by their numbers; of those that showed a list it needs the least, the greatest, and as bits (by remainder) how many surely. */
const PLACE_BITS = 63;

/**
 * Temp tables up to the distinct entries; `decoy_entry` is read and judged next. Lists, addresses and entries are numbered once: the
 * long keys are joined here and nowhere after.
 */
export const DECOY_ENTRIES: readonly string[] = [
  `CREATE TEMP TABLE decoy_address AS SELECT address, (row_number() OVER ())::INTEGER AS place FROM (
     SELECT DISTINCT address FROM rollup.tally WHERE inventory IS NOT NULL AND product = 'ollama')`,
  `CREATE TEMP TABLE decoy_list AS SELECT *, (row_number() OVER ())::INTEGER AS list FROM (
     SELECT inventory, min(place) AS low, max(place) AS high, bit_or(1::BIGINT << (place % ${PLACE_BITS})) AS places
     FROM rollup.tally JOIN decoy_address USING (address) WHERE inventory IS NOT NULL AND product = 'ollama' GROUP BY inventory)`,
  `CREATE TEMP TABLE decoy_entry AS SELECT *, (row_number() OVER ())::INTEGER AS entry FROM (
     SELECT DISTINCT ${ENTRY_COLUMNS.join(", ")} FROM stored.inventory_model)`,
  `CREATE TEMP TABLE decoy_trait (entry INTEGER, digest_odd BOOLEAN, digest_of_name BOOLEAN, size_impossible BOOLEAN, is_famous BOOLEAN)`,
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
  return [
    modelTable(sampleStamps.map(sqlText).join(", ")),
    ...STAMPS,
    ...DIGESTS,
    ...LISTS,
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

/** What an entry shows, as bits: those of its kind, then those of its time. */
const BITS = {
  has_digest: 1,
  digest_odd: 2,
  digest_of_name: 4,
  size_impossible: 8,
  is_famous: 16,
  is_common: 32,
  fine: 64,
  fraction: 128,
  of_sample: 256,
} as const;
const bit = (name: keyof typeof BITS, sql: string): string => `CASE WHEN ${sql} THEN ${BITS[name]} ELSE 0 END`;
const has = (name: keyof typeof BITS, bits = "bits"): string => `(${bits} & ${BITS[name]}) <> 0`;

/** One row an entry of each list, of numbers alone: `stamp` is a hash, which finds what may be equal and settles nothing. */
function modelTable(samples: string): string {
  const same = ENTRY_COLUMNS.map((name) => `m.${name} IS NOT DISTINCT FROM e.${name}`).join(" AND ");
  return `CREATE TEMP TABLE decoy_model AS SELECT l.list, m.position, e.entry, CASE WHEN m.modified_at IS NOT NULL THEN hash(m.modified_at) END AS stamp,
      try_cast(m.modified_at AS TIMESTAMPTZ) AS moment,
      (CASE WHEN ${IS_USUAL} THEN ${BITS.fine + BITS.fraction} ELSE ${bit("fine", IS_FINE)} + ${bit("fraction", HAS_FRACTION)} END
        + ${bit("of_sample", `m.modified_at IN (${samples})`)})::SMALLINT AS bits
    FROM stored.inventory_model AS m JOIN decoy_list AS l USING (inventory) JOIN decoy_entry AS e ON ${same}`;
}

/** Times shown at two addresses or more: `decoy_shown`, how many entries of a list bear one, and at how many addresses on one day at most. */
const STAMPS: readonly string[] = [
  `CREATE TEMP TABLE decoy_common_stamp AS SELECT stamp FROM decoy_model JOIN decoy_list USING (list)
     WHERE ${has("fine")} GROUP BY stamp HAVING min(low) <> max(high)`,
  `CREATE TEMP TABLE decoy_stamp AS SELECT l.list, m.inventory, m.modified_at AS stamp FROM stored.inventory_model AS m
     JOIN decoy_list AS l USING (inventory) JOIN decoy_common_stamp AS c ON c.stamp = hash(m.modified_at) WHERE ${IS_FINE}`,
  `CREATE TEMP TABLE decoy_shown AS SELECT list, max(addresses) AS addresses, count(*) AS shown FROM decoy_stamp JOIN (
       SELECT stamp, max(addresses) AS addresses FROM (
         SELECT stamp, "month", list_max([${DAYS.map((n) => `sum((days >> ${n}) & 1)`).join(", ")}])::BIGINT AS addresses FROM (
           SELECT s.stamp, t."month", t.address, bit_or(t.day_mask) AS days FROM rollup.tally AS t
           JOIN (SELECT DISTINCT inventory, stamp FROM decoy_stamp) AS s USING (inventory)
           WHERE t.product = 'ollama' GROUP BY s.stamp, t."month", t.address) GROUP BY stamp, "month")
         GROUP BY stamp HAVING max(addresses) >= 2) USING (stamp)
     GROUP BY list`,
];

/**
 * Models that five addresses show with five times. Most are known by bits alone: five different remainders are five addresses. The others
 * that could be, are counted.
 */
const DIGESTS: readonly string[] = [
  `CREATE TEMP TABLE decoy_digest AS SELECT digest, name, bit_count(bit_or(places)) >= 5 AND bit_count(bit_or(stamps)) >= 5 AS is_common,
       sum(stamped) >= 5 AND (min(low) <> max(high)) AS may_be FROM (
       SELECT entry, bit_or(places) AS places, min(low) AS low, max(high) AS high, count(stamp) AS stamped,
         bit_or(CASE WHEN stamp IS NULL THEN 0 ELSE 1::BIGINT << (stamp % ${PLACE_BITS})::INTEGER END) AS stamps
       FROM decoy_model JOIN decoy_list USING (list) GROUP BY entry) JOIN decoy_entry USING (entry)
     WHERE digest <> '' AND name IS NOT NULL GROUP BY digest, name`,
  `CREATE TEMP TABLE decoy_common_digest AS SELECT digest, name FROM decoy_digest WHERE is_common
     UNION ALL (SELECT m.digest, m.name FROM stored.inventory_model AS m JOIN (FROM decoy_digest WHERE may_be AND NOT is_common) AS d
       ON m.digest = d.digest AND m.name = d.name
       JOIN (SELECT inventory, address FROM rollup.tally WHERE inventory IS NOT NULL AND product = 'ollama') AS p USING (inventory)
       GROUP BY m.digest, m.name HAVING count(DISTINCT p.address) >= 5 AND count(DISTINCT m.modified_at) >= 5)`,
];

/** Whether a time lies in a later second than the one before it. The calendar is asked only where the two are near; halves cannot overflow. */
const RISES = `CASE WHEN moment > before THEN CASE WHEN epoch_us(moment) // 2 - epoch_us(before) // 2 > 500000 THEN true
    ELSE date_trunc('second', moment) > date_trunc('second', before) END ELSE false END`;

/** What each list shows by itself and beside the others. */
const LISTS: readonly string[] = [
  `CREATE TEMP TABLE decoy_kind AS SELECT e.entry, (${[
    bit("has_digest", "e.digest <> ''"),
    bit("digest_odd", "t.digest_odd"),
    bit("digest_of_name", "t.digest_of_name"),
    bit("size_impossible", "t.size_impossible"),
    bit("is_famous", "t.is_famous"),
    bit("is_common", "c.digest IS NOT NULL"),
  ].join(" + ")})::SMALLINT AS bits FROM decoy_entry AS e JOIN decoy_trait AS t USING (entry)
     LEFT JOIN decoy_common_digest AS c ON c.digest = e.digest AND c.name = e.name`,
  `CREATE TEMP TABLE decoy_list_sum AS SELECT list, bit_or(bits) AS any_of, bit_and(bits) AS all_of, count(*) AS entries, count(stamp) AS stamped,
     count_if(${has("fine")}) AS fine, min(stamp) = max(stamp) AS may_be_alike, bool_or(${RISES}) AS rises
     FROM (SELECT m.list, m.bits + k.bits AS bits, m.stamp, m.moment, lag(m.moment) OVER (PARTITION BY m.list ORDER BY m.position) AS before
       FROM decoy_model AS m JOIN decoy_kind AS k USING (entry)) GROUP BY list`,
  `CREATE TEMP TABLE decoy_alike AS SELECT list FROM stored.inventory_model JOIN (decoy_list JOIN (FROM decoy_list_sum
       WHERE may_be_alike AND entries >= 3 AND stamped = entries AND ${has("fine", "all_of")}) USING (list)) USING (inventory)
     GROUP BY list HAVING min(modified_at) = max(modified_at)`,
  `CREATE TEMP TABLE decoy_list_fact AS SELECT l.inventory, ${has("has_digest", "any_of")} AS has_digests,
     ${has("digest_odd", "any_of")} AS digest_odd, ${has("digest_of_name", "any_of")} AS digest_of_name,
     ${has("size_impossible", "any_of")} AS size_impossible,
     ${has("is_famous", "all_of")} AS all_famous, ${has("is_common", "all_of")} AS all_common, ${has("of_sample", "any_of")} AS stamp_of_sample,
     a.list IS NOT NULL AS stamps_alike, stamped >= 2 AND NOT ${has("fraction", "any_of")} AS stamps_whole, rises AS out_of_order,
     least(coalesce(h.addresses, 0), 100) AS stamp_addresses, fine > coalesce(h.shown, 0) AS has_own_stamps
     FROM decoy_list_sum AS s JOIN decoy_list AS l USING (list) LEFT JOIN decoy_alike AS a ON a.list = s.list
     LEFT JOIN decoy_shown AS h ON h.list = s.list`,
];

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
  "address",
  "entry",
  "trait",
  "kind",
  "list",
  "model",
  "common_stamp",
  "stamp",
  "shown",
  "digest",
  "common_digest",
  "list_sum",
  "alike",
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
