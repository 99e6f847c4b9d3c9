import type { Check } from "../knowledge/checks/check.ts";
import type { Severity } from "../model/finding.ts";
import {
  exposureCves,
  exposureText,
  isVersionIndicated,
  placeAddress,
  placeKey,
  placeName,
  remediationText,
} from "./exposure.ts";
import type { ExportHead, Exposure, ExposurePlace } from "./exposure.ts";
import { visibleText } from "./visible-text.ts";
import { uuidV5 } from "./uuid-v5.ts";

/** Ids of results: a place and a check give the same id in every export. */
const NAMESPACE = "0c1f5e0a-6c43-5a0e-9d9c-0f6d0b1f7a51";

/** SARIF's level, and the number that code scanning sorts security results by (0.0 to 10.0: the middle of the CVSS band). */
export const LEVELS = {
  critical: { level: "error", number: "9.5" },
  high: { level: "error", number: "8.0" },
  medium: { level: "warning", number: "5.5" },
  low: { level: "note", number: "2.0" },
  info: { level: "note", number: "0.0" },
} as const satisfies Record<Severity, { readonly level: "error" | "warning" | "note"; readonly number: string }>;

/** Everything before the results of a SARIF 2.1.0 log: one run, its tool, and every check as a rule. */
export function sarifHead({ toolVersion, synthetic }: ExportHead, checks: readonly Check[]): string {
  const driver = {
    name: "Corral",
    semanticVersion: toolVersion,
    fullName: "Corral: finds self-hosted model servers that stand open",
    rules: checks.map(ruleOf),
  };
  const properties = synthetic ? `"properties":{"tags":["synthetic data"]},` : "";
  return `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":${JSON.stringify({ driver })},${properties}"columnKind":"utf16CodeUnits","results":[`;
}

/** Everything after the results: whether the lake could be read whole; what could not is named. */
export function sarifTail(leftOut: readonly string[]): string {
  const notifications = leftOut.map((text) => ({ level: "error", message: { text: `left out, damaged: ${text}` } }));
  const invocation = { executionSuccessful: leftOut.length === 0, toolExecutionNotifications: notifications };
  return `],"invocations":[${JSON.stringify(invocation)}]}]}\n`;
}

/** One failed check as a result. */
export function sarifResult(exposure: Exposure, checks: readonly Check[]): string {
  const { check, place, severity, product, version } = exposure;
  const id = uuidV5(NAMESPACE, `${check.id} ${placeKey(place)}`);
  return JSON.stringify({
    ruleId: check.id,
    ruleIndex: checks.findIndex((one) => one.id === check.id),
    kind: "fail",
    level: LEVELS[severity].level,
    message: { text: exposureText(exposure) },
    locations: [locationOf(place)],
    guid: id,
    partialFingerprints: { "corralPlaceAndCheck/v1": id },
    properties: {
      severity,
      product: product === null ? null : visibleText(product),
      version: version === null ? null : visibleText(version),
      firstSeen: exposure.firstSeen,
      lastSeen: exposure.lastSeen,
      decoy: exposure.decoy,
      services: place.kind === "network" ? place.services : 1,
      cve: exposureCves(exposure),
      remediation: remediationText(check, exposure.tier),
    },
  });
}

/** What a missing login means is a CVE for one product only: such a CVE stands with the results. */
function ruleOf(check: Check): object {
  const { level, number } = LEVELS[check.severity];
  const { attack, atlas, owaspLlm } = check.ids;
  const cve = isVersionIndicated(check) ? check.ids.cve : [];
  return {
    id: check.id,
    name: check.id,
    shortDescription: { text: `${check.title}.` },
    fullDescription: { text: `${check.title}. Source: ${check.source}; ${check.clause}.` },
    help: { text: remediationText(check, null), markdown: helpMarkdown(check) },
    defaultConfiguration: { level },
    properties: {
      tags: ["security", "exposure", ...cve, ...attack, ...atlas, ...owaspLlm],
      precision: isVersionIndicated(check) ? "medium" : "very-high",
      "security-severity": number,
    },
  };
}

/** Our own words only: nothing in a check was written by a stranger. */
function helpMarkdown({ remediation }: Check): string {
  return remediation.map(({ measure, effort, text }) => `- **${measure}** (${effort}): ${text}`).join("\n");
}

function locationOf(place: ExposurePlace): object {
  const name = placeName(place);
  const kind = place.kind === "service" ? "resource" : "namespace";
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(place) } },
    logicalLocations: [{ name: placeAddress(place), fullyQualifiedName: name, kind }],
  };
}

/** A URI that any parser takes: the service without its virtual host's name, or `network/192.0.2.0/24`. */
function uriOf(place: ExposurePlace): string {
  if (place.kind === "network") return `network/${place.cidr}`;
  const { scheme, address, port, base_path: path } = place.service;
  const host = address.includes(":") ? `[${address}]` : address;
  return `${scheme}://${host}:${port}${encodeURI(path.toWellFormed())}`;
}
