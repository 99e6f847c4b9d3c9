import type { Alert, Evidence } from "../model/alert.ts";
import type { Detection } from "../model/detection.ts";
import { SEVERITIES } from "../model/finding.ts";
import { instantOf } from "../model/instant.ts";
import { visibleText } from "../render/visible-text.ts";
import { filePlace, showCommand } from "./file-place.ts";
import { titleOf } from "./hunt-result.ts";
import type { HuntResult } from "./hunt-result.ts";
import { measuresFor } from "./measures-for.ts";
import { peerWords } from "./peer-words.ts";
import { summaryLines } from "./summary.ts";

const MOST_SHOWN = 1000;
const LONGEST_ROW = 240;

/** The result as text for a terminal: alerts in the order of time, what to do now, what was read and what was not. */
export function timelineText(result: HuntResult): string {
  const shown = mostSevere(result.alerts);
  const lines = shown.flatMap((alert) => [...alertLines(result, alert), ""]);
  const more = result.alerts.length - shown.length;
  if (more > 0) lines.push(`… and ${more} alerts, none more severe: --format json, csv or html shows them`, "");
  return `${[...lines, ...whatNowLines(result), ...summaryLines(result)].join("\n")}\n`;
}

/** As many as are shown, in the order of time: of more the most severe, of these the earliest. */
function mostSevere(alerts: readonly Alert[]): readonly Alert[] {
  if (alerts.length <= MOST_SHOWN) return alerts;
  const chosen = alerts.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  return chosen.slice(0, MOST_SHOWN).toSorted((a, b) => a.number - b.number);
}

function alertLines(result: HuntResult, alert: Alert): readonly string[] {
  const { severity, detection, firstAt, lastAt, rows, evidence } = alert;
  const head = `${shortTime(firstAt)}  ${severity.toUpperCase().padEnd(8)}  ${titleOf(result, alert)}`;
  const peer = peerWords(alert);
  const times = rows === 1 ? "1 row" : `${rows} rows, until ${shortTime(lastAt)}`;
  const group = Object.entries(alert.group)
    .filter(([field, value]) => field !== "sourceIp" && value !== alert.peer)
    .map(([field, value]) => `${field} ${visibleText(value)}`);
  return [
    head,
    `    #${alert.number} ${detection} · ${[times, ...group].join(" · ")}`,
    ...(peer === null ? [] : [`    ${peer}`]),
    ...ends(evidence).flatMap((one) => evidenceLines(result, one)),
  ];
}

/** The first row and the last. */
function ends(evidence: readonly Evidence[]): readonly Evidence[] {
  const first = evidence[0];
  const last = evidence.at(-1);
  if (first === undefined) return [];
  return last === undefined || last === first ? [first] : [first, last];
}

function evidenceLines({ sources }: HuntResult, { at, place }: Evidence): readonly string[] {
  const where = filePlace(sources, place.source, place);
  const command = showCommand(where, place.text);
  return [
    `    ${shortTime(at)}  ${visibleText(where.path, LONGEST_ROW)}:${where.line}@${where.offset}`,
    // Columns are parted by tabs in many logs: written out, they would drown the row.
    `      ${visibleText(place.text.replaceAll("\t", "  "), LONGEST_ROW)}`,
    ...(command === null ? [] : [`      $ ${command}`]),
  ];
}

/** Steps that several detections share are said once: whoever reads in a hurry should not read them again. */
function whatNowLines({ alerts, detections }: HuntResult): readonly string[] {
  const saidBy = new Map<string, string>();
  return [...new Set(alerts.map(({ detection }) => detection))].flatMap((id) => {
    const detection = detections.get(id);
    const own = alerts.filter((alert) => alert.detection === id);
    return detection === undefined ? [] : whatNow({ ...detection, whatNow: measuresFor(detection, own) }, saidBy);
  });
}

function whatNow({ id, title, whatNow: now }: Detection, saidBy: Map<string, string>): readonly string[] {
  const steps = (name: string, texts: readonly string[]): readonly string[] => {
    const fresh = texts.filter((text) => !saidBy.has(text));
    const before = new Set(texts.flatMap((text) => saidBy.get(text) ?? []));
    for (const text of fresh) saidBy.set(text, id);
    const told = [...fresh, ...(before.size === 0 ? [] : [`as for ${[...before].join(", ")}`])];
    return told.map((text, at) => `  ${(at === 0 ? name : "").padEnd(8)} ${text}`);
  };
  return [
    `what now · ${title} (${id})`,
    ...steps("confirm", now.confirm),
    ...steps("contain", now.contain),
    ...steps("recover", now.recover),
    "",
  ];
}

/** `2026-01-30 10:05:11Z` */
export function shortTime(at: number): string {
  return `${instantOf(at).slice(0, 19).replace("T", " ")}Z`;
}
