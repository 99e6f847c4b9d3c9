import type { SharesOutput } from "../output.ts";
import { HELD, hostShares } from "../population.ts";

/** Architecture lines by hosts: output F2. */
export const LINEAGES_BY_HOSTS: SharesOutput = {
  kind: "shares",
  id: "lineages",
  caption: "Hosts per lineage (architecture)",
  unit: "hosts",
  items: "open",
  addsUp: false,
  outside: true,
  definition:
    "Hosts with at least one model of this architecture, of all confirmed hosts. The architecture is not the maker: Mistral 7B is llama, small DeepSeek-R1 models are qwen2. Unknown: servers older than 0.1.15, which do not tell it, and cloud models only.",
  source: "GET /api/tags, details.family; output F2 of the 2026 study",
  sql: `${HELD}${hostShares("lineage", 200)}`,
};
