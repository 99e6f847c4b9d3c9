import type { StudyColumn, StudyOutput } from "../study-output.ts";

/** Hosts and observations by a class of ours; what few hosts did is withheld with them. */
const CLASS_COLUMNS: readonly StudyColumn[] = [
  { from: "class", name: "class", holds: "text" },
  { from: "hosts", name: "hosts", holds: "cell", of: "of_hosts" },
  { from: "of_hosts", name: "of hosts", holds: "of" },
  { from: "observations", name: "observations", holds: "measure", of: "of_observations" },
  { from: "of_observations", name: "of observations", holds: "of" },
];

/** How much was seen, and how lastingly. */
export const SCALE_OUTPUTS: readonly StudyOutput[] = [
  {
    id: "T1",
    file: "t1-scale",
    section: "scale",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "observations", name: "observations", holds: "total" },
        { from: "hosts", name: "hosts", holds: "total" },
        { from: "countries", name: "countries", holds: "total" },
        { from: "networks", name: "networks", holds: "total" },
        { from: "days", name: "days", holds: "total" },
        { from: "attempted_days", name: "attempted days", holds: "total" },
        { from: "gap_days", name: "days without an attempt", holds: "total" },
        { from: "partial_days", name: "partial days", holds: "total" },
        { from: "services", name: "services", holds: "total" },
      ],
    },
    needs: [],
  },
  {
    id: "T2",
    file: "t2-persistence",
    section: "scale",
    unit: "hosts",
    shape: { kind: "rows", columns: CLASS_COLUMNS, addsUp: [{ column: "class" }] },
    needs: ["hosts", "two-days"],
  },
  {
    id: "T2b",
    file: "t2b-presence",
    section: "scale",
    unit: "hosts",
    shape: { kind: "rows", columns: CLASS_COLUMNS, addsUp: [{ column: "class" }] },
    needs: ["hosts", "two-days"],
  },
];
