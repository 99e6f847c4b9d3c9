import { expect, test } from "vitest";
import { SIGMA_CATEGORIES } from "../../src/knowledge/sigma/logsources.ts";
import { SIGMA_FIELDS } from "../../src/knowledge/sigma/fields.ts";
import { askEngine, HAS_ENGINES } from "../rules/engines/python-engine.ts";
import { corpusCases, eventOfRow, sigmaAlerts } from "./sigma-case.ts";
import type { CorpusRow } from "./sigma-case.ts";

const CASES = corpusCases();

test.for(CASES)("$name: speaks as the corpus says", ({ text, stories }) => {
  const told = stories.map(({ title, rows }) => `${title}: ${sigmaAlerts(text, rows.map(eventOfRow)) > 0}`);
  expect(told).toEqual(stories.map(({ title, speaks }) => `${title}: ${speaks}`));
});

/** What the log source alone decides is told to the engine by a column, as its pipelines would. */
const CLASSES = Object.entries(SIGMA_CATEGORIES).map(([category, { classes }]) => ({
  logsource: { category },
  class: classes[0],
}));

function engineRow(row: CorpusRow): Readonly<Record<string, unknown>> {
  const told = Object.entries(row).filter(([name]) => name !== "at" && name !== "row");
  return { ...numbersForFlags(told), timestamp: row.at };
}

function numbersForFlags(told: readonly (readonly [string, unknown])[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(told.map(([name, value]) => [name, typeof value === "boolean" ? Number(value) : value]));
}

test.runIf(HAS_ENGINES)("pySigma's SQLite backend speaks as the corpus says", () => {
  const columns = [...new Set(Object.values(SIGMA_FIELDS).flatMap((names) => Object.keys(names)))];
  const nocase = new Map(columns.map((name) => [name.toLowerCase(), name]));
  const answers = askEngine("sigma_sqlite.py", {
    rules: Object.fromEntries(CASES.map(({ name, text }) => [name, text])),
    stories: Object.fromEntries(
      CASES.map(({ name, stories }) => [name, stories.map(({ rows }) => rows.map(engineRow))]),
    ),
    classes: CLASSES,
    columns: [...nocase.values(), "cs-referrer"],
  });
  const says = CASES.flatMap(({ name, stories, engineCannot }) => {
    const answer = answers[name];
    if (engineCannot !== undefined) return answer !== undefined && "error" in answer ? [] : [`${name}: it can`];
    if (answer === undefined || "error" in answer) return [`${name}: ${answer?.error ?? "nothing"}`];
    return stories.flatMap(({ title, speaks, engineDiffers }, at) =>
      (answer.spoke[at] ?? 0) > 0 === (engineDiffers === undefined ? speaks : !speaks)
        ? []
        : [`${name}: ${title}: corpus ${speaks}, engine ${answer.spoke[at]}`],
    );
  });
  expect(says).toEqual([]);
});
