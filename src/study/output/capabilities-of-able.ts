import type { SharesOutput } from "../output.ts";
import { capabilityShares } from "../capability-shares.ts";

/** Capabilities that hosts advertise, of the hosts that could tell. */
export const CAPABILITIES_OF_ABLE: SharesOutput = {
  kind: "shares",
  id: "capabilities_of_able",
  caption: "Hosts by capability advertised, of the hosts that could tell",
  unit: "hosts",
  items: "closed",
  addsUp: false,
  outside: false,
  unknownBeside: true,
  definition:
    "Hosts with at least one model whose list of capabilities was seen and could have held the word at that version; counted: " +
    "those with a model that advertises it. What is only inferred is left out on both sides. Unknown: hosts with models of which nothing tells; they are not in the denominator here.",
  source:
    "GET /api/tags from 0.30.0, POST /api/show from 0.6.4 (thinking from 0.9.0); both denominators as the study's pitfalls ask",
  sql: capabilityShares("hosts that could tell"),
};
