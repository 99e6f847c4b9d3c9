import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import { type Dispatch, dispatch } from "./dispatch.ts";
import { isoTimeAt } from "./civil-time.ts";
import { SyslogText } from "./syslog-text.ts";
import { toldZone, type ToldZone } from "./told-zone.ts";

const MOST_HELD = 4096;
const MINUTE_MS = 60_000;
const QUARTER_MINUTES = 15;
const AUDIT = /audit\((\d{9,11})\.\d{3}:/u;
const JOURNAL_NOTE = /^-- (?:Logs begin|Journal begins|Boot|Reboot|No entries|Subject:)/u;
const BROKEN_YEAR = { year: 1970, month: 12 };

/** Text of syslog and of `journalctl` (short and its kin): each row carries a message of some program. */
export const SYSLOG: LogGrammar = {
  id: "syslog",
  title: "Syslog, or journalctl as text",
  product: "syslog",
  recognise,
  read: (setting) => new SyslogReader(setting),
};

function recognise(rows: readonly string[]): number {
  const text = new SyslogText(BROKEN_YEAR);
  let mine = 0;
  let full = 0;
  for (const row of rows) {
    if (row === "") continue;
    full += 1;
    if (text.read(row) || JOURNAL_NOTE.test(row)) mine += 1;
  }
  return full === 0 ? 0 : mine / full;
}

/** Reads one file; owns the rows that wait for a zone. */
class SyslogReader implements LogReader {
  readonly #text: SyslogText;
  readonly #zone: ToldZone;
  readonly #dispatch: Dispatch;
  #held: LogRow[] = [];

  constructor(setting: LogSetting) {
    this.#text = new SyslogText({ year: setting.year, month: setting.month ?? 12 });
    this.#zone = toldZone(setting.zoneMinutes);
    this.#dispatch = dispatch(setting);
  }

  get zone(): string | null {
    return this.#zone.words();
  }

  row(row: LogRow, sink: LogSink): void {
    const { text } = row;
    if (!this.#text.read(text)) {
      // journalctl indents the further lines of a message.
      if (text === "" || text.startsWith("  ") || text.startsWith("\t") || JOURNAL_NOTE.test(text)) sink.pass();
      else sink.reject(row, "not-of-this-log");
      return;
    }
    const { ms, isLocal, messageAt } = this.#text.row;
    if (!isLocal) return this.#tell(ms, row, sink);
    const told = zoneInside(text, messageAt, ms);
    if (told !== null) {
      this.#zone.heard(told, row.line, ms);
      this.#release(told, sink);
      this.#text.read(text);
    }
    const minutes = this.#zone.at(ms);
    if (minutes === null) {
      this.#held.push(row);
      if (this.#held.length >= MOST_HELD) this.#release(this.#zone.assumed(), sink);
    } else this.#tell(ms - minutes * MINUTE_MS, row, sink);
  }

  end(sink: LogSink): void {
    if (this.#held.length > 0) this.#release(this.#zone.assumed(), sink);
    this.#dispatch.end(sink);
  }

  #release(minutes: number, sink: LogSink): void {
    const waiting = this.#held;
    this.#held = [];
    for (const row of waiting) {
      this.#text.read(row.text);
      this.#tell(this.#text.row.ms - minutes * MINUTE_MS, row, sink);
    }
  }

  #tell(at: number, row: LogRow, sink: LogSink): void {
    const { host: observer, program, pid, messageAt } = this.#text.row;
    const envelope = { at, observer, program, unit: null, pid, executable: null };
    this.#dispatch.message(row.text.slice(messageAt), envelope, row, sink);
  }
}

/** Minutes east of UTC that a message with a time of its own shows: one of slog has its zone, one of the audit system seconds since 1970. */
function zoneInside(text: string, messageAt: number, localMs: number): number | null {
  if (text.startsWith("time=", messageAt)) return isoTimeAt(text, messageAt + 5)?.zoneMinutes ?? null;
  const seconds = AUDIT.exec(text.slice(messageAt, messageAt + 80))?.[1];
  if (seconds === undefined) return null;
  const minutes = (localMs - Number(seconds) * 1000) / MINUTE_MS;
  const quarters = Math.round(minutes / QUARTER_MINUTES) * QUARTER_MINUTES;
  return Math.abs(quarters) <= 15 * 60 ? quarters : null;
}
