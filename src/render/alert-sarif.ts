import type { Detection } from "../model/detection.ts";
import { instantOf } from "../model/instant.ts";
import { LEVELS } from "./sarif.ts";
import { alertKey, alertText, whatNowText } from "./told-alert.ts";
import type { AlertHead, ToldAlert, ToldEvidence } from "./told-alert.ts";
import { uuidV5 } from "./uuid-v5.ts";
import { visibleText } from "./visible-text.ts";

/** Ids of results: the same rows give the same id in every hunt. */
const NAMESPACE = "c1d0b6de-5a54-5c0e-9f3f-4a39d2ce70b3";
const LONGEST_ROW = 2000;

/** Alerts as a SARIF 2.1.0 log: one run, every detection that spoke as a rule, each alert as a result with its rows as places in files. */
export function alertSarif(alerts: readonly ToldAlert[], head: AlertHead): string {
  const { toolVersion, isIncomplete, leftOut, remarks } = head;
  const rules = [...new Map(alerts.map(({ detection }) => [detection.id, detection])).values()];
  const numbers = new Map(rules.map(({ id }, at) => [id, at]));
  const driver = {
    name: "Corral",
    semanticVersion: toolVersion,
    fullName: "Corral hunt: what logs of model servers tell",
    rules: rules.map(ruleOf),
  };
  const notifications = [...leftOut.map(notification("error")), ...remarks.map(notification("note"))];
  const run = {
    tool: { driver },
    columnKind: "utf16CodeUnits",
    results: alerts.map((one) => resultOf(one, numbers.get(one.detection.id) ?? -1)),
    invocations: [{ executionSuccessful: !isIncomplete, toolExecutionNotifications: notifications }],
  };
  const schema = "https://json.schemastore.org/sarif-2.1.0.json";
  return `${JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] })}\n`;
}

function notification(level: "error" | "note"): (text: string) => object {
  return (text) => ({ level, message: { text: visibleText(text, LONGEST_ROW) } });
}

function ruleOf(detection: Detection): object {
  const { level, number } = LEVELS[detection.severity];
  const { attack, atlas, owaspLlm } = detection.ids;
  return {
    id: detection.id,
    name: detection.id,
    guid: detection.uuid,
    shortDescription: { text: `${detection.title}.` },
    fullDescription: { text: detection.hypothesis },
    help: { text: whatNowText(detection) },
    defaultConfiguration: { level },
    properties: {
      tags: ["security", "detection", ...attack, ...atlas, ...owaspLlm],
      precision: "medium",
      "security-severity": number,
    },
  };
}

function resultOf(told: ToldAlert, ruleIndex: number): object {
  const { alert, evidence } = told;
  const [first, ...others] = evidence;
  const id = uuidV5(NAMESPACE, alertKey(told));
  return {
    ruleId: alert.detection,
    ruleIndex,
    kind: "fail",
    level: LEVELS[alert.severity].level,
    message: { text: alertText(told) },
    locations: first === undefined ? [] : [locationOf(first)],
    relatedLocations: others.map((one, at) => ({ id: at + 1, ...locationOf(one) })),
    guid: id,
    occurrenceCount: alert.rows,
    partialFingerprints: { "corralAlert/v1": id },
    properties: {
      severity: alert.severity,
      firstAt: instantOf(alert.firstAt),
      lastAt: instantOf(alert.lastAt),
      peer: alert.peer,
      peerTrust: alert.peerTrust,
      group: shownGroup(alert.group),
    },
  };
}

function shownGroup(group: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(group).map(([field, value]) => [field, visibleText(value)]));
}

function locationOf({ path, line, text, command }: ToldEvidence): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: fileUri(path) },
      region: { startLine: line, snippet: { text: visibleText(text, LONGEST_ROW) } },
    },
    ...(command === null ? {} : { properties: { show: visibleText(command, LONGEST_ROW) } }),
  };
}

/** A relative reference, or a `file:` URI of an absolute path; `stdin` of standard input. */
function fileUri(path: string): string {
  if (path === "-") return "stdin";
  const encoded = path.toWellFormed().split("/").map(encodeURIComponent).join("/");
  return path.startsWith("/") ? `file://${encoded}` : encoded;
}
