import { createHash } from "node:crypto";
import { SIGNS } from "../model/observation.ts";
import { signBitsSql } from "./sign-bits.ts";
import { sqlName } from "./stage-sql.ts";
import { TABLES } from "./table.ts";

const SERVICE = ["scheme", "address", "port", "host_name", "base_path"] as const;

/** What the study counts (docs/study.md S1): a confirmed look at an Ollama, or at what an import does not name. */
export const IS_COUNTED = "confirmed AND (product IS NULL OR product = 'ollama')";
/** A look that found the service open. */
export const IS_OPEN = "answer = 'open' AND (confirmed OR product IS NOT NULL)";
/** An open port in somebody's file, where nobody asked what answers. */
export const IS_UNHEARD = "answer = 'other' AND status IS NULL AND failure IS NULL";

/**
 * The order of an observation among those of its service, for `max_by` and `min_by`: two at one time differ in who looked or from where,
 * so the last one is the same whatever files hold them.
 */
export const LOOK_ORDER = "row(seen_at, coalesce(source, ''), coalesce(vantage, ''))";

/** The same among those of an address, whose services may be looked at in one moment. */
export const PLACE_ORDER =
  "row(seen_at, coalesce(source, ''), coalesce(vantage, ''), -port, scheme, coalesce(host_name, ''), base_path)";

/** The order of a {@link ROLLUPS.tally} row among those of one list or service. */
export const TALLY_ORDER = `row(last_seen, ${[...SERVICE, "source", "version", "product"].map((name) => `coalesce(${name}::VARCHAR, '')`).join(", ")})`;

/** Files derived from one segment of observations, so that no view need read every row. */
export type RollupName = "tally" | "pick" | "day";
export const ROLLUP_NAMES: readonly RollupName[] = ["tally", "pick", "day"];

/** One derived relation: its columns in order, and the query that makes them of a relation of observations. */
export interface Rollup {
  readonly columns: readonly string[];
  /** @param looks - relation of observations. @param loaded - relation `running`, `held` of the lists they name ({@link heldSql}). */
  select(looks: string, loaded: string): string;
}

/** SQL that is true where two relations speak of one service. */
export function sameService(left: string, right: string): string {
  return SERVICE.map((name) =>
    name === "host_name"
      ? `${left}.${name} IS NOT DISTINCT FROM ${right}.${name}`
      : `${left}.${name} = ${right}.${name}`,
  ).join(" AND ");
}

const dayBit = "(1::BIGINT << (date_part('day', seen_at)::INTEGER - 1))";

const TALLY_KEY = {
  ...Object.fromEntries(SERVICE.map((name) => [name, name])),
  source: "source",
  month: "date_trunc('month', seen_at)::DATE",
  version: "version",
  inventory: "inventory",
  product: "product",
  confirmed: "confirmed",
};

/** Days are bits, day 1 the lowest. */
const TALLY_SUMS = {
  observations: "count(*)",
  day_mask: `bit_or(${dayBit})`,
  open_mask: `coalesce(bit_or(CASE WHEN ${IS_OPEN} THEN ${dayBit} END), 0)`,
  first_seen: "min(seen_at)",
  last_seen: "max(seen_at)",
  listed: "count(model_count)",
  models: "coalesce(sum(model_count), 0)::BIGINT",
  most_models: "max(model_count)",
  running_listed: "count(running_count)",
  running_looks: "count_if(running_count > 0)",
  running_models: "coalesce(sum(running_count), 0)::BIGINT",
  running_told: "count(running)",
  least_held: "min(held)",
  most_held: "max(held)",
  sign_bits: `bit_or(CASE WHEN product IS NULL AND answer <> 'open' THEN 0 ELSE ${signBitsSql("signs", SIGNS)} END)::BIGINT`,
};

const columnsOf = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, sql]) => `${sql} AS ${sqlName(name)}`)
    .join(", ");

/** By service, source, month, version, list, product and whether confirmed: sums and spans of every observation. */
const TALLY: Rollup = {
  columns: [...Object.keys(TALLY_KEY), ...Object.keys(TALLY_SUMS)],
  select: (looks, loaded) => `SELECT ${columnsOf(TALLY_KEY)}, ${columnsOf(TALLY_SUMS)}
    FROM (SELECT o.*, CASE WHEN o.running IS NOT NULL THEN coalesce(r.held, '') END AS held
      FROM ${looks} AS o LEFT JOIN (${loaded}) AS r ON o.running = r.running) GROUP BY ${Object.values(TALLY_KEY).join(", ")}`,
};

/** Which of a service's observations a view may ask for as the last (or first) of their kind. */
const LAST_OF = [
  "true",
  "confirmed",
  `NOT (${IS_UNHEARD})`,
  "inventory IS NOT NULL",
  "confirmed AND inventory IS NOT NULL",
  IS_COUNTED,
  "product IS NOT NULL",
  "product IS NOT NULL AND page IS NOT NULL",
  ...["server", "labels", "country", "region", "city", "asn", "organisation"].map((name) => `${name} IS NOT NULL`),
];
const FIRST_OF = [IS_COUNTED];

const PICK_TIMES = [
  ...LAST_OF.map((what) => `max(CASE WHEN ${what} THEN seen_at END)`),
  ...FIRST_OF.map((what) => `min(CASE WHEN ${what} THEN seen_at END)`),
];

const OBSERVATION = TABLES.observation.columns.map(({ name }) => name);

/** The observations themselves that are the last or first of some kind of their service, all of one time where several are. */
const PICK: Rollup = {
  columns: OBSERVATION,
  select: (
    looks,
  ) => `SELECT ${OBSERVATION.map((name) => `o.${sqlName(name)}`).join(", ")} FROM ${looks} AS o SEMI JOIN (
      SELECT DISTINCT ${SERVICE.join(", ")}, unnest([${PICK_TIMES.join(", ")}]) AS seen_at FROM ${looks} GROUP BY ${SERVICE.join(", ")}) AS p
    ON ${sameService("o", "p")} AND o.seen_at = p.seen_at
    ORDER BY ${TABLES.observation.sort.map((name) => `o.${sqlName(name)}`).join(", ")}`,
};

/** By date: how many observations, and how many of them count. */
const DAY: Rollup = {
  columns: ["day", "observations", "counted"],
  select: (looks) => `SELECT seen_at::DATE AS "day", count(*) AS observations, count_if(${IS_COUNTED}) AS counted
    FROM ${looks} GROUP BY seen_at::DATE`,
};

export const ROLLUPS: Readonly<Record<RollupName, Rollup>> = { tally: TALLY, pick: PICK, day: DAY };

/** What was loaded, by digest and name: the time of unloading differs at each look. One row a list that `looks` name. */
export function heldSql(running: string, looks: string): string {
  return `SELECT running, md5(string_agg(concat_ws(' ', digest, name), chr(10) ORDER BY digest, name)) AS held
    FROM ${running} WHERE running IN (SELECT running FROM ${looks}) GROUP BY running`;
}

/** Changes whenever a rollup's content would: a file that bears another version is made anew from its segment. */
export const ROLLUP_VERSION = createHash("sha256")
  .update(ROLLUP_NAMES.map((name) => ROLLUPS[name].select("looks", heldSql("running", "looks"))).join("\n"))
  .digest("hex")
  .slice(0, 16);
