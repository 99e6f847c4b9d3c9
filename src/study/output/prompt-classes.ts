import { PROMPT_CLASSES } from "../../model/prompt-class.ts";
import type { SharesOutput } from "../output.ts";

const SHOWN = PROMPT_CLASSES.filter((name) => name !== "none" && name !== "unread");

/** Classes of the prompts that are visible, of the hosts that show one: output T12. */
export const PROMPT_CLASS_SHARES: SharesOutput = {
  kind: "shares",
  id: "prompt_classes",
  caption: "Classes of visible prompts and templates, of the hosts that show one (lower bounds)",
  unit: "hosts",
  items: "closed",
  addsUp: false,
  outside: false,
  words: Object.fromEntries(SHOWN.map((name) => [name, name === "benign" ? "benign (no sign seen)" : `≥ ${name}`])),
  definition:
    "Hosts with at least one system prompt or template of the class, of the hosts where one has words. A host counts in each class " +
    "that it shows. Benign means that no sign was seen, not that the prompt is harmless. Unknown: hosts whose only prompts are in " +
    "scripts that the signs do not know.",
  source:
    "POST /api/show; Corral's signs of prompts; the harm classes that the 2026 study names (7.5 % of visible prompts, press only)",
  nothing: "no visible prompt was seen",
  sql: `WITH classed AS (
  SELECT address, system_class AS class FROM prompt WHERE system_class <> 'none'
  UNION
  SELECT address, template_class AS class FROM prompt WHERE template_class <> 'none'
), per_host AS (
  SELECT address, MAX(CASE WHEN class = 'unread' THEN 0 ELSE 1 END) AS is_read FROM classed GROUP BY address
), whole AS (
  SELECT COUNT(*) AS hosts, COALESCE(SUM(1 - is_read), 0) AS unread_hosts FROM per_host
)
${SHOWN.map(
  (
    name,
    place,
  ) => `SELECT ${place} AS place, '${name}' AS item, COUNT(DISTINCT address) AS counted, MAX(whole.hosts) AS of_units,
  MAX(whole.unread_hosts) AS unknown_units FROM whole LEFT JOIN classed ON class = '${name}'`,
).join("\nUNION ALL\n")}
ORDER BY place`,
};
