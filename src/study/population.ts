/**
 * The population that every share of hosts is counted over, as the beginning of a query: `latest`, one row per service that was
 * confirmed at least once: its last confirmed observation. A host is an address; what a host has is the union over its services.
 */
export const LATEST = `WITH latest AS (
  SELECT * FROM (
    SELECT observation.*, ROW_NUMBER() OVER (
      PARTITION BY scheme, address, port, host_name, base_path ORDER BY seen_at DESC, source, vantage
    ) AS recency
    FROM observation WHERE confirmed
  ) AS looks WHERE recency = 1
)`;

/** {@link LATEST}, then `held`: the models that those services listed, as `address` with every column of `model`. */
export const HELD = `${LATEST}, held AS (
  SELECT latest.address, model.*
  FROM latest JOIN model ON model.inventory = latest.inventory
)`;

/**
 * Ends a query of host shares over {@link HELD}: hosts that hold at least one model with each value of a column, out of all
 * hosts. Unknown is a host none of whose models shows the (text) column, or whose list was not seen; an empty list is known.
 */
export function hostShares(column: string, most: number): string {
  const value = `NULLIF(held.${column}, '')`;
  return `, per_host AS (
  SELECT latest.address, MAX(CASE WHEN ${value} IS NOT NULL OR latest.model_count = 0 THEN 1 ELSE 0 END) AS known
  FROM latest LEFT JOIN held ON held.address = latest.address GROUP BY latest.address
), whole AS (
  SELECT COUNT(*) AS hosts, SUM(1 - known) AS unknown_hosts FROM per_host
), items AS (
  SELECT ${value} AS item, COUNT(DISTINCT address) AS counted FROM held WHERE ${value} IS NOT NULL GROUP BY ${value}
)
SELECT item, counted, whole.hosts AS of_units, whole.unknown_hosts AS unknown_units
FROM items CROSS JOIN whole ORDER BY counted DESC, item LIMIT ${most}`;
}
