import { Buffer } from "node:buffer";
import { digitsAt } from "../civil-time.ts";

/** One record of the audit system: several with one stamp make an event. */
export interface AuditLine {
  /** `SYSCALL`. */
  readonly type: string;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  /** `1795270009.631:32285`, before it the machine where the row names one. */
  readonly stamp: string;
  readonly node: string | null;
  /** `key=value` pairs, behind a 0x1d those that auditd added. */
  readonly body: string;
}

/** What a value ends with that is not quoted: a blank, or the mark before what auditd added. */
const MARK = 0x1d;
const BLANK = 32;
const QUOTE = 34;
const STAMP = "audit(";
const TYPE = "type=";
const NODE = "node=";
/** Numbers that the kernel writes when no auditd takes its records (linux/audit.h). */
const TYPES: ReadonlyMap<string, string> = new Map([
  ["1130", "SERVICE_START"],
  ["1131", "SERVICE_STOP"],
  ["1300", "SYSCALL"],
  ["1302", "PATH"],
  ["1305", "CONFIG_CHANGE"],
  ["1306", "SOCKADDR"],
  ["1307", "CWD"],
  ["1309", "EXECVE"],
  ["1320", "EOE"],
  ["1325", "NETFILTER_CFG"],
  ["1327", "PROCTITLE"],
]);

/** Reads `type=SYSCALL msg=audit(1795270009.631:32285): arch=…`, before it perhaps `node=…`; `null` when it is none. */
export function auditLine(text: string): AuditLine | null {
  const from = text.startsWith(NODE) ? text.indexOf(" ") + 1 : 0;
  if (!text.startsWith(TYPE, from)) return null;
  const typeEnd = text.indexOf(" ", from);
  const stampAt = text.indexOf(STAMP, typeEnd);
  if (typeEnd === -1 || (stampAt !== typeEnd + 1 && stampAt !== typeEnd + 5)) return null;
  const begin = stampAt + STAMP.length;
  const end = text.indexOf(")", begin);
  const point = text.indexOf(".", begin);
  const digits = point - begin;
  const seconds = digits >= 1 && digits <= 11 ? digitsAt(text, begin, digits) : -1;
  const millis = digitsAt(text, point + 1, 3);
  if (end === -1 || end - point > 20 || seconds === -1 || millis === -1 || text[point + 4] !== ":") return null;
  const type = text.slice(from + TYPE.length, typeEnd);
  return {
    type: TYPES.get(type) ?? type,
    at: seconds * 1000 + millis,
    stamp: from === 0 ? text.slice(begin, end) : `${text.slice(NODE.length, from)}${text.slice(begin, end)}`,
    node: from === 0 ? null : text.slice(NODE.length, from - 1),
    body: text.slice(end + (text[end + 1] === ":" ? 2 : 1)),
  };
}

/** The value of a field as it stands, without its quotes; `null` when the record has none of that name, or says `(null)`, `?`. */
export function fieldOf(body: string, name: string): string | null {
  const found = valueAt(body, name);
  return found === null || found.text === "" || found.text === "(null)" || found.text === "?" ? null : found.text;
}

/** The value of a field that the kernel writes in hexadecimal when it holds blanks, quotes or control characters. */
export function textField(body: string, name: string): string | null {
  const found = valueAt(body, name);
  if (found === null || found.text === "(null)") return null;
  return found.isQuoted ? found.text : (fromHex(found.text) ?? found.text);
}

/** A field that is a whole number. */
export function numberField(body: string, name: string): number | null {
  const text = fieldOf(body, name);
  return text !== null && /^-?\d{1,15}$/u.test(text) ? Number(text) : null;
}

/** Text of hexadecimal bytes in UTF-8; `null` when it is none. */
export function fromHex(text: string): string | null {
  if (text.length === 0 || text.length % 2 !== 0 || !/^[\dA-F]+$/u.test(text)) return null;
  return Buffer.from(text, "hex").toString("utf8");
}

interface Value {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** A name counts where a blank, the mark or a quote of `msg='…'` stands before it. */
function valueAt(body: string, name: string): Value | null {
  const key = `${name}=`;
  let at = body.indexOf(key);
  while (at > 0 && !isBefore(body.charCodeAt(at - 1))) at = body.indexOf(key, at + 1);
  if (at === -1) return null;
  const from = at + key.length;
  if (body.charCodeAt(from) === QUOTE) {
    const end = body.indexOf('"', from + 1);
    return { text: body.slice(from + 1, end === -1 ? body.length : end), isQuoted: true };
  }
  let end = from;
  while (end < body.length && !isAfter(body.charCodeAt(end))) end += 1;
  return { text: body.slice(from, end), isQuoted: false };
}

function isBefore(code: number): boolean {
  return code === BLANK || code === MARK || code === 39;
}

function isAfter(code: number): boolean {
  return code === BLANK || code === MARK || code === 39;
}
