import type { LogRow, LogSink } from "../../../model/log-grammar.ts";
import { changeEvents } from "./audit-control.ts";
import { callEvents } from "./audit-event.ts";
import type { AuditLine } from "./audit-line.ts";
import { addAudit, type AuditRecord, beginAudit } from "./audit-record.ts";
import { knownPrograms } from "./known-programs.ts";

/** What events of the audit system carry in `product`. */
export const AUDITD = "auditd";
/** Events whose records are not all there: those of several processors stand between each other. */
const MOST_OPEN = 64;
/** Records of one event that come later than this are none of it, as ausearch takes it (`end_of_event_timeout`). */
const OPEN_MS = 2000;
/** Characters of an event's rows that its place shows. */
const LONGEST = 16_384;

/** Puts records with one stamp together and tells what they mean. */
export interface AuditReader {
  /**
   * Takes a record. Every row ends as event, pass or rejection once: an event's first row when the event is whole.
   *
   * @param observer - The machine, where the record itself names none.
   */
  take(line: AuditLine, observer: string | null, row: LogRow, sink: LogSink): void;
  /** Nothing more comes to what is open. */
  end(sink: LogSink): void;
}

/** Makes the reader of one file. */
export function auditReader(source: number): AuditReader {
  const known = knownPrograms();
  const open = new Map<string, { readonly record: AuditRecord; readonly observer: string | null }>();

  const tell = (record: AuditRecord, observer: string | null, sink: LogSink): void => {
    const { row, at, node } = record;
    const place = { source, line: row.line, offset: row.offset, text: record.rows.join("\n").slice(0, LONGEST) };
    const head = { at, observer: node ?? observer, product: AUDITD, place };
    const calls = callEvents(record, head, known);
    const events = record.changes.length === 0 ? calls : changeEvents(record, head);
    for (const event of events) sink.event(event);
    if (events.length === 0) sink.pass();
  };

  const release = (stamp: string, sink: LogSink): void => {
    const found = open.get(stamp);
    open.delete(stamp);
    if (found !== undefined) tell(found.record, found.observer, sink);
  };

  /** Events that nothing more can come to: those too long ago, the oldest of too many. */
  const releaseOld = (now: number, sink: LogSink): void => {
    for (const [stamp, { record }] of open) {
      if (open.size <= MOST_OPEN && now - record.at <= OPEN_MS) return;
      release(stamp, sink);
    }
  };

  return {
    take(line, observer, row, sink) {
      const found = open.get(line.stamp);
      const record = found?.record ?? beginAudit(row, line);
      if (found === undefined) open.set(line.stamp, { record, observer });
      else sink.pass();
      if (addAudit(record, line, row.text)) release(line.stamp, sink);
      else releaseOld(line.at, sink);
    },
    end(sink) {
      for (const stamp of open.keys()) release(stamp, sink);
    },
  };
}
