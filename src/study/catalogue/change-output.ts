import type { Row } from "../../store/snapshot.ts";
import { splitByGroup, splitChange, type PeriodRow } from "../period-change.ts";
import { numberOf, textOf } from "../row-values.ts";
import type { StudyOutput } from "../study-output.ts";

/** What changed between two periods, and whose doing it was. */
export const CHANGE_OUTPUT: StudyOutput = {
  id: "change",
  file: "period-change",
  section: "time",
  unit: "hosts",
  shape: {
    kind: "rows",
    columns: [
      { from: "tier", name: "tier", holds: "text" },
      { from: "trait", name: "trait", holds: "outside" },
      { from: "before_hosts", name: "before", holds: "cell", of: "before_of" },
      { from: "before_of", name: "of", holds: "cell" },
      { from: "before_unknown", name: "unknown", holds: "of" },
      { from: "after_hosts", name: "after", holds: "cell", of: "after_of" },
      { from: "after_of", name: "of", holds: "cell" },
      { from: "after_unknown", name: "unknown", holds: "of" },
      { from: "change", name: "change (points)", holds: "measure" },
      { from: "changers", name: "by changers", holds: "measure" },
      { from: "joiners", name: "by joiners", holds: "measure" },
      { from: "leavers", name: "by leavers", holds: "measure" },
      { from: "rate", name: "rate, by tier", holds: "measure" },
      { from: "mix", name: "mix, by tier", holds: "measure" },
    ],
    addsUp: [{ column: "tier" }],
    finish: (rows) => withSplits(rows).toSorted((a, b) => isPart(a) - isPart(b)),
  },
  needs: ["hosts", "two-months"],
};

const WHOLE = "all";

/** 0 for the rows over all tiers, which stand first. */
function isPart(row: Row): number {
  return row["tier"] === WHOLE ? 0 : 1;
}

/** Adds the splits of a change to each row; that by tier stands with all tiers, which it is of. */
function withSplits(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => {
    const split = splitChange(periodRow(row));
    const tiers = rows.filter((one) => isTierOf(one, row));
    const groups =
      row["tier"] === WHOLE
        ? splitByGroup(tiers.map((one) => ({ ...periodRow(one), group: textOf(one, "tier") })))
        : null;
    return {
      ...row,
      change: split?.change ?? null,
      changers: split?.changers ?? null,
      joiners: split?.joiners ?? null,
      leavers: split?.leavers ?? null,
      rate: groups?.rate ?? null,
      mix: groups?.mix ?? null,
    };
  });
}

function isTierOf(one: Row, whole: Row): boolean {
  return one["tier"] !== WHOLE && one["trait"] === whole["trait"] && one["population"] === whole["population"];
}

function periodRow(row: Row): PeriodRow {
  return {
    beforeHosts: numberOf(row, "before_hosts"),
    beforeOf: numberOf(row, "before_of"),
    afterHosts: numberOf(row, "after_hosts"),
    afterOf: numberOf(row, "after_of"),
    stayedGained: numberOf(row, "stayed_gained"),
    stayedLost: numberOf(row, "stayed_lost"),
    joinedWith: numberOf(row, "joined_with"),
    joinedOf: numberOf(row, "joined_of"),
    leftWith: numberOf(row, "left_with"),
    leftOf: numberOf(row, "left_of"),
  };
}
