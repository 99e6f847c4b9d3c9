import type { LogEvent, NetworkEvent } from "../../../model/event.ts";
import {
  controlEvent,
  dnsEvent,
  type EventHead,
  fileEvent,
  httpEvent,
  listenEvent,
  networkEvent,
  processEvent,
} from "../../../model/make-event.ts";
import { parsed } from "../json-kind.ts";
import { splitTarget } from "../told-values.ts";
import { nameIn } from "../windows/sysmon-events.ts";
import {
  accountOf,
  addressOf,
  type Fields,
  isFields,
  numberOf,
  portOf,
  textOf,
  transportOf,
} from "../windows/windows-fields.ts";

type Maker = (head: EventHead, row: Fields) => LogEvent | null;
type End = Partial<Pick<NetworkEvent, "action" | "established">>;

const NONE: Fields = {};

/**
 * Events by `ActionType` (schema of advanced hunting: DeviceProcessEvents, DeviceNetworkEvents, DeviceFileEvents and DeviceEvents,
 * https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables, read 2026-11).
 */
const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["ProcessCreated", started],
  ["ConnectionSuccess", (head, row) => outbound(head, row, { established: true })],
  ["ConnectionFailed", (head, row) => outbound(head, row, { established: false })],
  ["ConnectionAttempt", (head, row) => outbound(head, row, {})],
  ["ConnectionRequest", (head, row) => outbound(head, row, {})],
  ["ConnectionFound", (head, row) => outbound(head, row, { established: true })],
  ["InboundConnectionAccepted", (head, row) => inbound(head, row, { established: true })],
  ["InboundConnectionBlocked", (head, row) => inbound(head, row, { action: "blocked", established: false })],
  ["FirewallInboundConnectionBlocked", (head, row) => inbound(head, row, { action: "blocked", established: false })],
  [
    "FirewallInboundConnectionToAppBlocked",
    (head, row) => inbound(head, row, { action: "blocked", established: false }),
  ],
  ["FirewallOutboundConnectionBlocked", (head, row) => outbound(head, row, { action: "blocked", established: false })],
  ["ListeningConnectionCreated", listening],
  ["HttpConnectionInspected", inspectedHttp],
  ["DnsConnectionInspected", (head, row) => asked(head, row, "query")],
  ["DnsQueryResponse", (head, row) => asked(head, row, "DnsQueryString")],
  ["FileCreated", (head, row) => file(head, row, "created")],
  ["FileModified", (head, row) => file(head, row, "changed")],
  ["FileDeleted", (head, row) => file(head, row, "deleted")],
  ["FileRenamed", (head, row) => file(head, row, "created")],
  ["SecurityLogCleared", (head, row) => control(head, row, "log", "truncated", "Security")],
  ["AuditPolicyModification", (head, row) => control(head, row, "audit", "changed", "audit policy")],
  ["FirewallServiceStopped", (head, row) => control(head, row, "firewall", "stopped", "Windows Firewall")],
  ["ServiceInstalled", installed],
]);

/** Whether a row of that kind can tell an event. */
export function isDefenderKind(actionType: string): boolean {
  return MAKERS.has(actionType);
}

/** The event of a row; `null` = it tells nothing that Corral asks for. */
export function defenderEvent(head: EventHead, row: Fields): LogEvent | null {
  return MAKERS.get(textOf(row, "ActionType") ?? "")?.(head, row) ?? null;
}

function started(head: EventHead, row: Fields): LogEvent {
  return processEvent(head, {
    pid: numberOf(row, "ProcessId"),
    parentPid: numberOf(row, "InitiatingProcessId"),
    executable: pathOf(row, "FolderPath", "FileName"),
    commandLine: textOf(row, "ProcessCommandLine"),
    parentExecutable: initiator(row),
    parentCommandLine: textOf(row, "InitiatingProcessCommandLine"),
    user: accountOf(row, "AccountDomain", "AccountName"),
    sha256: textOf(row, "SHA256")?.toLowerCase() ?? null,
  });
}

/** Some tables tell the folder, some the whole path. */
function pathOf(row: Fields, folderName: string, fileName: string): string | null {
  const folder = textOf(row, folderName);
  const name = textOf(row, fileName);
  if (folder === null || name === null) return folder ?? name;
  if (folder.toLowerCase().endsWith(name.toLowerCase())) return folder;
  const separator = folder.includes("\\") ? "\\" : "/";
  return folder.endsWith(separator) ? folder + name : `${folder}${separator}${name}`;
}

