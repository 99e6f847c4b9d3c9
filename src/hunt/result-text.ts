import { huntJson } from "./hunt-json.ts";
import type { HuntResult } from "./hunt-result.ts";
import type { HuntFormat } from "./hunt-task.ts";
import { timelineText } from "./timeline.ts";

const WRITERS: Readonly<Record<HuntFormat, (result: HuntResult) => string>> = {
  terminal: timelineText,
  json: huntJson,
  csv: huntJson,
  markdown: huntJson,
  html: huntJson,
  sarif: huntJson,
  ocsf: huntJson,
  stix: huntJson,
};

/** The result in one of the shapes. */
export function resultText(result: HuntResult, format: HuntFormat): string {
  return WRITERS[format](result);
}
