import type { OptionRow } from "./command-row.ts";

/** Tables that tell which country and AS number an address belongs to. */
export const NETWORKS: OptionRow = {
  value: "FILE",
  describe:
    "table of networks, .mmdb or CSV, instead of those that come with Corral; more than once: the first that tells",
  multiple: true,
};
export const NO_NETWORKS: OptionRow = { describe: "place no address: no table of networks is read" };
/** The user's own word on networks, over Corral's. */
export const NETWORK_OVERRIDES: OptionRow = {
  value: "FILE",
  describe: "CSV of your own on networks, who,type,tier (docs/networks.md)",
};
