import type { Row } from "../../store/snapshot.ts";
import { survivalCurve, type SurvivalPoint } from "../paper/survival-curve.ts";
import { numberOf } from "../row-values.ts";
import type { StudyColumn, StudyOutput } from "../study-output.ts";

const MONTH: StudyColumn = { from: "month", name: "month", holds: "day" };

/** How hosts come, stay and go, and what changes on them. Counts of all hosts at a time name no trait of theirs and are told whatever their size. */
export const TIME_OUTPUTS: readonly StudyOutput[] = [
  {
    id: "coverage",
    file: "coverage-days",
    section: "scale",
    unit: "days",
    shape: {
      kind: "rows",
      columns: [
        { from: "day", name: "day", holds: "day" },
        { from: "attempted", name: "attempted", holds: "total" },
        { from: "is_partial", name: "partial", holds: "total" },
        { from: "observations", name: "observations", holds: "total" },
        { from: "counted", name: "counted", holds: "total" },
        { from: "hosts", name: "hosts", holds: "total" },
        { from: "targets", name: "targets", holds: "total" },
        { from: "targets_attempted", name: "targets attempted", holds: "total" },
      ],
    },
    needs: [],
  },
  {
    id: "weekly",
    file: "weekly-turnover",
    section: "time",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "week", name: "week from", holds: "day" },
        { from: "attempted", name: "attempted", holds: "total" },
        { from: "hosts", name: "hosts", holds: "total" },
        { from: "new", name: "new", holds: "total" },
        { from: "returned", name: "returned", holds: "total" },
        { from: "gone", name: "gone", holds: "total" },
      ],
    },
    needs: ["hosts", "two-weeks"],
  },
  {
    id: "survival",
    file: "survival-steps",
    section: "time",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "weeks", name: "weeks", holds: "total" },
        { from: "at_risk", name: "at risk", holds: "total" },
        { from: "gone_hosts", name: "gone at the earliest", holds: "total" },
        { from: "at_risk_late", name: "at risk, latest", holds: "total" },
        { from: "gone_late", name: "gone at the latest", holds: "total" },
        { from: "stay", name: "share that stays longer", holds: "measure" },
        { from: "stay_low", name: "95 % from", holds: "measure" },
        { from: "stay_high", name: "to", holds: "measure" },
        { from: "stay_late", name: "share, at the latest", holds: "measure" },
      ],
      finish: withCurves,
    },
    needs: ["hosts", "two-weeks"],
  },
  {
    id: "uptime",
    file: "uptime-classes",
    section: "time",
    unit: "hosts",
    shape: {
      kind: "shares",
      items: "closed",
      addsUp: true,
      outside: false,
      unknownBeside: true,
      words: {
        "0-49": "below 50 %",
        "50-79": "50 to 79 %",
        "80-89": "80 to 89 %",
        "90-99": "90 to 99 %",
        "100": "100 %",
      },
    },
    needs: ["hosts", "two-days"],
  },
  {
    id: "uptime-mean",
    file: "uptime-mean",
    section: "time",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        { from: "persistence", name: "observed", holds: "text" },
        { from: "hosts", name: "hosts with uptime", holds: "cell" },
        { from: "mean_uptime", name: "mean uptime", holds: "measure" },
        { from: "median_uptime", name: "median uptime", holds: "measure" },
      ],
    },
    needs: ["hosts", "two-days"],
  },
  {
    id: "versions",
    file: "versions",
    section: "time",
    unit: "hosts",
    shape: { kind: "shares", items: "open", addsUp: true, outside: true },
    needs: ["hosts"],
  },
  {
    id: "version-months",
    file: "version-months",
    section: "time",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        MONTH,
        { from: "minor", name: "version", holds: "text" },
        { from: "hosts", name: "hosts", holds: "cell", of: "of_hosts" },
        { from: "of_hosts", name: "of hosts", holds: "of" },
      ],
      addsUp: [{ column: "minor" }],
    },
    needs: ["hosts", "two-months"],
  },
  {
    id: "upgrades",
    file: "upgrades",
    section: "time",
    unit: "services",
    shape: { kind: "shares", items: "closed", addsUp: true, outside: false, unknownBeside: true },
    needs: ["hosts", "two-days"],
  },
  {
    id: "cve-months",
    file: "cve-months",
    section: "time",
    unit: "hosts",
    shape: {
      kind: "rows",
      columns: [
        MONTH,
        { from: "indicated", name: "indicated", holds: "cell", of: "of_hosts" },
        { from: "of_hosts", name: "of hosts", holds: "of" },
        { from: "unknown_hosts", name: "unknown", holds: "of" },
      ],
    },
    needs: ["hosts", "two-months"],
  },
  {
    id: "running-months",
    file: "running-months",
    section: "time",
    unit: "counted observations that showed the loaded models",
    shape: {
      kind: "rows",
      columns: [
        MONTH,
        { from: "observations", name: "observations", holds: "total" },
        { from: "running_observations", name: "with a model loaded", holds: "cell", of: "observations" },
        { from: "mean_running", name: "mean loaded", holds: "measure" },
      ],
    },
    needs: ["running"],
  },
];

/** Adds the curves to their steps: as early as hosts may have gone, with its interval, and as late. */
function withCurves(rows: readonly Row[]): readonly Row[] {
  const populations = [...new Set(rows.map((row) => row["population"]))];
  return populations.flatMap((population) => {
    const own = rows.filter((row) => row["population"] === population);
    const early = curveOf(own, "at_risk", "gone_hosts");
    const late = curveOf(own, "at_risk_late", "gone_late");
    return own.map((row, at) => ({
      ...row,
      stay: early[at]?.share ?? null,
      stay_low: early[at]?.low ?? null,
      stay_high: early[at]?.high ?? null,
      stay_late: late[at]?.share ?? null,
    }));
  });
}

function curveOf(rows: readonly Row[], atRisk: string, gone: string): readonly SurvivalPoint[] {
  return survivalCurve(
    rows.map((row) => ({ weeks: numberOf(row, "weeks"), atRisk: numberOf(row, atRisk), gone: numberOf(row, gone) })),
  );
}
