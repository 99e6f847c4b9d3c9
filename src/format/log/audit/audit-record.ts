import type { LogRow } from "../../../model/log-grammar.ts";
import type { AuditLine } from "./audit-line.ts";

/** The records with one stamp, gathered. */
export interface AuditRecord {
  readonly row: LogRow;
  readonly at: number;
  readonly node: string | null;
  readonly rows: string[];
  /** `SYSCALL`: empty = none. */
  syscall: string;
  readonly execve: string[];
  readonly paths: string[];
  cwd: string;
  sockaddr: string;
  proctitle: string;
  /** Records that tell of changes, with their type. */
  readonly changes: { readonly type: string; readonly body: string }[];
}

/** Records of one kind in an event; a kernel writes fewer. */
const MOST = 512;
const CHANGES: ReadonlySet<string> = new Set(["CONFIG_CHANGE", "NETFILTER_CFG"]);
/** Changes that no further record belongs to. */
const LONE_CHANGES: ReadonlySet<string> = new Set([
  "SERVICE_START",
  "SERVICE_STOP",
  "DAEMON_START",
  "DAEMON_END",
  "DAEMON_ABORT",
  "DAEMON_CONFIG",
  "DAEMON_RESUME",
  "DAEMON_ERR",
]);

/** Begins an event with its first record. */
export function beginAudit(row: LogRow, { at, node }: AuditLine): AuditRecord {
  return {
    row,
    at,
    node,
    rows: [],
    syscall: "",
    execve: [],
    paths: [],
    cwd: "",
    sockaddr: "",
    proctitle: "",
    changes: [],
  };
}

/** Adds a record; tells whether it is the last that an event can have: ausearch prints them the other way round. */
export function addAudit(record: AuditRecord, { type, body }: AuditLine, text: string): boolean {
  if (record.rows.length < MOST) record.rows.push(text);
  switch (type) {
    case "SYSCALL":
      record.syscall = body;
      return false;
    case "EXECVE":
      if (record.execve.length < MOST) record.execve.push(body);
      return false;
    case "PATH":
      if (record.paths.length < MOST) record.paths.push(body);
      return false;
    case "CWD":
      record.cwd = body;
      return false;
    case "SOCKADDR":
      record.sockaddr = body;
      return false;
    case "PROCTITLE":
      record.proctitle = body;
      return record.syscall !== "" || record.changes.length > 0;
    case "EOE":
      return true;
    default:
      if (!CHANGES.has(type) && !LONE_CHANGES.has(type)) return false;
      if (record.changes.length < MOST) record.changes.push({ type, body });
      return LONE_CHANGES.has(type);
  }
}
