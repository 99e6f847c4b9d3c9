import { epochMsOf } from "../model/instant.ts";
import type { Severity } from "../model/finding.ts";
import { exposureText, isVersionIndicated, placeKey, placeName, remediationText } from "./exposure.ts";
import type { ExportHead, Exposure } from "./exposure.ts";
import { uuidV5 } from "./uuid-v5.ts";
import { visibleText } from "./visible-text.ts";

/** The version of the schema (ocsf-schema) that every event states and is tested against. */
export const OCSF_VERSION = "1.5.0";

/** Ids of findings: a place and a check give the same id in every export. */
const NAMESPACE = "5b0a1c7e-2d0b-5f0c-8a94-3f1d7f2a6e10";
const CATEGORY = { category_uid: 2, category_name: "Findings" } as const;
const ACTIVITY = { activity_id: 1, activity_name: "Create", status_id: 1, status: "New" } as const;

/** OCSF's severities. */
export const OCSF_SEVERITIES = {
  info: { severity_id: 1, severity: "Informational" },
  low: { severity_id: 2, severity: "Low" },
  medium: { severity_id: 3, severity: "Medium" },
  high: { severity_id: 4, severity: "High" },
  critical: { severity_id: 5, severity: "Critical" },
} as const satisfies Record<Severity, { readonly severity_id: number; readonly severity: string }>;

/** A version can be made up, and a decoy makes up everything. */
const CONFIDENCES = {
  low: { confidence_id: 1, confidence: "Low" },
  medium: { confidence_id: 2, confidence: "Medium" },
  high: { confidence_id: 3, confidence: "High" },
} as const;

/**
 * One failed check as an OCSF event: what a version indicates is a Vulnerability Finding (2002), all else a Detection Finding (2004), for
 * OCSF's vulnerabilities need a CVE and an exposure is none.
 */
export function ocsfEvent(exposure: Exposure, head: ExportHead): string {
  return JSON.stringify(isVersionIndicated(exposure.check) ? vulnerability(exposure, head) : detection(exposure, head));
}

function detection(exposure: Exposure, head: ExportHead): object {
  const confidence = exposure.decoy === "likely-decoy" ? CONFIDENCES.low : CONFIDENCES.high;
  return {
    ...findingClass(2004, "Detection Finding"),
    ...common(exposure, head),
    ...confidence,
    remediation: { desc: remediationText(exposure.check, exposure.tier) },
  };
}

function vulnerability(exposure: Exposure, head: ExportHead): object {
  const { check, severity, product, version, firstSeen, lastSeen } = exposure;
  const named = product !== null && version !== null;
  const packages = named
    ? [
        {
          name: shown(product),
          version: shown(version),
          ...(check.fixedIn === null ? {} : { fixed_in_version: check.fixedIn }),
        },
      ]
    : [];
  return {
    ...findingClass(2002, "Vulnerability Finding"),
    ...common(exposure, head),
    ...(exposure.decoy === "likely-decoy" ? CONFIDENCES.low : CONFIDENCES.medium),
    vulnerabilities: check.ids.cve.map((uid) => ({
      title: check.title,
      severity: OCSF_SEVERITIES[severity].severity,
      cve: { uid },
      ...(packages.length === 0 ? {} : { affected_packages: packages }),
      is_fix_available: check.fixedIn !== null,
      remediation: { desc: remediationText(check, exposure.tier) },
      first_seen_time: epochMsOf(firstSeen),
      last_seen_time: epochMsOf(lastSeen),
    })),
  };
}

/** The class of a finding that was made just now. */
export function findingClass(uid: number, name: string): object {
  const type = { type_uid: uid * 100 + ACTIVITY.activity_id, type_name: `${name}: ${ACTIVITY.activity_name}` };
  return { ...CATEGORY, class_uid: uid, class_name: name, ...ACTIVITY, ...type };
}

function common(exposure: Exposure, { toolVersion, synthetic }: ExportHead): object {
  const { check, place, severity, product, version, firstSeen, lastSeen } = exposure;
  const uid = uuidV5(NAMESPACE, `${check.id} ${placeKey(place)}`);
  return {
    time: epochMsOf(lastSeen),
    ...OCSF_SEVERITIES[severity],
    message: exposureText(exposure),
    count: place.kind === "network" ? place.services : 1,
    metadata: {
      version: OCSF_VERSION,
      product: { name: "Corral", vendor_name: "Corral", version: toolVersion },
      ...(synthetic ? { labels: ["synthetic data"] } : {}),
    },
    finding_info: {
      uid,
      title: check.title,
      desc: exposureText(exposure),
      types: [check.id, ...(exposure.decoy === null ? [] : [`decoy: ${exposure.decoy}`])],
      analytic: { uid: check.id, name: check.title, type_id: 1, type: "Rule" },
      first_seen_time: epochMsOf(firstSeen),
      last_seen_time: epochMsOf(lastSeen),
    },
    resources: [
      {
        uid: uuidV5(NAMESPACE, placeKey(place)),
        name: placeName(place),
        type: product === null ? place.kind : `${place.kind}: ${shown(product)}`,
        ...(place.kind === "service" ? { ip: place.service.address } : {}),
        ...(place.kind === "service" && place.service.host_name !== null
          ? { hostname: shown(place.service.host_name) }
          : {}),
        ...(version === null ? {} : { version: shown(version) }),
      },
    ],
  };
}

function shown(text: string): string {
  return visibleText(text, 200);
}
