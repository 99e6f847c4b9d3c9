import type { Alert } from "../model/alert.ts";
import type { Detection } from "../model/detection.ts";
import { instantOf } from "../model/instant.ts";
import { visibleText } from "../render/visible-text.ts";
import type { CostTable } from "./cost.ts";
import { filePlace, showCommand } from "./file-place.ts";
import type { SourceReport } from "./hunt-source.ts";
import { titleOf } from "./hunt-result.ts";
import type { HuntResult } from "./hunt-result.ts";
import { sigmaRecord } from "./sigma-report.ts";
import { measuresFor } from "./measures-for.ts";
import type { RowPlace } from "./source-tally.ts";

const LONGEST_ROW = 4096;

/** The whole result as one JSON value. Rows stand in it made visible: a control character is written out. */
export function huntJson(result: HuntResult): string {
  return `${JSON.stringify({
    corral: result.toolVersion,
    alerts: result.alerts.map((alert) => alertRecord(result, alert)),
    suppressed: result.suppressed.map(({ alert, by }) => ({
      ...alertRecord(result, alert),
      reason: by.reason,
      expires: by.expires,
    })),
    not_listed: Object.fromEntries(result.unlisted),
    expired_suppressions: result.expired,
    what_now: Object.fromEntries(
      [...new Set(result.alerts.map(({ detection }) => detection))].map((id) => [id, measuresOf(result, id)]),
    ),
    cost: result.cost === null ? null : costRecord(result.cost),
    logs: result.sources.map((source) => sourceRecord(result.sources, source)),
    not_read: result.unread.map(({ path, reason, isMissing }) => ({ path, reason, incomplete: isMissing })),
    not_looked_for: result.blind,
    evicted_groups: result.evicted,
    sigma: result.sigma === null ? null : sigmaRecord(result.sigma),
  })}\n`;
}

/** What no log tells is null, not nothing. */
function costRecord({ peers, otherRequests }: CostTable): Readonly<Record<string, unknown>> {
  return {
    peers: peers.map((one) => ({
      peer: visibleText(one.peer),
      trust: one.trust,
      product: one.product,
      requests: one.requests,
      model_requests: one.modelRequests,
      timed_requests: one.timedRequests,
      model_ms: one.timedRequests === 0 ? null : one.modelMs,
      named_requests: one.namedRequests,
      cloud_requests: one.namedRequests === 0 ? null : one.cloudRequests,
      counted_requests: one.countedRequests,
      prompt_tokens: one.countedRequests === 0 ? null : one.promptTokens,
      answer_tokens: one.countedRequests === 0 ? null : one.answerTokens,
    })),
    other_requests: otherRequests,
  };
}

function measuresOf({ alerts, detections }: HuntResult, id: string): Detection["whatNow"] | undefined {
  const detection = detections.get(id);
  return (
    detection &&
    measuresFor(
      detection,
      alerts.filter((alert) => alert.detection === id),
    )
  );
}

/** One alert with the places of its evidence, for programs. */
export function alertRecord(result: HuntResult, alert: Alert): Readonly<Record<string, unknown>> {
  const { number, detection, severity, firstAt, lastAt, rows, peer, peerTrust, group, evidence } = alert;
  return {
    number,
    detection,
    title: titleOf(result, alert),
    own_rule: result.sigma?.rules.get(detection) ?? null,
    severity,
    first_at: instantOf(firstAt),
    last_at: instantOf(lastAt),
    rows,
    peer,
    peer_trust: peerTrust,
    group: Object.fromEntries(Object.entries(group).map(([field, value]) => [field, visibleText(value, LONGEST_ROW)])),
    evidence: evidence.map(({ at, observer, product, place }) => {
      const where = filePlace(result.sources, place.source, place);
      return {
        at: instantOf(at),
        observer: observer === null ? null : visibleText(observer),
        product,
        file: where.path,
        line: where.line,
        offset: where.offset,
        row: visibleText(place.text, LONGEST_ROW),
        show: showCommand(where, place.text),
      };
    }),
  };
}

function sourceRecord(sources: readonly SourceReport[], source: SourceReport): Readonly<Record<string, unknown>> {
  const { tally } = source;
  const placed = (row: RowPlace): Readonly<Record<string, unknown>> => {
    const { path, line, offset } = filePlace(sources, source.number, row);
    return { file: path, line, offset };
  };
  return {
    files: source.files.map(({ path }) => path),
    grammars: [...tally.grammars.keys()],
    rows: tally.rows,
    bytes: source.bytes,
    events: tally.events,
    passed: tally.passed,
    outside: tally.outside,
    candidates: tally.candidates,
    late: tally.late,
    clock_set_back: tally.jumps,
    first_at: tally.firstAt === null ? null : instantOf(tally.firstAt),
    last_at: tally.lastAt === null ? null : instantOf(tally.lastAt),
    zones: Object.fromEntries(tally.zones),
    rejected: Object.fromEntries(
      [...tally.rejected].map(([reason, { count, first }]) => [reason, { count, first: first.map(placed) }]),
    ),
  };
}
