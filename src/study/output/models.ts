import type { SharesOutput } from "../output.ts";
import { HELD, hostShares } from "../population.ts";

/** The models that most hosts list. */
export const MODELS: SharesOutput = {
  kind: "shares",
  id: "models",
  caption: "Hosts per model name",
  unit: "hosts",
  items: "open",
  addsUp: false,
  outside: true,
  definition:
    "Hosts that list at least one model of this name (tag included), of all confirmed hosts; a host is in several rows. The name is free text of whoever made the model.",
  source: "GET /api/tags, models[].name",
  sql: `${HELD}${hostShares("name", 500)}`,
};
