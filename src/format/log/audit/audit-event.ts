import type { FileEvent, LogEvent } from "../../../model/event.ts";
import { type EventHead, fileEvent, listenEvent, networkEvent, processEvent } from "../../../model/make-event.ts";
import { fieldOf, numberField, textField } from "./audit-line.ts";
import type { AuditRecord } from "./audit-record.ts";
import { commandLineOf, socketEnd, titleOf } from "./audit-values.ts";
import type { KnownPrograms } from "./known-programs.ts";
import { type CallKind, callKind, callName } from "./syscalls.ts";

/** Who made a system call. */
interface Caller {
  readonly pid: number | null;
  readonly parentPid: number | null;
  readonly executable: string | null;
  readonly user: string | null;
}

const IN_PROGRESS = -115;
const WRITES = 0o3;
const TRUNCATES = 0o1000;
const UNSET = "4294967295";
const SAME_NAME = "same";

/** The events that a system call's records tell; none when it failed, but for connections that were tried. */
export function callEvents(record: AuditRecord, head: EventHead, known: KnownPrograms): readonly LogEvent[] {
  const { syscall } = record;
  if (syscall === "") return [];
  const name = callName(fieldOf(syscall, "arch") ?? "", nameOf(syscall));
  const kind = name === null ? null : callKind(name);
  const caller = callerOf(syscall);
  const hasDone = fieldOf(syscall, "success") !== "no";
  if (kind === "exec") return hasDone ? [started(record, head, caller, known)] : [];
  remember(record, caller, known);
  switch (kind) {
    case "connect":
    case "accept":
      return connections(record, head, caller, kind);
    case "bind":
      return hasDone ? bound(record, head, caller) : [];
    case null:
    case "open":
    case "truncate":
    case "attribute":
    case "name":
      return hasDone && record.paths.length > 0 ? files(record, head, caller, kind, name ?? SAME_NAME) : [];
  }
}

/** The name that auditd added, or else the number. */
function nameOf(syscall: string): string {
  return fieldOf(syscall, "SYSCALL") ?? fieldOf(syscall, "syscall") ?? "";
}

/** Program and account of a call: auditd adds the account's name. */
export function callerOf(syscall: string): Caller {
  const user = fieldOf(syscall, "UID") ?? fieldOf(syscall, "uid");
  return {
    pid: numberField(syscall, "pid"),
    parentPid: numberField(syscall, "ppid"),
    executable: textField(syscall, "exe"),
    user: user === UNSET || user === "unset" ? null : user,
  };
}

function remember({ node, proctitle }: AuditRecord, { pid, executable }: Caller, known: KnownPrograms): void {
  if (pid !== null && executable !== null) known.seen(node, pid, { executable, commandLine: titleOf(proctitle) });
}

function started(record: AuditRecord, head: EventHead, caller: Caller, known: KnownPrograms): LogEvent {
  const { pid, parentPid, executable, user } = caller;
  const commandLine = commandLineOf(record.execve) ?? titleOf(record.proctitle);
  const parent = parentPid === null ? null : known.of(record.node, parentPid);
  if (pid !== null && executable !== null) known.started(record.node, pid, { executable, commandLine });
  return processEvent(head, {
    pid,
    parentPid,
    executable,
    commandLine,
    parentExecutable: parent?.executable ?? null,
    parentCommandLine: parent?.commandLine ?? null,
    user,
  });
}

function bound(record: AuditRecord, head: EventHead, { pid, executable, user }: Caller): readonly LogEvent[] {
  const end = socketEnd(record.sockaddr);
  if (end === null || end.port === 0) return [];
  return [listenEvent(head, { address: end.address, port: end.port, by: "bind", executable, pid, user })];
}

/** The audit system tells one end alone, and no transport. */
function connections(
  record: AuditRecord,
  head: EventHead,
  { pid, executable, user }: Caller,
  kind: "connect" | "accept",
): readonly LogEvent[] {
  const end = socketEnd(record.sockaddr);
  if (end === null || end.port === 0) return [];
  const hasDone = fieldOf(record.syscall, "success") !== "no";
  if (kind === "accept") {
    if (!hasDone) return [];
    const peer = { sourceIp: end.address, sourcePort: end.port, direction: "inbound", established: true } as const;
    return [networkEvent(head, { ...peer, pid, executable, user })];
  }
  const isUnderWay = hasDone || numberField(record.syscall, "exit") === IN_PROGRESS;
  const peer = { destinationIp: end.address, destinationPort: end.port, direction: "outbound" } as const;
  return [networkEvent(head, { ...peer, established: isUnderWay ? null : false, pid, executable, user })];
}

function files(
  record: AuditRecord,
  head: EventHead,
  { executable, user }: Caller,
  kind: CallKind | null,
  name: string,
): readonly LogEvent[] {
  const cwd = textField(record.cwd, "cwd");
  const events: LogEvent[] = [];
  const paths = record.paths.toSorted((one, other) => itemOf(one) - itemOf(other));
  for (const body of paths) {
    const path = textField(body, "name");
    const action = actionOf(record.syscall, body, kind, name);
    if (path === null || action === null) continue;
    events.push(fileEvent(head, { action, path: absolute(path, cwd), executable, user }));
  }
  return events;
}

function itemOf(path: string): number {
  return numberField(path, "item") ?? 0;
}

/** What a call did to one of its paths; folders are passed over. */
function actionOf(syscall: string, path: string, kind: CallKind | null, name: string): FileEvent["action"] | null {
  if (fieldOf(path, "mode")?.startsWith("04") === true) return null;
  switch (fieldOf(path, "nametype") ?? "") {
    case "CREATE":
      return "created";
    case "DELETE":
      return "deleted";
    case "NORMAL":
      if (kind === "truncate") return "truncated";
      if (kind === "attribute") return "changed";
      return kind === "open"
        ? openedFor(Number.parseInt(fieldOf(syscall, name === "open" ? "a1" : "a2") ?? "0", 16))
        : null;
    default:
      return null;
  }
}

function openedFor(flags: number): FileEvent["action"] | null {
  if ((flags & WRITES) === 0) return null;
  return (flags & TRUNCATES) === 0 ? "changed" : "truncated";
}

function absolute(path: string, cwd: string | null): string {
  if (path.startsWith("/") || cwd === null) return path;
  return `${cwd === "/" ? "" : cwd}/${path.startsWith("./") ? path.slice(2) : path}`;
}
