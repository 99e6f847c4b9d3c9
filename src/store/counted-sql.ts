import { IS_COUNTED, LOOK_ORDER, sameService } from "./rollup-sql.ts";

const SERVICE = "scheme, address, port, host_name, base_path";
const DAYS = Array.from({ length: 31 }, (_, at) => at);

/** The last and the first counted look of each service. */
const COUNTED = `SELECT ${SERVICE}, last.version AS version, last.inventory AS inventory, last.model_count AS model_count,
    last.running AS running, last.running_count AS running_count, first.version AS first_version
  FROM (SELECT ${SERVICE}, max_by(struct_pack(version, inventory, model_count, running, running_count), ${LOOK_ORDER}) AS last,
      min_by(struct_pack(version), ${LOOK_ORDER}) AS first
    FROM rollup.pick WHERE ${IS_COUNTED} GROUP BY ${SERVICE})`;

/** Views over counted observations (docs/lake.md): rows of months with the days in them as bits, day 1 the lowest. */
export const COUNTED_VIEWS: Readonly<Record<string, string>> = {
  counted_month: `SELECT ${SERVICE}, source, "month", version, lower(hex(inventory)) AS inventory, sum(observations)::BIGINT AS observations,
    bit_or(day_mask) AS day_mask, min(first_seen) AS first_seen, max(last_seen) AS last_seen, sum(listed)::BIGINT AS listed,
    sum(models)::BIGINT AS models, sum(running_listed)::BIGINT AS running_listed, sum(running_looks)::BIGINT AS running_looks,
    sum(running_models)::BIGINT AS running_models
    FROM rollup.tally WHERE ${IS_COUNTED} GROUP BY ${SERVICE}, source, "month", version, rollup.tally.inventory`,
  counted: `SELECT ${SERVICE.split(", ")
    .map((name) => `t.${name}`)
    .join(", ")}, t.first_seen, t.last_seen, t.observations,
    c.version, l.version_rank AS version_rank, lower(hex(c.inventory)) AS inventory, c.model_count, lower(hex(c.running)) AS running, c.running_count,
    c.first_version, f.version_rank AS first_version_rank
    FROM (SELECT ${SERVICE}, min(first_seen) AS first_seen, max(last_seen) AS last_seen, sum(observations)::BIGINT AS observations
      FROM rollup.tally WHERE ${IS_COUNTED} GROUP BY ${SERVICE}) AS t
    JOIN (${COUNTED}) AS c ON ${sameService("t", "c")}
    LEFT JOIN judged.version AS l ON c.version = l.version LEFT JOIN judged.version AS f ON c.first_version = f.version`,
  host_month: `SELECT address, "month", sum(observations)::BIGINT AS observations, bit_or(day_mask) AS day_mask,
    bit_count(bit_or(day_mask))::BIGINT AS days FROM rollup.tally WHERE ${IS_COUNTED} GROUP BY address, "month"`,
  host_day: `SELECT address, "month" + n::INTEGER AS "day" FROM host_month, range(31) AS d(n) WHERE (day_mask >> n) & 1 = 1`,
  // Weeks within one month need no DISTINCT.
  host_week: `WITH seen AS MATERIALIZED (SELECT address, "month", day_mask FROM host_month),
    weeks AS MATERIALIZED (SELECT "month", week, mask, date_trunc('month', week) <> date_trunc('month', week + 6) AS spans
      FROM (SELECT date_trunc('month', d)::DATE AS "month", date_trunc('week', d)::DATE AS week,
          sum(1::BIGINT << (date_part('day', d)::INTEGER - 1))::BIGINT AS mask
        FROM (SELECT unnest(generate_series(min("month"), max("month") + INTERVAL 1 MONTH - INTERVAL 1 DAY, INTERVAL 1 DAY)) AS d
          FROM seen) GROUP BY ALL)),
    looks AS NOT MATERIALIZED (SELECT s.address, w.week, w.spans FROM seen AS s JOIN weeks AS w ON w."month" = s."month" WHERE (s.day_mask & w.mask) <> 0)
    SELECT address, week FROM looks WHERE NOT spans UNION ALL (SELECT DISTINCT address, week FROM looks WHERE spans)`,
  day_total: `SELECT dates.d::DATE AS "day", coalesce(looks.observations, 0) AS observations, coalesce(looks.counted, 0) AS counted,
    coalesce(hosts.hosts, 0) AS hosts
    FROM (SELECT unnest(generate_series(min(first), max(last), INTERVAL 1 DAY)) AS d FROM (
        SELECT min("day") AS first, max("day") AS last FROM rollup.day
        UNION ALL SELECT min(started_at)::DATE, max(started_at)::DATE FROM run, rollup.span
          WHERE attempted > 0 AND coalesce(started_at >= from_at, true) AND coalesce(started_at < until_at, true))) AS dates
    LEFT JOIN (SELECT "day", sum(observations)::BIGINT AS observations, sum(counted)::BIGINT AS counted FROM rollup.day GROUP BY "day") AS looks
      ON looks."day" = dates.d::DATE
    LEFT JOIN (SELECT "month" + n::INTEGER AS "day", hosts FROM (
        SELECT "month", unnest([${DAYS.join(", ")}]) AS n, unnest([${DAYS.map((n) => `sum((day_mask >> ${n}) & 1)`).join(", ")}])::BIGINT AS hosts
        FROM host_month GROUP BY "month") WHERE hosts > 0) AS hosts ON hosts."day" = dates.d::DATE`,
  host_month_lineage: `SELECT c.address, c."month", l.lineage, sum(c.observations)::BIGINT AS observations,
    bit_count(bit_or(c.day_mask))::BIGINT AS days
    FROM counted_month AS c JOIN (SELECT DISTINCT inventory, lineage FROM model WHERE lineage IS NOT NULL) AS l
      ON c.inventory = l.inventory GROUP BY c.address, c."month", l.lineage`,
  version: `SELECT version, version_rank, cves FROM judged.version`,
};
