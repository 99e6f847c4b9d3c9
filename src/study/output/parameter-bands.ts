import type { SharesOutput } from "../output.ts";
import { HELD, hostShares } from "../population.ts";

/** Sizes of models by hosts: output T10. */
export const PARAMETER_BANDS_BY_HOSTS: SharesOutput = {
  kind: "shares",
  id: "parameter_bands",
  caption: "Hosts per band of parameters",
  unit: "hosts",
  items: "closed",
  addsUp: false,
  outside: false,
  definition:
    "Hosts with at least one model in this band, of all confirmed hosts; a host is in several rows. A band reaches up to, not including, the next whole billion: 7.6B is in 4-7B. Unknown: sizes not told or written freely.",
  source: "GET /api/tags, details.parameter_size; output T10 of the 2026 study, its open band edges set by Corral",
  sql: `${HELD}${hostShares("parameter_band", 20)}`,
};
