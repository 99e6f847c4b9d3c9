import { expect, test } from "vitest";
import { DETECTIONS } from "../../src/knowledge/detections/detections.ts";
import { STORY_SETTING } from "../../src/knowledge/detections/story.ts";
import type { Detection } from "../../src/model/detection.ts";
import type { LogEvent } from "../../src/model/event.ts";
import type { FieldTable } from "../../src/rules/fields/column.ts";
import { SIGMA_COLUMNS } from "../../src/rules/fields/sigma-columns.ts";
import { SIGMA } from "../../src/rules/print/sigma.ts";
import { SIGMA_FIELDS } from "../../src/knowledge/sigma/fields.ts";
import { askEngine, HAS_ENGINES } from "../rules/engines/python-engine.ts";
import { tellStories } from "../rules/rows/story-rows.ts";
import { columnValues } from "../rules/rows/told-event.ts";
import { sigmaAlerts } from "./sigma-case.ts";

type Row = Readonly<Record<string, unknown>>;

function rowOf(event: LogEvent, table: FieldTable<unknown>): Row {
  const values: Row = Object.fromEntries(
    Object.entries(columnValues(event, table)).map(([name, value]) => [
      name,
      typeof value === "boolean" ? Number(value) : value,
    ]),
  );
  return { ...values, class: event.class, timestamp: new Date(event.at).toISOString() };
}

const PRINTED = Object.values<Detection>(DETECTIONS).flatMap((detection) => {
  const printed = SIGMA.print(detection, STORY_SETTING);
  if (printed.kind === "cannot") return [];
  return [{ id: detection.id, text: printed.text, stories: tellStories(detection, SIGMA_COLUMNS, rowOf) }];
});

/** Stories of which Corral's reading of the log source says otherwise, and why. */
const DIFFERS: Readonly<Record<string, string>> = {
  "service-key-changed: deleted":
    "a file that goes is file_delete in Sigma's taxonomy; the engine is given no taxonomy",
};

test("every field that Corral's own rules ask is known by the same name", () => {
  const others = Object.entries(SIGMA_COLUMNS).flatMap(([name, table]) =>
    Object.entries(table.columns)
      .filter(([field, column]) => SIGMA_FIELDS[name as LogEvent["class"]][column] !== field)
      .map(([, column]) => `${name} ${column}`),
  );
  expect(others).toEqual([]);
});

test("Corral prints rules of most of its detections", () => {
  expect(PRINTED.length).toBeGreaterThan(60);
  expect(PRINTED.reduce((sum, { stories }) => sum + stories.length, 0)).toBeGreaterThan(1000);
});

test.runIf(HAS_ENGINES)(
  "Corral's own printed rules say of every story what pySigma's SQLite backend says",
  { timeout: 400_000 },
  () => {
    const answers = askEngine("sigma_sqlite.py", {
      rules: Object.fromEntries(PRINTED.map(({ id, text }) => [id, text])),
      stories: Object.fromEntries(PRINTED.map(({ id, stories }) => [id, stories.map(({ rows }) => rows)])),
      classes: Object.entries(SIGMA_COLUMNS).map(([name, { source }]) => ({ class: name, logsource: source })),
      columns: Object.values(SIGMA_COLUMNS).flatMap((table) => Object.values(table.columns)),
    });
    const differs = PRINTED.flatMap(({ id, text, stories }) => {
      const answer = answers[id];
      if (answer === undefined || "error" in answer) return [`${id}: ${answer?.error ?? "nothing"}`];
      return stories.flatMap(({ story, events }, at) => {
        const own = sigmaAlerts(text, events) > 0;
        return (answer.spoke[at] ?? 0) > 0 === own ? [] : [`${id}: ${story.title}`];
      });
    });
    expect(differs).toEqual(Object.keys(DIFFERS));
  },
);
