import type { RowsOutput } from "../output.ts";

/** The services that someone should act on, one by one: for their owner. */
export const EXPOSED_SERVICES: RowsOutput = {
  kind: "rows",
  id: "exposed_services",
  caption: "Services without a login",
  definition:
    "Services whose last look answered without a login, with the version they name and how many CVEs it indicates.",
  source: "checks no-login and version-indicated CVEs",
  floorOn: null,
  fullOnly: true,
  columns: [
    { from: "service", name: "service", holds: "outside" },
    { from: "version", name: "version", holds: "outside" },
    { from: "models", name: "models", holds: "number" },
    { from: "cves", name: "CVEs indicated", holds: "number" },
    { from: "first_seen", name: "first seen", holds: "text" },
    { from: "last_seen", name: "last seen", holds: "text" },
  ],
  sql: ``,
};
