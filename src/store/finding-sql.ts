import { DAY_STEPS } from "../model/judgements.ts";
import type { Sign } from "../model/observation.ts";
import { PROMPT_READ_UNITS } from "../model/prompt-class.ts";
import { JUDGED_ENTRIES } from "./capability-sql.ts";
import { IS_UNHEARD, LOOK_ORDER, sameService } from "./rollup-sql.ts";
import { signBitsSql } from "./sign-bits.ts";
import { sqlText } from "./stage-sql.ts";

const SERVICE = "scheme, address, port, host_name, base_path";
const SERVICE_COLUMNS = SERVICE.split(", ");
const LOOPBACK = "(address = '::1' OR starts_with(address, '127.'))";

/** Signs that the checks ask for. */
export const CHECK_SIGNS: readonly Sign[] = ["open-signup", "no-admin", "auth-disabled", "management-open"];

/** Every service's last look with its inputs, every check, and what came of every distinct input. */
export const FINDING_TABLES: readonly string[] = [
  `CREATE TABLE judged.look (scheme VARCHAR, address VARCHAR, port INTEGER, host_name VARCHAR, base_path VARCHAR, answer VARCHAR,
     confirmed BOOLEAN, product VARCHAR, version VARCHAR, first_seen TIMESTAMP, last_seen TIMESTAMP, input BIGINT, version_input BIGINT)`,
  "CREATE TABLE judged.checking (check_id VARCHAR, severity VARCHAR, title VARCHAR, fixed_in VARCHAR)",
  "CREATE TABLE judged.outcome (input BIGINT, check_id VARCHAR, outcome VARCHAR, evidence VARCHAR)",
];

/** A version's text without anything but what a version is made of: it is judged by its meaning and only shown here. */
const SHOWN_VERSION = "regexp_replace(coalesce(s.version, 'unknown'), '[^0-9A-Za-z.+-]', '', 'g')";

/** The view: one row per check and service. */
export const FINDING_VIEW = [
  ["input", "o.evidence"],
  ["version_input", `replace(o.evidence, '{version}', ${SHOWN_VERSION})`],
]
  .map(
    ([input, evidence]) => `SELECT c.check_id, o.outcome, c.severity, c.title, c.fixed_in, ${evidence} AS evidence,
    ${SERVICE_COLUMNS.map((name) => `s.${name}`).join(", ")}, s.answer, s.confirmed, s.product, s.version, s.first_seen, s.last_seen
    FROM judged.look AS s JOIN judged.outcome AS o ON o.input = s.${input} JOIN judged.checking AS c ON c.check_id = o.check_id`,
  )
  .join(" UNION ALL ");

function daySteps(count: string): string {
  const steps = DAY_STEPS.toReversed().map((step) => `WHEN ${count} >= ${step} THEN ${step}`);
  return `CASE ${steps.join(" ")} END`;
}

/** An open port in somebody's file, where nobody asked, stands behind every look that heard something, or that nothing is there. */
const HEARD_ORDER = `row(NOT (${IS_UNHEARD}), ${LOOK_ORDER})`;

const LOOKS = `CREATE TEMP TABLE finding_look AS SELECT ${SERVICE}, ${LOOPBACK} AS loopback, first_seen, last_seen, latest.answer AS answer,
    latest.confirmed AS confirmed, latest.product AS product, latest.fingerprint AS fingerprint, latest.version AS version,
    ${signBitsSql("latest.signs", CHECK_SIGNS)} AS sign_bits, latest.run AS run, listed.inventory AS inventory,
    listed.model_count AS model_count, listed.is_whole AS is_whole, ${daySteps("open_dates")} AS open_days, ${daySteps("looked_dates")} AS looked_days,
    scheme = 'https' OR host_name IS NOT NULL OR base_path <> '/' OR coalesce(contains(latest.signs, '"root-server-header"'), false)
      AS fronted
  FROM (SELECT ${SERVICE_COLUMNS.map((name) => `t.${name}`).join(", ")}, first_seen, last_seen, open_dates, looked_dates, latest, listed
    FROM (SELECT ${SERVICE}, min(first_seen) AS first_seen, max(last_seen) AS last_seen, sum(bit_count(open_mask)) AS open_dates,
        sum(bit_count(day_mask)) AS looked_dates
      FROM (SELECT ${SERVICE}, min(first_seen) AS first_seen, max(last_seen) AS last_seen, bit_or(open_mask) AS open_mask,
        bit_or(day_mask) AS day_mask FROM rollup.tally GROUP BY ${SERVICE}, "month") GROUP BY ${SERVICE}) AS t
    JOIN (SELECT ${SERVICE}, max_by(struct_pack(answer, confirmed, product, fingerprint, version, signs, run), ${HEARD_ORDER}) AS latest,
      max_by(struct_pack(inventory, model_count, is_whole := NOT coalesce(contains(signs, '"odd-entries"'), false)), ${LOOK_ORDER})
        FILTER (inventory IS NOT NULL) AS listed
      FROM rollup.pick GROUP BY ${SERVICE}) AS p ON ${sameService("t", "p")})`;

