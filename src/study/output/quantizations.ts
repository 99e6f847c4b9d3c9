import type { SharesOutput } from "../output.ts";
import { HELD, hostShares } from "../population.ts";

/** Quantization formats by hosts: the host share of output T9. */
export const QUANTIZATION_HOSTS: SharesOutput = {
  kind: "shares",
  id: "quantization_hosts",
  caption: "Hosts per quantization format",
  unit: "hosts",
  items: "open",
  addsUp: false,
  outside: true,
  definition:
    "Hosts with at least one model in this format, of all confirmed hosts; a host is in several rows. A share of hosts: not to be mixed with the shares of model instances below.",
  source: "GET /api/tags, details.quantization_level; output T9 of the 2026 study",
  sql: `${HELD}${hostShares("quantization_level", 200)}`,
};
