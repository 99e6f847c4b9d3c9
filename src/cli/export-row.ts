import type { CommandRow } from "./command-row.ts";
import { NETWORK_OVERRIDES } from "./network-options.ts";
import { JSON_FLAG, LAKE } from "./shared-options.ts";

/** `corral export`. */
export const EXPORT: CommandRow = {
  name: "export",
  summary: "write a lake as JSONL, CSV or Parquet, or what it exposes as STIX, SARIF or OCSF",
  about: [
    "jsonl: one file that imports again to the same lake. csv, parquet: a folder, one file a view, or with --view one file; --snapshot is",
    "parquet. These hold whole addresses: keep them as you keep the lake. No cell of a CSV is a formula to a spreadsheet.",
    "stix (2.1 bundle), sarif (2.1.0), ocsf (1.5.0, one event a line): failed checks with remediation. They name networks (/24, /48) of 5 hosts",
    "or more, with --full each service, for own or contract scopes. Ids stay the same from export to export. docs/export.md",
  ],
  args: [],
  options: {
    lake: LAKE,
    out: { value: "PATH", describe: "file, or folder of all views", required: true },
    format: { value: "NAME", describe: "jsonl | csv | parquet | stix | sarif | ocsf (default: jsonl)" },
    view: { value: "NAME", describe: "csv, parquet: only this view, as one file" },
    snapshot: { describe: "the same as --format parquet" },
    full: { describe: "stix, sarif, ocsf: every service by its address; own or contract scopes only" },
    tlp: { value: "COLOUR", describe: "stix: marking white, green, amber (default) or red" },
    "network-overrides": NETWORK_OVERRIDES,
    json: JSON_FLAG,
  },
  examples: [
    { line: "corral export --lake lake --out lake.jsonl.zst", tells: "to move or back up" },
    { line: "corral export --lake lake --out snapshot --snapshot", tells: "for Trino, Spark, pandas" },
    { line: "corral export --lake lake --out findings.csv --format csv --view finding", tells: "for a spreadsheet" },
    {
      line: "corral export --lake lake --out corral.sarif --format sarif --full",
      tells: "for code scanning, of one's own network",
    },
    {
      line: "corral export --lake lake --out bundle.json --format stix --tlp green",
      tells: "to share what networks expose",
    },
  ],
  load: async () => (await import("../study/export-command.io.ts")).runExport,
};