/** What the whole of a list says of a capability; null where an entry might have it. */
function ofList(word: string): string {
  return `CASE WHEN bool_or(c.${word}_state IN ('advertised', 'inferred')) THEN true
    WHEN bool_and(coalesce(c.${word}_state, 'unknown') = 'absent') THEN false END AS ${word}`;
}

const CAPABILITIES = ["completion", "tools", "vision", "embedding"] as const;

/** Needs the judged entries and capabilities. */
const LISTS = `CREATE TEMP TABLE finding_list AS SELECT m.inventory, ${CAPABILITIES.map(ofList).join(", ")}, bool_or(coalesce(k.is_cloud, false)) AS has_cloud_model
  FROM ${JUDGED_ENTRIES} SEMI JOIN (SELECT inventory FROM finding_look) AS l ON m.inventory = l.inventory GROUP BY m.inventory`;

/** Classes of a prompt that surely leaves the guard where it is, as far as the signs reach. */
const GUARDED = "('none', 'benign')";

/**
 * Whether the prompts of a list take the guard away, by `judged.prompt`: true when one does, false when every entry was read whole and
 * none does. What is `unread` says nothing, and of a prompt of a harm class only the graver class is kept.
 */
const GUARDS = `CREATE TEMP TABLE finding_guard AS SELECT ${SERVICE_COLUMNS.map((name) => `l.${name}`).join(", ")},
    CASE WHEN bool_or(p.system_class = 'guard-off' OR p.template_class = 'guard-off') THEN true
      WHEN bool_and(coalesce(p.system_class IN ${GUARDED} AND p.template_class IN ${GUARDED}
        AND coalesce(p.system_length, 0) <= ${PROMPT_READ_UNITS}, false)) THEN false END AS guard_off
  FROM finding_look AS l JOIN stored.inventory_model AS m ON l.inventory = m.inventory
  LEFT JOIN judged.prompt AS p ON m.digest = p.digest AND m.name = p.name AND ${sameService("l", "p")} GROUP BY ALL`;

/** A product that is a vector store, and the port where it usually listens. */
export interface StorePort {
  readonly id: string;
  readonly port: number;
}

/**
 * A finished, unsharded run without gaps that asked every usual port tells also where no store stands; nothing may have been skipped, and a
 * list of targets names too few for every port of every address that answered. What nobody answered at leaves no row to count.
 */
function stores(rows: readonly StorePort[]): readonly string[] {
  const asked = rows.map(({ port }) => `json_contains(ports, '${port}')`).join(" AND ");
  return [
    `CREATE TEMP TABLE finding_store AS SELECT DISTINCT address FROM finding_look
       WHERE answer = 'open' AND product IN (${rows.map(({ id }) => sqlText(id)).join(", ")})`,
    `CREATE TEMP TABLE finding_run AS SELECT run FROM stored.run JOIN (
         SELECT run, count(DISTINCT address) AS addresses FROM finding_look GROUP BY run) USING (run)
       WHERE finished_at IS NOT NULL AND shard = '1/1' AND json_array_length(gaps) = 0 AND ${asked}
         AND coverage.finished = coverage.targets AND coverage.skipped = 0
         AND coverage.targets >= addresses * json_array_length(ports) AND coverage.targets % json_array_length(ports) = 0`,
  ];
}

