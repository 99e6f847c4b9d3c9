import type { SharesOutput } from "../output.ts";
import { capabilityShares } from "../capability-shares.ts";

/** Capabilities that hosts advertise, of all hosts: output F3. */
export const CAPABILITIES: SharesOutput = {
  kind: "shares",
  id: "capabilities",
  caption: "Hosts by capability, of all hosts",
  unit: "hosts",
  items: "closed",
  addsUp: false,
  outside: false,
  definition:
    "Confirmed hosts with at least one model that has the capability: its list says so, or, where a version sends no list, " +
    "other fields of the listing or card tell it (inferred). Unknown: hosts without such a model, but with one of which " +
    "nothing tells. The share is a lower bound by as many.",
  source: "GET /api/tags from 0.30.0, POST /api/show from 0.6.4; output F3 of the 2026 study",
  sql: capabilityShares("all hosts"),
};
