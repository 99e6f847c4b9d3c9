import { checkOf } from "../../classify/findings.ts";
import { NETWORK_TIERS } from "../../knowledge/networks/network-kind.ts";
import { DECOY_CLASSES } from "../../model/decoy.ts";
import { SEVERITIES } from "../../model/finding.ts";
import { ANSWERS } from "../../model/observation.ts";
import type { Service } from "../../model/service.ts";
import type { Exposure, SeenPlace } from "../../render/exposure.ts";
import type { Row } from "../../store/snapshot.ts";
import { numberOf, textOf, textOrNull } from "../row-values.ts";

const SERVICE = ["scheme", "address", "port", "host_name", "base_path"];
const own = (alias: string): string => SERVICE.map((name) => `${alias}.${name}`).join(", ");
const JOIN_DECOY = `LEFT JOIN decoy AS d ON d.scheme = s.scheme AND d.address = s.address AND d.port = s.port
  AND d.host_name IS NOT DISTINCT FROM s.host_name AND d.base_path = s.base_path`;
const ORDER = "ORDER BY s.address, s.port, s.scheme, s.host_name, s.base_path";

/** Every service that was open or asked for a login at its last look, with what it said last of itself: Ollama or another. */
export const SEEN_SQL = `WITH told AS (
  SELECT ${SERVICE.join(", ")}, max_by(struct_pack(product, version), CASE WHEN product IS NOT NULL THEN seen_at END) AS last
  FROM observation GROUP BY ${SERVICE.join(", ")}
)
SELECT ${own("s")}, s.answer, t.last.product AS product, t.last.version AS version, s.first_seen, s.last_seen, d.decoy_class
FROM service AS s JOIN told AS t ON t.scheme = s.scheme AND t.address = s.address AND t.port = s.port
  AND t.host_name IS NOT DISTINCT FROM s.host_name AND t.base_path = s.base_path
${JOIN_DECOY} WHERE s.answer IN ('open', 'login') ${ORDER}`;

/** Every failed check of every service. */
export const EXPOSURES_SQL = `SELECT ${own("s")}, s.answer, s.product, s.version, s.first_seen, s.last_seen, d.decoy_class,
  s.check_id, s.severity, s.evidence, n.tier
FROM finding AS s ${JOIN_DECOY} LEFT JOIN network AS n ON n.address = s.address WHERE s.outcome = 'fail' ${ORDER}, s.check_id`;

/** Reads a row of {@link SEEN_SQL}. */
export function seenOf(row: Row): SeenPlace {
  return {
    place: { kind: "service", service: serviceOf(row) },
    answer: ANSWERS.find((answer) => answer === row["answer"]) ?? "other",
    product: textOrNull(row, "product"),
    version: textOrNull(row, "version"),
    firstSeen: textOf(row, "first_seen"),
    lastSeen: textOf(row, "last_seen"),
    decoy: DECOY_CLASSES.find((one) => one === row["decoy_class"]) ?? null,
  };
}

/** Reads a row of {@link EXPOSURES_SQL}. */
export function exposureOf(row: Row): Exposure {
  const id = textOf(row, "check_id");
  const check = checkOf(id);
  if (check === null) throw new TypeError(`no check ${id}`);
  const severity = SEVERITIES.find((one) => one === row["severity"]) ?? check.severity;
  const tier = NETWORK_TIERS.find((one) => one === row["tier"]) ?? null;
  return { ...seenOf(row), check, severity, tier, evidence: textOrNull(row, "evidence") ?? `${check.title}.` };
}

function serviceOf(row: Row): Service {
  return {
    scheme: row["scheme"] === "https" ? "https" : "http",
    address: textOf(row, "address"),
    port: numberOf(row, "port"),
    host_name: textOrNull(row, "host_name"),
    base_path: textOf(row, "base_path"),
  };
}
