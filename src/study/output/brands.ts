import type { SharesOutput } from "../output.ts";
import { HELD, hostShares } from "../population.ts";

/** Makers' lines by hosts, told from names. */
export const BRANDS_BY_HOSTS: SharesOutput = {
  kind: "shares",
  id: "brands",
  caption: "Hosts per brand (name)",
  unit: "hosts",
  items: "open",
  addsUp: false,
  outside: true,
  definition:
    "Hosts with at least one model whose name tells this maker's line, of all confirmed hosts. Told from the name alone: a renamed model is not recognised. Unknown: hosts none of whose models has a name that tells a brand.",
  source: "GET /api/tags, models[].name, judged by Corral's table of brands",
  sql: `${HELD}${hostShares("brand", 200)}`,
};
