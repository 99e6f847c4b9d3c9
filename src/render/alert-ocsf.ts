import { findingClass, OCSF_SEVERITIES, OCSF_VERSION } from "./ocsf.ts";
import { alertKey, alertText, whatNowText } from "./told-alert.ts";
import type { AlertHead, ToldAlert, ToldEvidence } from "./told-alert.ts";
import { uuidV5 } from "./uuid-v5.ts";
import { visibleText } from "./visible-text.ts";

/** Ids of findings: the same rows give the same id in every hunt. */
const NAMESPACE = "a54f9fb0-0f2a-5b1c-8f5d-3c7c51a5f0d9";
const LONGEST_ROW = 2000;
const CONFIDENCES = {
  stable: { confidence_id: 3, confidence: "High" },
  experimental: { confidence_id: 2, confidence: "Medium" },
  deprecated: { confidence_id: 1, confidence: "Low" },
} as const;

/** One alert as an OCSF event, a Detection Finding (2004) with its rows as evidence. An address that nothing confirms is in none of its fields. */
export function alertOcsf(told: ToldAlert, { toolVersion }: AlertHead): string {
  const { alert, detection, evidence } = told;
  const { attack } = detection.ids;
  return JSON.stringify({
    ...findingClass(2004, "Detection Finding"),
    time: alert.lastAt,
    start_time: alert.firstAt,
    end_time: alert.lastAt,
    ...OCSF_SEVERITIES[alert.severity],
    ...CONFIDENCES[detection.lifecycle],
    message: alertText(told),
    count: alert.rows,
    is_alert: true,
    metadata: {
      version: OCSF_VERSION,
      product: { name: "Corral", vendor_name: "Corral", version: toolVersion },
    },
    finding_info: {
      uid: uuidV5(NAMESPACE, alertKey(told)),
      title: detection.title,
      desc: detection.hypothesis,
      types: [detection.id],
      analytic: {
        uid: detection.uuid,
        name: detection.id,
        version: String(detection.version),
        type_id: 1,
        type: "Rule",
      },
      ...(attack.length === 0 ? {} : { attacks: attack.map((uid) => ({ technique: { uid } })) }),
      first_seen_time: alert.firstAt,
      last_seen_time: alert.lastAt,
    },
    remediation: { desc: whatNowText(detection) },
    evidences: evidence.map((one) => evidenceOf(one, alert.peerTrust === "connection" ? alert.peer : null)),
  });
}

function evidenceOf(
  { path, line, offset, text, command, product, observer, at }: ToldEvidence,
  peer: string | null,
): object {
  const name = visibleText(path === "-" ? "standard input" : path, LONGEST_ROW);
  return {
    data: {
      row: visibleText(text, LONGEST_ROW),
      file: name,
      line,
      offset,
      time: at,
      log: product,
      ...(observer === null ? {} : { observer: visibleText(observer) }),
      ...(command === null ? {} : { show: visibleText(command, LONGEST_ROW) }),
    },
    ...(peer === null ? {} : { src_endpoint: { ip: peer } }),
  };
}
