import type { LogEvent } from "../../../src/model/event.ts";
import type { FieldTable } from "../../../src/rules/fields/column.ts";
import type { KqlSource } from "../../../src/rules/fields/kql-source.ts";
import { columnValues } from "./told-event.ts";

type Row = Record<string, unknown>;

/** A row of a table. */
export interface KqlRow {
  readonly table: string;
  readonly row: Row;
}

/** Puts an event into the table that a rule reads; `null` = the table has no such rows. */
export function kqlRow(event: LogEvent, table: FieldTable<KqlSource>): KqlRow | null {
  const [first = ""] = table.source.lines;
  const name = first.replace("()", "");
  const row = { ...columnValues(event, table), [table.source.time]: new Date(event.at).toISOString().slice(0, -1) };
  const make = Object.hasOwn(MAKERS, name) ? MAKERS[name as keyof typeof MAKERS] : undefined;
  const made = make === undefined ? row : make(event, row);
  return made === null ? null : { table: name, row: made };
}

/** Turns around what a rule's `extend` makes of a table's own columns. */
const MAKERS = {
  DeviceNetworkEvents: (event: LogEvent, row: Row) =>
    event.class === "listen" ? listening(row) : connection(event, row),
  DeviceProcessEvents: (_: LogEvent, row: Row) => ({ ...row, ActionType: "ProcessCreated" }),
  DeviceFileEvents: (event: LogEvent, row: Row) => fileRow(event, row, "ActionType"),
  DeviceEvents: (event: LogEvent, row: Row) =>
    event.class === "dns"
      ? { ...row, ActionType: "DnsQueryResponse", AdditionalFields: JSON.stringify({ DnsQueryString: event.question }) }
      : null,
  _Im_FileEvent: (event: LogEvent, row: Row) => fileRow(event, row, "EventType"),
  _Im_WebSession: webSession,
  _Im_NetworkSession: networkSession,
  Syslog: syslog,
} as const;

function listening(row: Row): Row {
  return { ...row, ActionType: "ListeningConnectionCreated" };
}

/** Defender tells no direction but by the name of what happened, and inbound connections only when they were accepted. */
function connection(event: LogEvent, row: Row): Row | null {
  if (event.class !== "network" || event.direction === null) return null;
  const isInbound = event.direction === "inbound";
  if (isInbound && event.established !== true) return null;
  if (!isInbound && event.established === null) return null;
  const [local, remote] = isInbound ? (["destination", "source"] as const) : (["source", "destination"] as const);
  return {
    ...row,
    ActionType: isInbound
      ? "InboundConnectionAccepted"
      : event.established === true
        ? "ConnectionSuccess"
        : "ConnectionFailed",
    LocalIP: event[`${local}Ip`],
    LocalPort: event[`${local}Port`],
    RemoteIP: event[`${remote}Ip`],
    RemotePort: event[`${remote}Port`],
  };
}

const FILE_WORDS = {
  created: "FileCreated",
  changed: "FileModified",
  deleted: "FileDeleted",
  truncated: null,
} as const;

function fileRow(event: LogEvent, row: Row, column: string): Row | null {
  const word = event.class === "file" ? FILE_WORDS[event.action] : null;
  return word === null ? null : { ...row, [column]: word };
}

function webSession(event: LogEvent, row: Row): Row | null {
  if (event.class !== "http") return null;
  const Url = event.query === null ? event.path : `${event.path}?${event.query}`;
  return { ...row, Url, EventResultDetails: event.status === null ? "" : event.status.toString() };
}

function networkSession(event: LogEvent, row: Row): Row | null {
  if (event.class !== "network") return null;
  const end = event.direction === "inbound" ? "Dst" : "Src";
  return {
    ...row,
    NetworkDirection: event.direction === null ? "" : event.direction === "inbound" ? "Inbound" : "Outbound",
    DvcAction: event.action === null ? "" : event.action === "allowed" ? "Allow" : "Deny",
    [`${end}ProcessName`]: event.executable,
    [`${end}Username`]: event.user,
  };
}

/** The server's own lines, as its source writes them. */
function syslog(event: LogEvent, row: Row): Row | null {
  if (event.class === "listen") {
    const address = event.address.includes(":") ? `[${event.address}]` : event.address;
    const text = `Listening on ${address}:${event.port} (version ${event.version ?? "0.0.0"})`;
    return { ...row, ProcessName: "ollama", SyslogMessage: `level=INFO source=routes.go:1 msg="${text}"` };
  }
  if (event.class !== "setting") return null;
  const value = event.value.includes(" ") && !event.value.startsWith("[") ? `[${event.value}]` : event.value;
  const text = `level=INFO source=routes.go:1 msg="server config" env="map[${event.name}:${value} ZES_ENABLE_SYSMAN:]"`;
  return { ...row, ProcessName: "ollama", SyslogMessage: text };
}
