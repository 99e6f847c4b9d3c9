import type { LogGrammar, LogReader, LogRow, LogSetting, LogSink } from "../../model/log-grammar.ts";
import type { InnerGrammar } from "./inner-grammar.ts";

/** Reads single rows that tell all of themselves. */
export interface LineTeller {
  /**
   * @param text - The row, or the message inside of it.
   * @param observer - The machine, as the log around it tells.
   * @returns Whether the row was of this kind (told, passed or rejected, exactly once).
   */
  tell(text: string, observer: string | null, row: LogRow, sink: LogSink): boolean;
}

/** A log whose every row stands alone, in a file of its own or inside of journald, syslog and Docker logs. */
export interface LineKind {
  readonly id: string;
  readonly title: string;
  readonly product: string;
  /** As of {@link InnerGrammar}. */
  readonly programs: readonly string[];
  teller(setting: LogSetting): LineTeller;
}

const NOT_MINE = "not-of-this-log";
const NO_SETTING: LogSetting = {
  source: 0,
  zoneMinutes: 0,
  year: 1970,
  serverPorts: new Set(),
  serverAddresses: new Set(),
};

/** The grammar of files that hold nothing else. */
export function lineGrammar(kind: LineKind): LogGrammar {
  return {
    id: kind.id,
    title: kind.title,
    product: kind.product,
    recognise: (rows) => shareOf(kind, rows),
    read: (setting) => readerOf(kind.teller(setting)),
  };
}

/** The grammar of its rows as messages of another log. */
export function innerGrammar(kind: LineKind): InnerGrammar {
  return {
    id: kind.id,
    programs: kind.programs,
    anywhere: true,
    read(setting) {
      const teller = kind.teller(setting);
      return {
        message: (text, { observer }, row, sink) => teller.tell(text, observer, row, sink),
        end: () => {},
      };
    },
  };
}

function readerOf(teller: LineTeller): LogReader {
  return {
    row(row, sink) {
      if (row.text === "") sink.pass();
      else if (!teller.tell(row.text, null, row, sink)) sink.reject(row, NOT_MINE);
    },
    end: () => {},
    zone: null,
  };
}

function shareOf(kind: LineKind, rows: readonly string[]): number {
  const teller = kind.teller(NO_SETTING);
  let mine = 0;
  let full = 0;
  const sink: LogSink = {
    event: () => {},
    reject: () => {
      mine -= 1;
    },
    pass: () => {},
  };
  for (const text of rows) {
    if (text === "") continue;
    full += 1;
    if (teller.tell(text, null, { line: 1, offset: 0, text }, sink)) mine += 1;
  }
  return full === 0 ? 0 : Math.max(0, mine) / full;
}
