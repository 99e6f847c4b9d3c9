import { renderHtml } from "../render/html.ts";
import { renderMarkdown } from "../render/markdown.ts";
import { alertOcsf } from "../render/alert-ocsf.ts";
import { alertSarif } from "../render/alert-sarif.ts";
import { alertStix } from "../render/alert-stix.ts";
import type { AlertHead, ToldAlert } from "../render/told-alert.ts";
import { filePlace, showCommand } from "./file-place.ts";
import { huntCsv } from "./hunt-csv.ts";
import { huntDocument } from "./hunt-document.ts";
import { huntJson } from "./hunt-json.ts";
import type { HuntResult } from "./hunt-result.ts";
import type { HuntFormat } from "./hunt-task.ts";
import { isSigmaIncomplete, sigmaLines } from "./sigma-report.ts";
import { isIncomplete, leftOutLines } from "./summary.ts";
import { timelineText } from "./timeline.ts";

const WRITERS: Readonly<Record<HuntFormat, (result: HuntResult) => string>> = {
  terminal: timelineText,
  json: huntJson,
  csv: huntCsv,
  markdown: (result) => renderMarkdown(huntDocument(result)),
  html: (result) => renderHtml(huntDocument(result)),
  sarif: (result) => alertSarif(toldAlerts(result), headOf(result)),
  ocsf: (result) =>
    toldAlerts(result)
      .map((one) => `${alertOcsf(one, headOf(result))}\n`)
      .join(""),
  stix: (result) => alertStix(toldAlerts(result)),
};

/** The result in one of the shapes. */
export function resultText(result: HuntResult, format: HuntFormat): string {
  return WRITERS[format](result);
}

function headOf(result: HuntResult): AlertHead {
  const { toolVersion, unread, sigma } = result;
  const own = sigma !== null && isSigmaIncomplete(sigma) ? sigmaLines({ ...sigma, partial: [] }) : [];
  const missing = unread.filter(({ isMissing }) => isMissing);
  const aside = unread.filter(({ isMissing }) => !isMissing);
  return {
    toolVersion,
    isIncomplete: isIncomplete(result),
    leftOut: [
      ...(result.sources.length === 0 ? ["nothing was read: there is no log among what was given"] : []),
      ...leftOutLines({ ...result, unread: missing, suppressed: [], expired: [] }),
      ...own,
    ],
    remarks: leftOutLines({ ...result, unread: aside, sources: [], unlisted: new Map(), evicted: 0 }),
  };
}

function toldAlerts({ alerts, detections, sources }: HuntResult): readonly ToldAlert[] {
  return alerts.flatMap((alert) => {
    const detection = detections.get(alert.detection);
    if (detection === undefined) return [];
    const evidence = alert.evidence.map(({ at, observer, product, place }) => {
      const where = filePlace(sources, place.source, place);
      const { path, line, offset } = where;
      return { at, observer, product, path, line, offset, text: place.text, command: showCommand(where, place.text) };
    });
    return [{ alert, detection, evidence }];
  });
}
