import type { LogSetting } from "../../model/log-grammar.ts";
import { clockMs, dayMs, digitsAt, monthAt } from "./civil-time.ts";
import { SyslogText } from "./syslog-text.ts";
import { toldZone } from "./told-zone.ts";

/** Reads when and where rows of a file were written that may have no zone and no year. */
export interface RowHeads {
  /**
   * @param head - The row up to its own words: time, perhaps host and program.
   * @returns Milliseconds since 1970, and the machine; or why there is none: a stable word.
   */
  read(head: string): RowHead | "no-time" | "time-since-boot";
  /** Minutes east of UTC that a time without zone is in. */
  utcOf(localMs: number): number;
  zone(): string | null;
}

/** When and where a row was written. */
export interface RowHead {
  readonly at: number;
  readonly observer: string | null;
}

const MINUTE_MS = 60_000;
const SINCE_BOOT = /^\[ {0,16}\d{1,10}\.\d{1,9}\]/u;
/** `[Fri Jan 30 10:05:11 2026]`, as `dmesg -T` writes it. */
const KERNEL_DATE = /^\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}\]/u;
const NEW_SYSLOG = /^<\d{1,3}>1 /u;
/** What makes a head a row of syslog, whatever of program and number it lacks. */
const OLD_END = " x: ";
const NEW_END = " x - - -";
/** The end taken for a host: the head has none. */
const NO_HOST = "x:";

/** Makes the reader of one file. */
export function rowHeads(setting: LogSetting): RowHeads {
  const syslog = new SyslogText({ year: setting.year, month: setting.month ?? 12 });
  const zone = toldZone(setting.zoneMinutes);
  const utcOf = (localMs: number): number => localMs - (zone.at(localMs) ?? zone.assumed()) * MINUTE_MS;

  const told = (): RowHead => {
    const { ms, isLocal, host } = syslog.row;
    return { at: isLocal ? utcOf(ms) : ms, observer: host };
  };

  return {
    read(head) {
      if (head.charCodeAt(0) === 91) {
        if (!KERNEL_DATE.test(head)) return SINCE_BOOT.test(head) ? "time-since-boot" : "no-time";
        return { at: utcOf(kernelDate(head)), observer: null };
      }
      const begun = head.trimEnd();
      if (!syslog.read(NEW_SYSLOG.test(begun) ? `${begun}${NEW_END}` : `${begun}${OLD_END}`)) return "no-time";
      const { at, observer } = told();
      return { at, observer: observer === NO_HOST ? null : observer };
    },
    utcOf,
    zone: () => zone.words(),
  };
}

function kernelDate(head: string): number {
  const month = monthAt(head, 5);
  const day = Number(head.slice(9, 11));
  return dayMs(digitsAt(head, 21, 4), month, day) + clockMs(head, 12);
}
