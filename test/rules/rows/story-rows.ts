import type { Detection, DetectionExample } from "../../../src/model/detection.ts";
import type { LogEvent } from "../../../src/model/event.ts";
import type { FieldTable, FieldTables } from "../../../src/rules/fields/column.ts";
import { toldEvent } from "./told-event.ts";

/** A story as a product's rows tell it. */
export interface ToldStory<Row> {
  readonly story: DetectionExample;
  /** What Corral's evaluator is given to compare: events with only what the rows tell. */
  readonly events: readonly LogEvent[];
  readonly rows: readonly Row[];
}

/** Tells every story of a detection, those on which it speaks first; rows that its selections do not read are left out. */
export function tellStories<Source, Row>(
  detection: Detection,
  tables: FieldTables<Source>,
  rowOf: (event: LogEvent, table: FieldTable<Source>) => Row | null,
): readonly ToldStory<Row>[] {
  const classes = new Set(Object.values(detection.selections).map((selection) => selection.class));
  return [...detection.fires, ...detection.silent].map((story) => {
    const events: LogEvent[] = [];
    const rows: Row[] = [];
    for (const event of story.events.toSorted((a, b) => a.at - b.at)) {
      const table = classes.has(event.class) ? tables[event.class] : undefined;
      const told = table === undefined ? null : toldEvent(event, table);
      const row = table === undefined || told === null ? null : rowOf(told, table);
      if (told === null || row === null) continue;
      events.push(told);
      rows.push(row);
    }
    return { story, events, rows };
  });
}
