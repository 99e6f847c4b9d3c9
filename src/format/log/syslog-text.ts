import { clockMs, dayMs, digitsAt, isoTimeAt, monthAt, zoneAt } from "./civil-time.ts";

const SPACE = 32;
const LESS = 60;
const BRACKET = 91;
const LONGEST_TAG = 160;
const PRIORITY = /^<\d{1,3}>/u;
/** Time of day in the kernel's own messages. */
const KERNEL_CLOCK = /^\[ {0,16}\d{1,10}\.\d{1,9}\] /u;
const UNIX_TIME = /^\d{9,11}(?:\.\d{1,9})? /u;
const CONTAINER = /^[\da-f]{12}(?:[\da-f]{52})?$/u;
const NIL = "-";
const UNIT = ".service";
const MANAGER_UNIT = "init.scope";

/** A row of syslog without its message, the last that was read. */
export interface SyslogRow {
  /** UTC when `isLocal` is false, else the machine's own time. */
  ms: number;
  isLocal: boolean;
  host: string | null;
  /** In small letters, without folder; `null` = none told, or a container's number. */
  program: string | null;
  pid: number | null;
  /** Index of the message. */
  messageAt: number;
}

/** Which year rows without one are in. */
export interface YearRule {
  readonly year: number;
  /** Rows of a later month are of the year before. */
  readonly month: number;
}

/**
 * Reads the part of a row before its message: `Dec 11 09:58:58 host ollama[1234]: …`, with an ISO time (rsyslog, `journalctl -o short-iso`), a
 * weekday and zone (`short-full`), seconds since 1970 (`short-unix`), RFC 5424, each with or without `<priority>`. Owns the row read last.
 */
export class SyslogText {
  readonly row: SyslogRow = { ms: 0, isLocal: false, host: null, program: null, pid: null, messageAt: 0 };
  readonly #year: YearRule;

  constructor(year: YearRule) {
    this.#year = year;
  }

  /** Whether a row of syslog stands there. */
  read(text: string): boolean {
    const start = text.charCodeAt(0) === LESS ? (PRIORITY.exec(text)?.[0].length ?? 0) : 0;
    if (start > 0 && text.startsWith("1 ", start)) return this.#readNew(text, start + 2);
    const after = this.#readTime(text, start);
    if (after === -1 || text.charCodeAt(after) !== SPACE) return false;
    const hostEnd = text.indexOf(" ", after + 1);
    if (hostEnd === -1 || hostEnd === after + 1) return false;
    this.row.host = text.slice(after + 1, hostEnd);
    return this.#readTag(text, hostEnd + 1);
  }

