import { LOOK_ORDER } from "./rollup-sql.ts";

const SERVICE = ["scheme", "address", "port", "host_name", "base_path"];
const FACTS = "system_class, template_class, system_length, signs_version, seen_at";
/** Orders cards of one time: which of two alike is told must not hang on where their rows lie. */
const REST = "system_class, template_class, system_length, signs_version";
const own = (of: string): string => SERVICE.map((name) => `${of}.${name}`).join(", ");

/** The table behind the view `prompt`, filled when a query names it. */
export const JUDGED_PROMPT = `CREATE TABLE judged.prompt (scheme VARCHAR, address VARCHAR, port INTEGER, host_name VARCHAR,
  base_path VARCHAR, digest VARCHAR, name VARCHAR, system_class VARCHAR, template_class VARCHAR, system_length BIGINT,
  signs_version INTEGER, seen_at TIMESTAMP, shown_here BOOLEAN)`;

/** The view: one row per service and entry of its last confirmed list of which a card tells. */
export const PROMPT_VIEW = `SELECT ${SERVICE.join(", ")}, digest, name, ${FACTS}, shown_here FROM judged.prompt`;

/** The view of the texts that a scope of one's own network keeps; no export writes it. */
export const PROMPT_TEXT_VIEW = `SELECT ${SERVICE.join(", ")}, seen_at, digest, name, system_class, system_text
  FROM stored.card WHERE system_text IS NOT NULL`;

/**
 * Fills `judged.prompt`: of each listed digest the latest card that the service itself showed, else the one that hosts in three networks
 * agree on (`card_network` names each card's network). A digest covers prompt and template, so the server's version does not matter.
 */
export const PROMPT_INPUTS: readonly string[] = [
  `CREATE TEMP TABLE prompt_list AS SELECT ${SERVICE.join(", ")}, max_by(inventory, ${LOOK_ORDER}) AS inventory
     FROM rollup.pick WHERE confirmed AND inventory IS NOT NULL GROUP BY ${SERVICE.join(", ")}`,
  `CREATE TEMP TABLE prompt_own AS SELECT ${SERVICE.join(", ")}, digest, max_by(struct_pack(${FACTS}), struct_pack(seen_at, ${REST})) AS facts
     FROM stored.card GROUP BY ${SERVICE.join(", ")}, digest`,
  `CREATE TEMP TABLE prompt_agreed AS SELECT digest, max_by(facts, struct_pack(networks, facts)) AS facts FROM (
     SELECT c.digest, c.agreement, count(DISTINCT n.network) AS networks, max_by(struct_pack(${FACTS.split(", ")
       .map((name) => `${name} := c.${name}`)
       .join(", ")}), struct_pack(seen_at := c.seen_at, ${REST.split(", ")
       .map((name) => `${name} := c.${name}`)
       .join(", ")})) AS facts
     FROM stored.card AS c JOIN card_network AS n ON c.address = n.address WHERE c.lends GROUP BY c.digest, c.agreement)
     WHERE networks >= 3 GROUP BY digest`,
  `INSERT INTO judged.prompt SELECT scheme, address, port, host_name, base_path, digest, name, ${FACTS.split(", ")
    .map((name) => `facts.${name}`)
    .join(", ")}, shown_here FROM (
     SELECT DISTINCT ${own("l")}, m.digest, m.name, coalesce(w.facts, a.facts) AS facts, w.facts IS NOT NULL AS shown_here
     FROM prompt_list AS l JOIN stored.inventory_model AS m ON l.inventory = m.inventory
     LEFT JOIN prompt_own AS w ON m.digest = w.digest AND ${SERVICE.map(
       (name) => `l.${name} IS NOT DISTINCT FROM w.${name}`,
     ).join(" AND ")}
     LEFT JOIN prompt_agreed AS a ON m.digest = a.digest WHERE coalesce(w.facts, a.facts) IS NOT NULL)`,
];
