import { HARM_CLASSES } from "../../model/prompt-class.ts";
import type { SharesOutput } from "../output.ts";
import { LATEST } from "../population.ts";

const HARMS = HARM_CLASSES.map((name) => `'${name}'`).join(", ");
const ITEMS = ["visible", "guard-off", "harm"] as const;

function flag(condition: string, name: string): string {
  return `MAX(CASE WHEN ${condition} THEN 1 ELSE 0 END) AS ${name}`;
}

/** Visible prompts, guard-off templates and harm, of all hosts: output T12. */
export const PROMPTS: SharesOutput = {
  kind: "shares",
  id: "prompts",
  caption: "Prompts that strangers can read, of all hosts (lower bounds)",
  unit: "hosts",
  items: "closed",
  addsUp: false,
  outside: false,
  words: {
    visible: "≥ a system prompt with words",
    "guard-off": "≥ a prompt or template that takes the guard away",
    harm: "≥ a prompt or template of a harm class",
  },
  definition:
    "Confirmed hosts with at least one listed model whose card shows it, as classed by transparent signs. Every row is a lower " +
    "bound: only prompts that the server shows are seen, and signs miss more than they find. A prompt of a harm class is not " +
    "counted as guard-off too. Unknown: hosts of none of whose models a judged card tells.",
  source:
    "POST /api/show; Corral's signs of prompts; output T12 of the 2026 study (at least 201 hosts with guard-off templates)",
  sql: `${LATEST}, per_host AS (
  SELECT latest.address, ${flag("prompt.signs_version IS NOT NULL", "known")}, ${flag("system_class <> 'none'", "visible")},
    ${flag("system_class = 'guard-off' OR template_class = 'guard-off'", "guard_off")},
    ${flag(`system_class IN (${HARMS}) OR template_class IN (${HARMS})`, "harm")}
  FROM latest LEFT JOIN prompt ON prompt.address = latest.address GROUP BY latest.address
)
${ITEMS.map(
  (item, place) => `SELECT ${place} AS place, '${item}' AS item, COALESCE(SUM(${item.replace("-", "_")}), 0) AS counted,
  COUNT(*) AS of_units, COALESCE(SUM(1 - known), 0) AS unknown_units FROM per_host`,
).join("\nUNION ALL\n")}
ORDER BY place`,
};
