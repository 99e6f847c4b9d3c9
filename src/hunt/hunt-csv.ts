import { instantOf } from "../model/instant.ts";
import { csvRow } from "../store/answer-text.ts";
import { filePlace, showCommand } from "./file-place.ts";
import { titleOf } from "./hunt-result.ts";
import type { HuntResult } from "./hunt-result.ts";

const COLUMNS = [
  "alert",
  "first_at",
  "last_at",
  "severity",
  "detection",
  "title",
  "peer",
  "peer_trust",
  "group",
  "rows",
  "evidence_at",
  "observer",
  "product",
  "file",
  "line",
  "offset",
  "row",
  "show",
] as const;

/** One line for each row of evidence, with the alert it belongs to; no cell is a formula to a spreadsheet. */
export function huntCsv(result: HuntResult): string {
  const lines = result.alerts.flatMap((alert) => {
    const group = Object.entries(alert.group)
      .map(([field, value]) => `${field}=${value}`)
      .join(" ");
    const head = [
      alert.number,
      instantOf(alert.firstAt),
      instantOf(alert.lastAt),
      alert.severity,
      alert.detection,
      titleOf(result, alert),
      alert.peer,
      alert.peerTrust,
      group,
      alert.rows,
    ];
    return alert.evidence.map(({ at, observer, product, place }) => {
      const where = filePlace(result.sources, place.source, place);
      const row = [where.path, where.line, where.offset, place.text, showCommand(where, place.text)];
      return csvRow([...head, instantOf(at), observer, product, ...row]);
    });
  });
  return [csvRow([...COLUMNS]), ...lines].join("");
}
