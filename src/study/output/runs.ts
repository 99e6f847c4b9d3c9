import type { RowsOutput } from "../output.ts";

/** The runs themselves: by whose authority, from where, how much, with which gaps. */
export const RUNS: RowsOutput = {
  kind: "rows",
  id: "runs",
  caption: "Runs",
  definition: "One row per run, oldest first. Basis and vantage are those of the scope; an import has none of its own.",
  source: "the run rows of the lake",
  floorOn: null,
  fullOnly: false,
  columns: [
    { from: "started_at", name: "started (UTC)", holds: "text" },
    { from: "source", name: "source", holds: "outside" },
    { from: "scope_name", name: "scope", holds: "outside" },
    { from: "basis", name: "basis", holds: "outside" },
    { from: "vantage", name: "vantage", holds: "text" },
    { from: "depth", name: "depth", holds: "text" },
    { from: "attempted", name: "attempted", holds: "number" },
    { from: "finished", name: "finished", holds: "number" },
    { from: "gap_count", name: "gaps", holds: "number" },
  ],
  sql: `SELECT started_at, source, scope_name, basis, vantage, depth, attempted, finished, gap_count FROM run ORDER BY started_at, run`,
};
