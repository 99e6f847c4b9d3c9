import type { AddressTrust, FileEvent, LogEvent, NetworkEvent } from "../../../model/event.ts";
import {
  dnsEvent,
  type EventHead,
  fileEvent,
  httpEvent,
  networkEvent,
  processEvent,
} from "../../../model/make-event.ts";
import { portIn, splitTarget } from "../told-values.ts";
import { nameIn } from "../windows/sysmon-events.ts";
import { addressIn, type Fields } from "../windows/windows-fields.ts";
import { ecs, ecsNumber, ecsText, ecsWords } from "./elastic-document.ts";

const NANOSECONDS = 1_000_000;
const DIRECTIONS: ReadonlyMap<string, NetworkEvent["direction"]> = new Map([
  ["ingress", "inbound"],
  ["inbound", "inbound"],
  ["incoming", "inbound"],
  ["egress", "outbound"],
  ["outbound", "outbound"],
  ["outgoing", "outbound"],
]);
/** What Elastic Defend does with connections: who opened it stands as the source. */
const ACTIONS: ReadonlyMap<string, Partial<Pick<NetworkEvent, "direction" | "established">>> = new Map([
  ["connection_attempted", { direction: "outbound" }],
  ["connection_accepted", { direction: "inbound", established: true }],
  ["ipv4_connection_accept_event", { direction: "inbound", established: true }],
  ["ipv6_connection_accept_event", { direction: "inbound", established: true }],
] as const);
const FILE_TYPES: readonly (readonly [string, FileEvent["action"]])[] = [
  ["creation", "created"],
  ["deletion", "deleted"],
  ["change", "changed"],
];

/** The event of a document of the Elastic Common Schema, by what it holds; `null` = nothing that Corral asks for. */
export function elasticEvent(document: Fields, head: EventHead): LogEvent | null {
  const categories = ecsWords(document, "event.category");
  const types = ecsWords(document, "event.type");
  if (ecsText(document, "http.request.method") !== null) return request(document, head);
  if (ecsText(document, "dns.question.name") !== null) return asked(document, head);
  if (categories.includes("process")) return types.includes("start") ? started(document, head) : null;
  if (categories.includes("file")) return file(document, head, types);
  if (categories.includes("network") || categories.includes("network_traffic"))
    return connection(document, head, types);
  return null;
}

function request(document: Fields, head: EventHead): LogEvent | null {
  const method = ecsText(document, "http.request.method")?.toUpperCase() ?? "";
  const target = ecsText(document, "url.path") ?? ecsText(document, "url.original");
  if (target === null) return null;
  const split = splitTarget(target);
  return httpEvent(head, {
    method,
    path: split.path,
    query: ecsText(document, "url.query") ?? split.query,
    status: ecsNumber(document, "http.response.status_code"),
    durationMs: durationOf(document),
    ...endsOf(document),
    sourceTrust: trustOf(document),
    host: ecsText(document, "url.domain"),
    userAgent: ecsText(document, "user_agent.original"),
    requestBytes: ecsNumber(document, "http.request.bytes") ?? ecsNumber(document, "http.request.body.bytes"),
    responseBytes: ecsNumber(document, "http.response.bytes") ?? ecsNumber(document, "http.response.body.bytes"),
    user: ecsText(document, "user.name"),
  });
}

/** Ingest pipelines of proxies take the client out of a forwarded header when there is one. */
function trustOf(document: Fields): AddressTrust {
  const list = ecs(document, "nginx.access.remote_ip_list");
  const isForwarded = Array.isArray(list) && list.length > 1;
  return isForwarded || ecs(document, "network.forwarded_ip") !== undefined ? "claimed" : "connection";
}

interface Ends {
  readonly sourceIp: string | null;
  readonly sourcePort: number | null;
  readonly destinationIp: string | null;
  readonly destinationPort: number | null;
}

function endsOf(document: Fields): Ends {
  const port = portAt(document, "destination.port") ?? portAt(document, "server.port");
  return {
    sourceIp: addressAt(document, "source.ip", "client.ip", "source.address"),
    sourcePort: portAt(document, "source.port") ?? portAt(document, "client.port"),
    destinationIp: addressAt(document, "destination.ip", "server.ip", "destination.address"),
    destinationPort: port ?? portAt(document, "url.port"),
  };
}

