import type { SharesOutput } from "../output.ts";
import { HELD } from "../population.ts";

/** Bits per weight over model instances: the instance share of output T9. */
export const QUANTIZATION_BITS: SharesOutput = {
  kind: "shares",
  id: "quantization_bits",
  caption: "Model instances by bits per weight",
  unit: "instances",
  items: "closed",
  addsUp: true,
  outside: false,
  words: {
    "1": "1 bit",
    "2": "2 bit",
    "3": "3 bit",
    "4": "4 bit",
    "5": "5 bit",
    "6": "6 bit",
    "8": "8 bit",
    "16": "16 bit",
    "32": "32 bit",
  },
  definition:
    "A model instance is a pair of host and model digest. A share of instances: not to be mixed with the shares of hosts above. " +
    "Cloud stubs use no local weights and are left out. Unknown: the format was not told or names no width.",
  source: "details.quantization_level, the first digit of its name; output T9 of the 2026 study",
  sql: `${HELD}, instances AS (
  SELECT address, COALESCE(digest, name) AS instance, MAX(bits) AS bits
  FROM held WHERE NOT is_cloud GROUP BY address, COALESCE(digest, name)
), whole AS (
  SELECT COUNT(*) AS instances, COUNT(*) - COUNT(bits) AS unknown_instances FROM instances
)
SELECT CAST(CAST(bits AS INTEGER) AS VARCHAR) AS item, COUNT(*) AS counted, MAX(whole.instances) AS of_units,
  MAX(whole.unknown_instances) AS unknown_units
FROM instances CROSS JOIN whole WHERE bits IS NOT NULL GROUP BY bits ORDER BY counted DESC, item`,
};
