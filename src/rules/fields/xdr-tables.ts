import type { KqlSource } from "./kql-source.ts";
import type { FieldTables } from "./column.ts";

/**
 * Tables of Microsoft Defender XDR's advanced hunting. `FolderPath` and its kin hold the whole path, the file's name with it.
 *
 * @see Microsoft Learn, advanced hunting schema: DeviceProcessEvents, DeviceNetworkEvents, DeviceFileEvents, DeviceEvents
 */
export const XDR_TABLES: FieldTables<KqlSource> = {
  process: {
    source: { lines: ["DeviceProcessEvents", '| where ActionType == "ProcessCreated"'], time: "Timestamp" },
    columns: {
      observer: "DeviceName",
      pid: "ProcessId",
      parentPid: "InitiatingProcessId",
      executable: "FolderPath",
      commandLine: "ProcessCommandLine",
      parentExecutable: "InitiatingProcessFolderPath",
      parentCommandLine: "InitiatingProcessCommandLine",
      user: "AccountName",
      sha256: "SHA256",
    },
    untold: ["unit"],
  },
  network: {
    source: {
      lines: [
        "DeviceNetworkEvents",
        '| where ActionType in ("InboundConnectionAccepted", "ConnectionSuccess", "ConnectionFailed")',
        '| extend inbound = ActionType == "InboundConnectionAccepted"',
        '| extend direction = iff(inbound, "inbound", "outbound"), established = ActionType != "ConnectionFailed",',
        "    sourceIp = iff(inbound, RemoteIP, LocalIP), sourcePort = iff(inbound, RemotePort, LocalPort),",
        "    destinationIp = iff(inbound, LocalIP, RemoteIP), destinationPort = iff(inbound, LocalPort, RemotePort)",
      ],
      time: "Timestamp",
    },
    columns: {
      observer: "DeviceName",
      direction: "direction",
      established: "established",
      sourceIp: "sourceIp",
      sourcePort: "sourcePort",
      destinationIp: "destinationIp",
      destinationPort: "destinationPort",
      transport: "Protocol",
      executable: "InitiatingProcessFolderPath",
      pid: "InitiatingProcessId",
      user: "InitiatingProcessAccountName",
    },
    untold: ["action", "durationMs", "sourceBytes", "destinationBytes"],
  },
  listen: {
    source: {
      lines: ["DeviceNetworkEvents", '| where ActionType == "ListeningConnectionCreated"'],
      time: "Timestamp",
    },
    columns: {
      observer: "DeviceName",
      address: "LocalIP",
      port: "LocalPort",
      executable: "InitiatingProcessFolderPath",
      pid: "InitiatingProcessId",
      user: "InitiatingProcessAccountName",
    },
    untold: ["version"],
    fixed: { by: "socket" },
  },
  file: {
    source: {
      lines: [
        "DeviceFileEvents",
        '| extend action = case(ActionType == "FileCreated", "created", ActionType == "FileModified", "changed",',
        '    ActionType == "FileDeleted", "deleted", "")',
      ],
      time: "Timestamp",
    },
    columns: {
      observer: "DeviceName",
      action: "action",
      path: "FolderPath",
      executable: "InitiatingProcessFolderPath",
      user: "InitiatingProcessAccountName",
    },
  },
  dns: {
    source: {
      lines: [
        "DeviceEvents",
        '| where ActionType == "DnsQueryResponse"',
        "| extend question = tostring(parse_json(AdditionalFields).DnsQueryString)",
      ],
      time: "Timestamp",
    },
    columns: {
      observer: "DeviceName",
      question: "question",
      executable: "InitiatingProcessFolderPath",
      pid: "InitiatingProcessId",
    },
    untold: ["sourceIp"],
  },
};
