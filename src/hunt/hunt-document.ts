import type { Alert } from "../model/alert.ts";
import type { Detection } from "../model/detection.ts";
import { SEVERITIES } from "../model/finding.ts";
import type { Block, Document, Section, Tile } from "../render/document.ts";
import { outside } from "../render/inline.ts";
import type { Inline } from "../render/inline.ts";
import type { Table } from "../render/table.ts";
import { costLines } from "./cost-words.ts";
import { filePlace, showCommand } from "./file-place.ts";
import { rowsRead, titleOf } from "./hunt-result.ts";
import type { HuntResult } from "./hunt-result.ts";
import { measuresFor } from "./measures-for.ts";
import { peerShort, peerWords } from "./peer-words.ts";
import { sigmaLines } from "./sigma-report.ts";
import { blindLines, leftOutLines, sourceLines } from "./summary.ts";
import { shortTime } from "./timeline.ts";

const MOST_IN_TABLE = 2000;
const MOST_OF_ONE = 20;

/** The result as a document for HTML and Markdown: what happened, what to do now, the rows it rests on, what was read and what was not. */
export function huntDocument(result: HuntResult): Document {
  const { sources, alerts } = result;
  const spoke = [...new Set(alerts.map(({ detection }) => detection))]
    .map((id) => result.detections.get(id))
    .filter((one) => one !== undefined);
  const cost =
    result.cost === null
      ? []
      : [{ id: "cost", title: "What strangers spent", blocks: [lines(costLines(result.cost))] }];
  return {
    title: "What the logs tell",
    subtitle: [
      `${sources.length} ${sources.length === 1 ? "log" : "logs"}, ${rowsRead(result)} rows, ${spanWords(result)}. Times are UTC.`,
    ],
    label: null,
    tiles: tiles(result),
    sections: [
      { id: "timeline", title: "Timeline", blocks: timeline(result) },
      ...spoke.map((detection) => detectionSection(result, detection)),
      ...cost,
      { id: "read", title: "What was read", blocks: [lines(sources.flatMap((one) => sourceLines(sources, one)))] },
      { id: "left-out", title: "What was left out", blocks: leftOut(result) },
    ],
  };
}

function spanWords({ sources }: HuntResult): string {
  const first = Math.min(...sources.map(({ tally }) => tally.firstAt ?? Infinity));
  const last = Math.max(...sources.map(({ tally }) => tally.lastAt ?? -Infinity));
  return first > last ? "no time told" : `${shortTime(first)} to ${shortTime(last)}`;
}

function tiles({ alerts }: HuntResult): readonly Tile[] {
  return SEVERITIES.filter((severity) => severity !== "info").map((severity) => ({
    name: severity,
    value: String(alerts.filter((one) => one.severity === severity).length),
    note: `of ${alerts.length} alerts`,
  }));
}

function lines(texts: readonly string[]): Block {
  return { kind: "listing", lines: texts };
}

function timeline(result: HuntResult): readonly Block[] {
  const { alerts } = result;
  if (alerts.length === 0) return [{ kind: "paragraph", text: ["No detection spoke."] }];
  const shown = new Set([...new Set(alerts.map(({ detection }) => detection))].flatMap((id) => shownOf(result, id)));
  const table: Table = {
    kind: "table",
    caption: "Alerts in the order of their first row",
    hasCards: true,
    columns: [
      { name: "Alert", holds: "text" },
      { name: "First row", holds: "text" },
      { name: "Severity", holds: "text" },
      { name: "What", holds: "text" },
      { name: "Who", holds: "text" },
      { name: "Rows", holds: "number" },
      { name: "Where", holds: "text" },
    ],
    rows: alerts
      .slice(0, MOST_IN_TABLE)
      .map((alert) => [
        { kind: "link", to: shown.has(alert) ? anchorOf(alert) : alert.detection, text: `#${alert.number}` },
        shortTime(alert.firstAt),
        { kind: "badge", text: alert.severity },
        titleOf(result, alert),
        unlessEmpty(peerShort(alert)),
        String(alert.rows),
        unlessEmpty(whereOf(result, alert)),
      ]),
  };
  const more = alerts.length - MOST_IN_TABLE;
  return more > 0
    ? [table, { kind: "note", text: [`${more} more alerts are in the JSON and CSV of the same hunt.`] }]
    : [table];
}

