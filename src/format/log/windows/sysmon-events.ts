import type { ControlEvent, LogEvent } from "../../../model/event.ts";
import {
  controlEvent,
  dnsEvent,
  type EventHead,
  fileEvent,
  networkEvent,
  processEvent,
} from "../../../model/make-event.ts";
import { addressOf, type Fields, numberOf, portOf, textOf, transportOf } from "./windows-fields.ts";

/** Makes the event of one kind of record; `null` = it tells nothing that Corral asks for. */
export type EventMaker = (head: EventHead, fields: Fields) => LogEvent | null;

const SHA256 = /(?:^|,)SHA256=([\da-f]{64})(?:,|$)/iu;
const SYSMON = "Sysmon";

/**
 * Events of Sysmon by their number (https://learn.microsoft.com/sysinternals/downloads/sysmon, read 2026-11), of Windows and, as far as it has them,
 * of Linux.
 */
export const SYSMON_EVENTS: ReadonlyMap<number, EventMaker> = new Map<number, EventMaker>([
  [1, started],
  [3, connected],
  [4, stateChanged],
  [11, (head, fields) => file(head, fields, "created")],
  [16, (head) => control(head, "changed")],
  [22, asked],
  [23, (head, fields) => file(head, fields, "deleted")],
  [26, (head, fields) => file(head, fields, "deleted")],
  [255, (head) => control(head, "failed")],
]);

function started(head: EventHead, fields: Fields): LogEvent | null {
  const hashes = textOf(fields, "Hashes") ?? "";
  return processEvent(head, {
    pid: numberOf(fields, "ProcessId"),
    parentPid: numberOf(fields, "ParentProcessId"),
    executable: textOf(fields, "Image"),
    commandLine: textOf(fields, "CommandLine"),
    parentExecutable: textOf(fields, "ParentImage"),
    parentCommandLine: textOf(fields, "ParentCommandLine"),
    user: textOf(fields, "User"),
    sha256: SHA256.exec(hashes)?.[1]?.toLowerCase() ?? null,
  });
}

/** `Initiated` false: the other end opened it, and stands as the source. TCP is told when the connection stands. */
function connected(head: EventHead, fields: Fields): LogEvent | null {
  const initiated = textOf(fields, "Initiated")?.toLowerCase() ?? null;
  const transport = transportOf(fields, "Protocol");
  return networkEvent(head, {
    sourceIp: addressOf(fields, "SourceIp"),
    sourcePort: portOf(fields, "SourcePort"),
    destinationIp: addressOf(fields, "DestinationIp"),
    destinationPort: portOf(fields, "DestinationPort"),
    transport,
    direction: initiated === "true" ? "outbound" : initiated === "false" ? "inbound" : null,
    established: transport === "tcp" ? true : null,
    executable: textOf(fields, "Image"),
    pid: numberOf(fields, "ProcessId"),
    user: textOf(fields, "User"),
  });
}

function asked(head: EventHead, fields: Fields): LogEvent | null {
  const question = textOf(fields, "QueryName");
  if (question === null) return null;
  return dnsEvent(head, {
    question: nameIn(question),
    executable: textOf(fields, "Image"),
    pid: numberOf(fields, "ProcessId"),
  });
}

/** A name of DNS in small letters, without the last dot. */
export function nameIn(text: string): string {
  const name = text.toLowerCase();
  return name.endsWith(".") ? name.slice(0, -1) : name;
}

function file(head: EventHead, fields: Fields, action: "created" | "deleted"): LogEvent | null {
  const path = textOf(fields, "TargetFilename");
  if (path === null) return null;
  return fileEvent(head, { action, path, executable: textOf(fields, "Image"), user: textOf(fields, "User") });
}

function stateChanged(head: EventHead, fields: Fields): LogEvent | null {
  const state = textOf(fields, "State")?.toLowerCase();
  return control(head, state === "started" || state === "stopped" ? state : "changed");
}

function control(head: EventHead, action: ControlEvent["action"]): ControlEvent {
  return controlEvent(head, { control: "audit", action, name: SYSMON });
}
