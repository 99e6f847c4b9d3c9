import type { DiffEnds } from "./diff-ends.ts";

const PLACE = "address, port, host_name, base_path";
const FACTS = [
  "scheme",
  "seen_at",
  "answer",
  "status",
  "failure",
  "surveyed",
  "vantage",
  "product",
  "version",
  "version_rank",
  "inventory",
  "model_count",
  "list_whole",
] as const;
/** What does not make a difference by itself. */
const BESIDE: ReadonlySet<string> = new Set([
  "seen_at",
  "status",
  "surveyed",
  "vantage",
  "version_rank",
  "model_count",
  "list_whole",
]);

/** A service is one place whichever scheme it spoke: a server that went silent was last asked without knowing whether it speaks TLS. */
const SAME_PLACE = `b.address = a.address AND b.port = a.port AND coalesce(b.host_name, '') = coalesce(a.host_name, '')
  AND b.base_path = a.base_path`;

/**
 * One row per place of either end whose look differs in anything that is compared, `before_*` and `after_*` null where there was no look.
 * Of several looks the last counts.
 */
export function differencesSql(ends: DiffEnds): string {
  const sides = ["b", "a"].map((side) =>
    FACTS.map((name) => `${side}.${name} AS ${side === "b" ? "before" : "after"}_${name}`).join(", "),
  );
  const differs = FACTS.filter((name) => !BESIDE.has(name))
    .map((name) => `b.${name} IS DISTINCT FROM a.${name}`)
    .join(" OR ");
  return `${endsSql(ends)}
SELECT coalesce(a.address, b.address) AS address, coalesce(a.port, b.port) AS port,
  CASE WHEN a.address IS NULL THEN b.host_name ELSE a.host_name END AS host_name,
  coalesce(a.base_path, b.base_path) AS base_path, ${sides.join(", ")}
FROM before_looks AS b FULL JOIN after_looks AS a ON ${SAME_PLACE}
WHERE a.address IS NULL OR b.address IS NULL OR ${differs}
ORDER BY ALL`;
}

/** One row: how many places each end looked at, how many were present at both with nothing different. */
export function countsSql(ends: DiffEnds): string {
  return `${endsSql(ends)}
SELECT CAST(count(b.address) AS DOUBLE) AS before_services, CAST(count(a.address) AS DOUBLE) AS after_services,
  ${countOf("b.answer = 'open'")} AS before_open, ${countOf("a.answer = 'open'")} AS after_open,
  ${countOf("a.answer IN ('open', 'login') AND b.answer IN ('open', 'login')")} AS present_at_both
FROM before_looks AS b FULL JOIN after_looks AS a ON ${SAME_PLACE}`;
}

/** Of only nulls the engine's count_if is null, not zero. */
function countOf(condition: string): string {
  return `CAST(coalesce(count_if(${condition}), 0) AS DOUBLE)`;
}

function endsSql(ends: DiffEnds): string {
  const [before, after] = conditions(ends);
  return `WITH surveys AS (
  SELECT DISTINCT run FROM run WHERE scope_hash IS NOT NULL
), before_looks AS (${lastLooks(before)}), after_looks AS (${lastLooks(after)})`;
}

/** Runs and moments are hex and ISO text of our own making: nothing in them needs quoting. */
function conditions(ends: DiffEnds): readonly [string, string] {
  switch (ends.kind) {
    case "runs":
      return [`observation.run = '${ends.from.run}'`, `observation.run = '${ends.to.run}'`];
    case "times":
      return [`seen_at <= ${moment(ends.from)}`, `seen_at > ${moment(ends.from)} AND seen_at <= ${moment(ends.to)}`];
  }
}

function moment(instant: string): string {
  return `TIMESTAMP '${instant.slice(0, 23).replace("T", " ")}'`;
}

function lastLooks(condition: string): string {
  return `
  SELECT ${PLACE}, ${FACTS.join(", ")} FROM (
    SELECT observation.*, surveys.run IS NOT NULL AS surveyed,
      COALESCE(signs NOT LIKE '%"odd-entries"%', TRUE) AS list_whole, row_number() OVER (
      PARTITION BY ${PLACE} ORDER BY seen_at DESC, source, vantage, scheme
    ) AS recency
    FROM observation LEFT JOIN surveys ON surveys.run = observation.run WHERE ${condition}
  ) AS looks WHERE recency = 1
`;
}

/** Services that the lake takes for decoys, by everything it holds. */
export const DECOYS_SQL = `SELECT scheme, ${PLACE} FROM decoy WHERE decoy_class = 'likely-decoy'`;

/** Capability words of the view `model`, in the order of the report. */
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

/** Every entry of these lists (hex ids), with what it can do. */
export function modelsSql(inventories: readonly string[]): string {
  const ids = inventories.map((id) => `'${id}'`).join(", ");
  const states = CAPABILITY_WORDS.map((word) => `${word}_state`).join(", ");
  return `SELECT inventory, name, digest, is_cloud, ${states} FROM model WHERE inventory IN (${ids}) ORDER BY inventory, position`;
}