function unlessEmpty(text: string): Inline {
  return text === "" ? "" : outside(text);
}

function whereOf({ sources }: HuntResult, { evidence }: Alert): string {
  const place = evidence[0]?.place;
  if (place === undefined) return "";
  const { path, line } = filePlace(sources, place.source, place);
  return `${path}:${line}`;
}

/** Alerts of a detection whose rows its section shows. */
function shownOf({ alerts }: HuntResult, id: string): readonly Alert[] {
  return alerts.filter(({ detection }) => detection === id).slice(0, MOST_OF_ONE);
}

function anchorOf({ number }: Alert): string {
  return `alert-${number}`;
}

function detectionSection(result: HuntResult, detection: Detection): Section {
  const own = result.alerts.filter((alert) => alert.detection === detection.id);
  const shown = shownOf(result, detection.id);
  const { confirm, contain, recover } = measuresFor(detection, own);
  const steps: (readonly Inline[])[] = [
    ...confirm.map((text) => ["Confirm: ", ...inCode(text)]),
    ...contain.map((text) => ["Contain: ", ...inCode(text)]),
    ...recover.map((text) => ["Recover: ", ...inCode(text)]),
  ];
  const ids = [...detection.ids.attack, ...detection.ids.atlas, ...detection.ids.owaspLlm].join(", ");
  return {
    id: detection.id,
    title: detection.title,
    blocks: [
      { kind: "paragraph", text: inCode(detection.hypothesis) },
      { kind: "list", items: steps },
      ...shown.flatMap((alert) => alertBlocks(result, alert)),
      ...(own.length > shown.length
        ? [
            {
              kind: "note" as const,
              text: [`${own.length - shown.length} more alerts of this kind are in the timeline.`],
            },
          ]
        : []),
      { kind: "note", text: ["Speaks though nothing is wrong: ", ...inCode(detection.falsePositives.join(" "))] },
      {
        kind: "note",
        text: [`Detection ${detection.id}, version ${detection.version}${ids === "" ? "" : `; ${ids}`}.`],
      },
    ],
  };
}

function alertBlocks({ sources }: HuntResult, alert: Alert): readonly Block[] {
  const { number, severity, firstAt, lastAt, rows } = alert;
  const peer = peerWords(alert);
  const rest = Object.entries(alert.group).filter(([, value]) => value !== alert.peer);
  const head = `: ${rows} ${rows === 1 ? "row" : "rows"}, ${shortTime(firstAt)} to ${shortTime(lastAt)}`;
  const group = rest.flatMap(([field, value]): Inline[] => [`; ${field} `, outside(value)]);
  const told: Inline = { kind: "badge", text: severity };
  const text = [`#${number}, `, told, head, ...group, peer === null ? "." : `; ${peer}.`];
  const evidence = alert.evidence.flatMap(({ place }) => {
    const where = filePlace(sources, place.source, place);
    const command = showCommand(where, place.text);
    return [`${where.path}:${where.line}@${where.offset}`, place.text, ...(command === null ? [] : [`$ ${command}`])];
  });
  return [
    { kind: "paragraph", id: anchorOf(alert), text },
    { kind: "listing", lines: evidence },
  ];
}

function leftOut(result: HuntResult): readonly Block[] {
  const sigma = result.sigma === null ? [] : sigmaLines(result.sigma);
  const told = [...leftOutLines(result), ...blindLines(result), ...sigma];
  const suppressed = result.suppressed.map(({ alert, by }): readonly Inline[] => [
    `Suppressed until ${by.expires}: ${titleOf(result, alert)}, ${shortTime(alert.firstAt)}, because: `,
    outside(by.reason),
  ]);
  if (told.length === 0) return [{ kind: "paragraph", text: ["Nothing: every row of every log was taken."] }];
  return [lines(told), ...(suppressed.length === 0 ? [] : [{ kind: "list" as const, items: suppressed }])];
}

/** Our own text with what stands between backticks as code. */
function inCode(text: string): readonly Inline[] {
  return text.split("`").map((piece, at): Inline => (at % 2 === 0 ? piece : { kind: "code", text: piece }));
}
