import type { LogEvent } from "../../../model/event.ts";
import { controlEvent, type EventHead, listenEvent, networkEvent, processEvent } from "../../../model/make-event.ts";
import type { EventMaker } from "./sysmon-events.ts";
import { accountOf, addressOf, type Fields, numberOf, portOf, textOf, transportOf } from "./windows-fields.ts";

/** Directions of 5156 and 5157: the message's number, or its text in exports that looked it up. */
const DIRECTIONS: ReadonlyMap<string, "inbound" | "outbound"> = new Map([
  ["%%14592", "inbound"],
  ["%%14593", "outbound"],
  ["inbound", "inbound"],
  ["outbound", "outbound"],
]);
/** Numbers of what 4719 took away and gave. */
const TAKEN = /%%84(?:48|50)|removed/iu;
const GIVEN = /%%84(?:49|51)|added/iu;

/**
 * Events of the Security log by their number
 * (https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/, read 2026-11).
 */
export const SECURITY_EVENTS: ReadonlyMap<number, EventMaker> = new Map<number, EventMaker>([
  [4688, started],
  [4719, policyChanged],
  [4946, (head, fields) => firewall(head, fields, "added")],
  [4947, (head, fields) => firewall(head, fields, "changed")],
  [4948, (head, fields) => firewall(head, fields, "removed")],
  [4949, (head, fields) => firewall(head, fields, "changed")],
  [4950, (head, fields) => firewall(head, fields, "changed")],
  [5154, bound],
  [5156, (head, fields) => connected(head, fields, "allowed")],
  [5157, (head, fields) => connected(head, fields, "blocked")],
  [5158, bound],
]);

/** The account that runs it is the target where one is told, else the one that started it. */
function started(head: EventHead, fields: Fields): LogEvent {
  return processEvent(head, {
    pid: numberOf(fields, "NewProcessId"),
    parentPid: numberOf(fields, "ProcessId"),
    executable: textOf(fields, "NewProcessName"),
    commandLine: textOf(fields, "CommandLine"),
    parentExecutable: textOf(fields, "ParentProcessName"),
    user:
      accountOf(fields, "TargetDomainName", "TargetUserName") ??
      accountOf(fields, "SubjectDomainName", "SubjectUserName"),
  });
}

/** A port that was bound or is listened on. Model servers speak TCP; sockets of UDP and ports the system chose are passed over. */
function bound(head: EventHead, fields: Fields): LogEvent | null {
  const address = addressOf(fields, "SourceAddress");
  const port = portOf(fields, "SourcePort");
  const transport = transportOf(fields, "Protocol");
  if (address === null || port === null || (transport !== null && transport !== "tcp")) return null;
  return listenEvent(head, {
    address,
    port,
    by: "filter",
    executable: textOf(fields, "Application"),
    pid: processIdOf(fields),
  });
}

function connected(head: EventHead, fields: Fields, action: "allowed" | "blocked"): LogEvent {
  const direction = textOf(fields, "Direction")?.toLowerCase() ?? "";
  return networkEvent(head, {
    sourceIp: addressOf(fields, "SourceAddress"),
    sourcePort: portOf(fields, "SourcePort"),
    destinationIp: addressOf(fields, "DestAddress"),
    destinationPort: portOf(fields, "DestPort"),
    transport: transportOf(fields, "Protocol"),
    direction: DIRECTIONS.get(direction) ?? null,
    action,
    established: action === "blocked" ? false : null,
    executable: textOf(fields, "Application"),
    pid: processIdOf(fields),
  });
}

/** The filter's events name it `ProcessId` or `ProcessID`, by their version. */
function processIdOf(fields: Fields): number | null {
  return numberOf(fields, "ProcessId") ?? numberOf(fields, "ProcessID");
}

function policyChanged(head: EventHead, fields: Fields): LogEvent {
  const changes = textOf(fields, "AuditPolicyChanges") ?? "";
  const taken = TAKEN.test(changes);
  const given = GIVEN.test(changes);
  return controlEvent(head, {
    control: "audit",
    action: taken === given ? "changed" : taken ? "removed" : "added",
    name: textOf(fields, "SubcategoryGuid") ?? textOf(fields, "SubcategoryId") ?? "audit policy",
    user: accountOf(fields, "SubjectDomainName", "SubjectUserName"),
  });
}

function firewall(head: EventHead, fields: Fields, action: "added" | "changed" | "removed"): LogEvent {
  const name = textOf(fields, "RuleName") ?? textOf(fields, "SettingType") ?? textOf(fields, "RuleId");
  return controlEvent(head, { control: "firewall", action, name: name ?? "Windows Firewall" });
}