  /** Index behind the time; -1 when there is none. */
  #readTime(text: string, at: number): number {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) return this.#readIso(text, at);
    if (monthAt(text, at) > 0) return this.#readShort(text, at);
    return text.charCodeAt(at + 3) === SPACE ? this.#readFull(text, at + 4) : -1;
  }

  #readIso(text: string, at: number): number {
    const time = isoTimeAt(text, at);
    if (time === null) return this.#readUnix(text, at);
    this.row.ms = time.ms;
    this.row.isLocal = time.zoneMinutes === null;
    return time.end;
  }

  #readUnix(text: string, at: number): number {
    const found = UNIX_TIME.exec(text.slice(at, at + 24));
    if (found === null) return -1;
    this.row.ms = Math.floor(Number(found[0]) * 1000);
    this.row.isLocal = false;
    return at + found[0].length - 1;
  }

  /** `Dec 11 09:58:58`, with a fraction, and on some devices with the year behind the day. */
  #readShort(text: string, at: number): number {
    const month = monthAt(text, at);
    const isPadded = text.charCodeAt(at + 4) === SPACE;
    const day = isPadded ? digitsAt(text, at + 5, 1) : digitsAt(text, at + 4, 2);
    const told = digitsAt(text, at + 7, 4);
    const hasYear = told > 0 && text.charCodeAt(at + 11) === SPACE;
    const clock = hasYear ? at + 12 : at + 7;
    const year = hasYear ? told : this.#year.year - (month > this.#year.month ? 1 : 0);
    this.row.ms = dayMs(year, month, day) + clockMs(text, clock);
    this.row.isLocal = true;
    if (Number.isNaN(this.row.ms)) return -1;
    let end = clock + 8;
    if (text.charCodeAt(end) === 46) {
      const space = text.indexOf(" ", end);
      const millis = digitsAt(text, end + 1, 3);
      if (space === -1 || space > end + 10) return -1;
      if (millis > 0) this.row.ms += millis;
      end = space;
    }
    return end;
  }

  /** `2023-11-22 10:00:00 UTC` behind a weekday; other names of zones stand for the machine's own. */
  #readFull(text: string, at: number): number {
    const time = isoTimeAt(text, at);
    if (time === null || text.charCodeAt(time.end) !== SPACE) return -1;
    const wordEnd = text.indexOf(" ", time.end + 1);
    if (wordEnd === -1 || wordEnd - time.end > 8) return -1;
    const word = text.slice(time.end + 1, wordEnd);
    const zone = word === "UTC" || word === "GMT" ? 0 : (zoneAt(word, 0)?.minutes ?? null);
    this.row.ms = time.ms - (zone ?? 0) * 60_000;
    this.row.isLocal = zone === null;
    return wordEnd;
  }

  /** `program[pid]: ` or `program: `. */
  #readTag(text: string, at: number): boolean {
    const colon = text.slice(at, at + LONGEST_TAG).indexOf(": ");
    const end = colon === -1 && text.endsWith(":") && text.length - at < LONGEST_TAG ? text.length - 1 : at + colon;
    if (colon === -1 && end !== text.length - 1) return false;
    const tag = text.slice(at, end);
    const bracket = tag.endsWith("]") ? tag.lastIndexOf("[") : -1;
    this.#setProgram(bracket === -1 ? tag : tag.slice(0, bracket));
    const pid = bracket === -1 ? -1 : digitsAt(tag, bracket + 1, tag.length - bracket - 2);
    this.row.pid = pid > 0 ? pid : null;
    this.row.messageAt = Math.min(text.length, end + 2);
    if (this.row.program === "kernel" && text.charCodeAt(this.row.messageAt) === BRACKET)
      this.row.messageAt += KERNEL_CLOCK.exec(text.slice(this.row.messageAt, this.row.messageAt + 40))?.[0].length ?? 0;
    return true;
  }

  #setProgram(tag: string): void {
    const name = tag.slice(tag.lastIndexOf("/") + 1).toLowerCase();
    // `journalctl -o with-unit` names units instead of programs.
    const program = name === MANAGER_UNIT ? "systemd" : name.endsWith(UNIT) ? name.slice(0, -UNIT.length) : name;
    this.row.program = program === "" || program === NIL || CONTAINER.test(program) ? null : program;
  }

  /** RFC 5424: `TIME HOST PROGRAM PID MSGID [structure] message`. */
  #readNew(text: string, from: number): boolean {
    const time = isoTimeAt(text, from);
    if (time === null || time.zoneMinutes === null) return false;
    const words: string[] = [];
    let at = time.end + 1;
    for (let count = 0; count < 4; count += 1) {
      const space = text.indexOf(" ", at);
      if (space === -1) return false;
      words.push(text.slice(at, space));
      at = space + 1;
    }
    const [host = "", program = "", pid = ""] = words;
    this.row.ms = time.ms;
    this.row.isLocal = false;
    this.row.host = host === NIL ? null : host;
    this.#setProgram(program);
    const number = digitsAt(pid, 0, Math.min(pid.length, 10));
    this.row.pid = number > 0 ? number : null;
    const structure = text.charCodeAt(at) === BRACKET ? endOfStructure(text, at) : at + 1;
    this.row.messageAt = Math.min(text.length, structure + (text.charCodeAt(structure) === SPACE ? 1 : 0));
    if (text.charCodeAt(this.row.messageAt) === 0xfeff) this.row.messageAt += 1;
    return true;
  }
}

/** Index behind `[id name="value"][…]`, in whose values `\"` and `\]` are escaped. */
function endOfStructure(text: string, from: number): number {
  let isQuoted = false;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === "\\") at += 1;
    else if (char === '"') isQuoted = !isQuoted;
    else if (char === "]" && !isQuoted && text[at + 1] !== "[") return at + 1;
  }
  return text.length;
}
