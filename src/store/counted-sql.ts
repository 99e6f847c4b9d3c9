const SERVICE = "scheme, address, port, host_name, base_path";

/** What the study counts (docs/study.md S1): a confirmed look at an Ollama, or at what an import does not name. */
const IS_COUNTED = "confirmed AND (product IS NULL OR product = 'ollama')";

const month = (time: string): string => `date_trunc('month', ${time})::DATE`;
const dayBit = (time: string): string => `(1::BIGINT << (date_part('day', ${time})::INTEGER - 1))`;

/** Views over counted observations (docs/lake.md): rows of months with the days in them as bits, day 1 the lowest. */
export const COUNTED_VIEWS: Readonly<Record<string, string>> = {
  counted_month: `SELECT ${SERVICE}, source, ${month("seen_at")} AS "month", version, inventory, count(*) AS observations,
    bit_or(${dayBit("seen_at")}) AS day_mask, min(seen_at) AS first_seen, max(seen_at) AS last_seen, count(model_count) AS listed,
    coalesce(sum(model_count), 0)::BIGINT AS models, count(running_count) AS running_listed,
    count_if(running_count > 0) AS running_looks, coalesce(sum(running_count), 0)::BIGINT AS running_models
    FROM observation WHERE ${IS_COUNTED} GROUP BY ${SERVICE}, source, ${month("seen_at")}, version, inventory`,
  counted: `SELECT ${SERVICE}, first_seen, last_seen, observations, last.version AS version, last.version_rank AS version_rank,
    last.inventory AS inventory, last.model_count AS model_count, last.running AS running, last.running_count AS running_count,
    first.version AS first_version, first.version_rank AS first_version_rank
    FROM (SELECT ${SERVICE}, min(seen_at) AS first_seen, max(seen_at) AS last_seen, count(*) AS observations,
      max_by(struct_pack(version, version_rank, inventory, model_count, running, running_count), seen_at) AS last,
      min_by(struct_pack(version, version_rank), seen_at) AS first
      FROM observation WHERE ${IS_COUNTED} GROUP BY ${SERVICE})`,
  host_month: `SELECT address, "month", sum(observations)::BIGINT AS observations, bit_or(day_mask) AS day_mask,
    bit_count(bit_or(day_mask))::BIGINT AS days FROM counted_month GROUP BY address, "month"`,
  host_day: `SELECT address, "month" + n::INTEGER AS "day" FROM host_month, range(31) AS d(n) WHERE (day_mask >> n) & 1 = 1`,
  host_week: `SELECT DISTINCT address, date_trunc('week', "day")::DATE AS week FROM host_day`,
  day_total: `SELECT dates.d::DATE AS "day", coalesce(observations, 0) AS observations, coalesce(counted, 0) AS counted,
    coalesce(hosts, 0) AS hosts
    FROM (SELECT unnest(generate_series(min(first), max(last), INTERVAL 1 DAY)) AS d FROM (
        SELECT min(seen_at)::DATE AS first, max(seen_at)::DATE AS last FROM observation
        UNION ALL SELECT min(started_at)::DATE, max(started_at)::DATE FROM run WHERE attempted > 0)) AS dates
    LEFT JOIN (SELECT seen_at::DATE AS seen_on, count(*) AS observations, count_if(${IS_COUNTED}) AS counted,
      count(DISTINCT CASE WHEN ${IS_COUNTED} THEN address END) AS hosts FROM observation GROUP BY seen_at::DATE) AS looks
      ON looks.seen_on = dates.d::DATE`,
  host_month_lineage: `SELECT c.address, c."month", l.lineage, sum(c.observations)::BIGINT AS observations,
    bit_count(bit_or(c.day_mask))::BIGINT AS days
    FROM counted_month AS c JOIN (SELECT DISTINCT inventory, lineage FROM model WHERE lineage IS NOT NULL) AS l
      ON c.inventory = l.inventory GROUP BY c.address, c."month", l.lineage`,
  version: `SELECT version, version_rank, cves FROM judged.version`,
};
