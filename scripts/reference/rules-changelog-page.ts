import { DETECTIONS } from "../../src/knowledge/detections/detections.ts";
import type { Detection } from "../../src/model/detection.ts";

/** The page of what changed in detections, newest first: a version counts up when the verdict on any event changes. */
export function rulesChangelogPage(): string {
  const all = Object.values<Detection>(DETECTIONS);
  const days = [...new Set(all.map(({ changed }) => changed))].toSorted().toReversed();
  return [
    "# Changes of the detections",
    "",
    "Generated from `src/knowledge/detections/` by `node scripts/reference.ts`. A version counts up when the verdict on any event changes;",
    "ids and UUIDs never change their meaning. Rules bear id and version of their detection.",
    "",
    ...days.flatMap((day) => [`## ${day}`, "", ...all.filter(({ changed }) => changed === day).map(changeLine), ""]),
  ].join("\n");
}

function changeLine({ id, version, since, changed, lifecycle, severity, title }: Detection): string {
  const what = since === changed ? "new" : `changed, since ${since}`;
  return `- \`${id}\` ${version}: ${what}; ${lifecycle}, ${severity}. ${title}`;
}
