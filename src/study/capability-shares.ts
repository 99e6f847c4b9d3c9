import { HELD } from "./population.ts";

/** Words of the capability lists (ollama/ollama@fb307608 types/model/capability.go), in the order of the report. */
const WORDS = ["completion", "tools", "thinking", "vision", "insert", "embedding", "image", "audio"] as const;

/** The query of capabilities by hosts over one of the two denominators. */
export function capabilityShares(denominator: "all hosts" | "hosts that could tell"): string {
  const items = WORDS.map((word, place) => oneWord(word, place, denominator));
  return `${HELD}, hosts AS (
  SELECT DISTINCT address FROM latest
), whole AS (
  SELECT COUNT(*) AS all_hosts FROM hosts
), states AS (
${WORDS.map((word) => `  SELECT '${word}' AS item, address, ${word}_state AS state FROM held`).join("\n  UNION ALL\n")}
), per_host AS (
  SELECT item, address, MAX(CASE WHEN state = 'advertised' THEN 1 ELSE 0 END) AS advertised,
    MAX(CASE WHEN state = 'inferred' THEN 1 ELSE 0 END) AS inferred,
    MAX(CASE WHEN state IN ('advertised', 'absent') THEN 1 ELSE 0 END) AS able,
    MAX(CASE WHEN state = 'unknown' THEN 1 ELSE 0 END) AS unknown
  FROM states GROUP BY item, address
)
${items.join("\nUNION ALL\n")}
ORDER BY place`;
}

function oneWord(word: string, place: number, denominator: "all hosts" | "hosts that could tell"): string {
  const [counted, of, unknown] =
    denominator === "all hosts"
      ? ["advertised = 1 OR inferred = 1", "MAX(whole.all_hosts)", "advertised = 0 AND inferred = 0 AND unknown = 1"]
      : ["advertised = 1", "SUM(able)", "able = 0"];
  return `SELECT ${place} AS place, '${word}' AS item, COALESCE(SUM(CASE WHEN ${counted} THEN 1 ELSE 0 END), 0) AS counted,
  COALESCE(${of}, 0) AS of_units, COALESCE(SUM(CASE WHEN ${unknown} THEN 1 ELSE 0 END), 0) AS unknown_units
FROM per_host CROSS JOIN whole WHERE item = '${word}'`;
}