function initiator(row: Fields): string | null {
  return pathOf(row, "InitiatingProcessFolderPath", "InitiatingProcessFileName");
}

/** Program, number and account at this machine's end. */
function own(row: Fields): { executable: string | null; pid: number | null; user: string | null } {
  const user = accountOf(row, "InitiatingProcessAccountDomain", "InitiatingProcessAccountName");
  return { executable: initiator(row), pid: numberOf(row, "InitiatingProcessId"), user };
}

function outbound(head: EventHead, row: Fields, end: End): LogEvent {
  return networkEvent(head, {
    sourceIp: addressOf(row, "LocalIP"),
    sourcePort: portOf(row, "LocalPort"),
    destinationIp: addressOf(row, "RemoteIP"),
    destinationPort: portOf(row, "RemotePort"),
    transport: protocolOf(row),
    direction: "outbound",
    ...end,
    ...own(row),
  });
}

function inbound(head: EventHead, row: Fields, end: End): LogEvent {
  return networkEvent(head, {
    sourceIp: addressOf(row, "RemoteIP"),
    sourcePort: portOf(row, "RemotePort"),
    destinationIp: addressOf(row, "LocalIP"),
    destinationPort: portOf(row, "LocalPort"),
    transport: protocolOf(row),
    direction: "inbound",
    ...end,
    ...own(row),
  });
}

/** `Tcp`, `TcpV4`, `TcpV6`. */
function protocolOf(row: Fields): string | null {
  return transportOf(row, "Protocol")?.replace(/v[46]$/u, "") ?? null;
}

function listening(head: EventHead, row: Fields): LogEvent | null {
  const address = addressOf(row, "LocalIP");
  const port = portOf(row, "LocalPort");
  return address === null || port === null ? null : listenEvent(head, { address, port, by: "socket", ...own(row) });
}

/** What the sensor saw of a plain HTTP request stands as JSON in a column of its own. */
function inspectedHttp(head: EventHead, row: Fields): LogEvent | null {
  const seen = further(row);
  const method = textOf(seen, "method");
  const target = textOf(seen, "uri");
  if (method === null || target === null) return null;
  const isIn = textOf(seen, "direction")?.toLowerCase() === "in";
  const [client, server] = isIn ? (["Remote", "Local"] as const) : (["Local", "Remote"] as const);
  return httpEvent(head, {
    method: method.toUpperCase(),
    ...splitTarget(target),
    status: numberOf(seen, "status_code"),
    sourceIp: addressOf(row, `${client}IP`),
    sourcePort: portOf(row, `${client}Port`),
    destinationIp: addressOf(row, `${server}IP`),
    destinationPort: portOf(row, `${server}Port`),
    host: textOf(seen, "host"),
    userAgent: textOf(seen, "user_agent"),
  });
}

function asked(head: EventHead, row: Fields, name: string): LogEvent | null {
  const question = textOf(further(row), name);
  if (question === null) return null;
  const { executable, pid } = own(row);
  return dnsEvent(head, { question: nameIn(question), sourceIp: addressOf(row, "LocalIP"), executable, pid });
}

function file(head: EventHead, row: Fields, action: "created" | "changed" | "deleted"): LogEvent | null {
  const path = pathOf(row, "FolderPath", "FileName");
  const { executable, user } = own(row);
  return path === null ? null : fileEvent(head, { action, path, executable, user });
}

function control(
  head: EventHead,
  row: Fields,
  kind: "log" | "audit" | "firewall",
  action: "truncated" | "changed" | "stopped",
  name: string,
): LogEvent {
  const { executable, user } = own(row);
  return controlEvent(head, { control: kind, action, name, executable, user });
}

function installed(head: EventHead, row: Fields): LogEvent | null {
  const name = textOf(further(row), "ServiceName");
  const { user } = own(row);
  const executable = pathOf(row, "FolderPath", "FileName");
  return name === null ? null : controlEvent(head, { control: "service", action: "added", name, executable, user });
}

/** `AdditionalFields`: an object, or its JSON as text. */
function further(row: Fields): Fields {
  const value = row["AdditionalFields"];
  if (typeof value === "string") return parsed(value) ?? NONE;
  return isFields(value) ? value : NONE;
}