const INPUT = [
  "loopback",
  "answer",
  "confirmed",
  "product",
  "fingerprint",
  "sign_bits",
  "fronted",
  ...CAPABILITIES,
  "has_cloud_model",
  "guard_off",
  "tier",
  "vector_store_beside",
  "open_days",
  "looked_days",
];
const VERSION_INPUT = ["answer", "confirmed", "product", "version"];

/** What a list says: of an empty one no; entries that were left out might have it, so that only yes is sure. */
function ofWholeList(word: string, said: string): string {
  return `CASE WHEN ${said} OR l.is_whole THEN l.model_count > 0 AND ${said} END AS ${word}`;
}

const FACTS = `CREATE TEMP TABLE finding_fact AS SELECT l.* EXCLUDE (inventory, model_count, is_whole, run),
    ${[...CAPABILITIES, "has_cloud_model"].map((name) => ofWholeList(name, `f.${name}`)).join(", ")},
    ${ofWholeList("guard_off", "g.guard_off")}, n.tier,
    CASE WHEN s.address IS NOT NULL THEN true WHEN r.run IS NOT NULL THEN false END AS vector_store_beside
  FROM finding_look AS l LEFT JOIN finding_list AS f ON l.inventory = f.inventory
  LEFT JOIN finding_guard AS g ON ${sameService("l", "g")}
  LEFT JOIN finding_store AS s ON l.address = s.address LEFT JOIN finding_run AS r ON l.run = r.run
  LEFT JOIN (SELECT address, any_value(tier) AS tier FROM network GROUP BY address) AS n ON l.address = n.address`;

/** From the tables of observations, lists, cards and runs to the temp tables of distinct inputs. */
export function findingInputs(vectorStores: readonly StorePort[]): readonly string[] {
  return [
    LOOKS,
    LISTS,
    GUARDS,
    ...stores(vectorStores),
    FACTS,
    distinct("finding_input", INPUT, "row_number() OVER ()"),
    distinct("finding_version_input", VERSION_INPUT, "-(row_number() OVER ())"),
    "CREATE TEMP TABLE finding_case (input BIGINT, outcomes BIGINT)",
  ];
}

/** Fills `judged.look`, once `finding_case` tells which inputs came out alike. */
export const FINDING_LOOKS = `INSERT INTO judged.look SELECT ${[
  ...SERVICE_COLUMNS,
  "answer",
  "confirmed",
  "product",
  "version",
  "first_seen",
  "last_seen",
]
  .map((name) => `f.${name}`)
  .join(", ")}, ic.outcomes, vc.outcomes FROM finding_fact AS f
  JOIN finding_input AS i ON ${same("i", INPUT)} JOIN finding_case AS ic ON ic.input = i.input
  JOIN finding_version_input AS v ON ${same("v", VERSION_INPUT)} JOIN finding_case AS vc ON vc.input = v.input`;

function distinct(table: string, columns: readonly string[], number: string): string {
  return `CREATE TEMP TABLE ${table} AS SELECT *, ${number} AS input FROM (SELECT DISTINCT ${columns.join(", ")} FROM finding_fact)`;
}

function same(other: string, columns: readonly string[]): string {
  return columns.map((name) => `f.${name} IS NOT DISTINCT FROM ${other}.${name}`).join(" AND ");
}

/** Reads the distinct inputs; whole numbers as DOUBLE, so that they come as numbers. */
export const FINDING_INPUTS = `SELECT * REPLACE (input::DOUBLE AS input, sign_bits::DOUBLE AS sign_bits, open_days::DOUBLE AS open_days,
  looked_days::DOUBLE AS looked_days) FROM finding_input`;
/** Reads the distinct inputs of checks on versions; their numbers are below zero. */
export const FINDING_VERSION_INPUTS = "SELECT * REPLACE (input::DOUBLE AS input) FROM finding_version_input";

/** Temp tables that are needed no more once the outcomes stand. */
export const FINDING_LEFTOVERS: readonly string[] = [
  "look",
  "list",
  "guard",
  "store",
  "run",
  "fact",
  "input",
  "version_input",
  "case",
].map((name) => `DROP TABLE finding_${name}`);