function portAt(document: Fields, name: string): number | null {
  return portIn(ecsText(document, name));
}

function addressAt(document: Fields, ...names: readonly string[]): string | null {
  for (const name of names) {
    const text = ecsText(document, name);
    const address = text === null ? null : addressIn(text);
    if (address !== null) return address;
  }
  return null;
}

function durationOf(document: Fields): number | null {
  const nanoseconds = ecsNumber(document, "event.duration");
  return nanoseconds === null ? null : nanoseconds / NANOSECONDS;
}

function asked(document: Fields, head: EventHead): LogEvent | null {
  const action = ecsText(document, "event.action");
  if (action === "lookup_result" || ecsText(document, "dns.type") === "answer") return null;
  return dnsEvent(head, {
    question: nameIn(ecsText(document, "dns.question.name") ?? ""),
    sourceIp: addressAt(document, "source.ip", "client.ip"),
    executable: ecsText(document, "process.executable"),
    pid: ecsNumber(document, "process.pid"),
  });
}

/** A fork alone is the parent's program going on. */
function started(document: Fields, head: EventHead): LogEvent | null {
  if (ecsText(document, "event.action") === "fork") return null;
  return processEvent(head, {
    pid: ecsNumber(document, "process.pid"),
    parentPid: ecsNumber(document, "process.parent.pid") ?? ecsNumber(document, "process.ppid"),
    executable: ecsText(document, "process.executable") ?? ecsText(document, "process.name"),
    commandLine: commandLineOf(document, "process"),
    parentExecutable: ecsText(document, "process.parent.executable") ?? ecsText(document, "process.parent.name"),
    parentCommandLine: commandLineOf(document, "process.parent"),
    user: accountOf(document),
    unit: ecsText(document, "container.name"),
    sha256: ecsText(document, "process.hash.sha256")?.toLowerCase() ?? null,
  });
}

function commandLineOf(document: Fields, process: string): string | null {
  const line = ecsText(document, `${process}.command_line`);
  if (line !== null) return line;
  const words = ecsWords(document, `${process}.args`);
  return words.length === 0 ? null : words.join(" ");
}

function accountOf(document: Fields): string | null {
  const user = ecsText(document, "user.name") ?? ecsText(document, "process.user.name");
  const domain = ecsText(document, "user.domain");
  return user === null || domain === null ? user : `${domain}\\${user}`;
}

function file(document: Fields, head: EventHead, types: readonly string[]): LogEvent | null {
  const path = ecsText(document, "file.path");
  const action = FILE_TYPES.find(([type]) => types.includes(type))?.[1];
  if (path === null || action === undefined) return null;
  return fileEvent(head, {
    action: ecsText(document, "event.action") === "rename" ? "created" : action,
    path,
    executable: ecsText(document, "process.executable"),
    user: accountOf(document),
  });
}

/** Reports of a flow that goes on, and ends that bring no counts, would tell a connection twice. */
function connection(document: Fields, head: EventHead, types: readonly string[]): LogEvent | null {
  const ends = endsOf(document);
  const sourceBytes = ecsNumber(document, "source.bytes");
  const destinationBytes = ecsNumber(document, "destination.bytes");
  const hasBytes = sourceBytes !== null || destinationBytes !== null;
  if (ends.sourceIp === null && ends.destinationIp === null) return null;
  if (ecsText(document, "flow.final") === "false") return null;
  if (types.includes("end") && !types.includes("start") && !hasBytes) return null;
  const action = ACTIONS.get(ecsText(document, "event.action") ?? "") ?? {};
  const direction = DIRECTIONS.get(ecsText(document, "network.direction")?.toLowerCase() ?? "");
  const wentBoth = (sourceBytes ?? 0) > 0 && (destinationBytes ?? 0) > 0 ? true : null;
  const isDenied = types.includes("denied");
  return networkEvent(head, {
    ...ends,
    durationMs: durationOf(document),
    transport: ecsText(document, "network.transport")?.toLowerCase() ?? null,
    direction: action.direction ?? direction ?? null,
    action: isDenied ? "blocked" : types.includes("allowed") ? "allowed" : null,
    established: isDenied ? false : (action.established ?? wentBoth),
    sourceBytes,
    destinationBytes,
    executable: ecsText(document, "process.executable"),
    pid: ecsNumber(document, "process.pid"),
    user: accountOf(document),
  });
}
