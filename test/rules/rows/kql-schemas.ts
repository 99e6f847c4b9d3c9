/** Types of KQL. */
type KqlType = "string" | "int" | "long" | "datetime" | "bool";
type Columns = Readonly<Record<string, KqlType>>;

const DEVICE: Columns = {
  Timestamp: "datetime",
  DeviceName: "string",
  ActionType: "string",
  InitiatingProcessFolderPath: "string",
  InitiatingProcessCommandLine: "string",
  InitiatingProcessAccountName: "string",
  InitiatingProcessId: "long",
};
const ASIM: Columns = { TimeGenerated: "datetime", Dvc: "string", EventProduct: "string" };

/** Columns that the rules ask, of the tables of Defender XDR and Sentinel, with the types of Microsoft's schema. */
export const KQL_SCHEMAS: Readonly<Record<string, Columns>> = {
  DeviceProcessEvents: {
    ...DEVICE,
    FolderPath: "string",
    ProcessCommandLine: "string",
    AccountName: "string",
    SHA256: "string",
    ProcessId: "long",
  },
  DeviceNetworkEvents: {
    ...DEVICE,
    LocalIP: "string",
    LocalPort: "int",
    RemoteIP: "string",
    RemotePort: "int",
    Protocol: "string",
  },
  DeviceFileEvents: { ...DEVICE, FolderPath: "string" },
  DeviceEvents: { ...DEVICE, AdditionalFields: "string" },
  Syslog: { TimeGenerated: "datetime", Computer: "string", ProcessName: "string", SyslogMessage: "string" },
  _Im_WebSession: {
    ...ASIM,
    HttpRequestMethod: "string",
    Url: "string",
    EventResultDetails: "string",
    NetworkDuration: "int",
    SrcIpAddr: "string",
    SrcPortNumber: "int",
    DstIpAddr: "string",
    DstPortNumber: "int",
    HttpHost: "string",
    HttpUserAgent: "string",
    SrcBytes: "long",
    DstBytes: "long",
    SrcUsername: "string",
  },
  _Im_NetworkSession: {
    ...ASIM,
    NetworkDuration: "int",
    SrcIpAddr: "string",
    SrcPortNumber: "int",
    DstIpAddr: "string",
    DstPortNumber: "int",
    NetworkProtocol: "string",
    NetworkDirection: "string",
    DvcAction: "string",
    SrcBytes: "long",
    DstBytes: "long",
    SrcProcessName: "string",
    DstProcessName: "string",
    SrcUsername: "string",
    DstUsername: "string",
  },
  _Im_ProcessCreate: {
    ...ASIM,
    TargetProcessName: "string",
    TargetProcessCommandLine: "string",
    ActingProcessName: "string",
    ActingProcessCommandLine: "string",
    TargetUsername: "string",
    TargetProcessSHA256: "string",
  },
  _Im_FileEvent: {
    ...ASIM,
    EventType: "string",
    TargetFilePath: "string",
    ActingProcessName: "string",
    ActorUsername: "string",
  },
  _Im_Dns: { ...ASIM, DnsQuery: "string", SrcIpAddr: "string", SrcProcessName: "string" },
};

const DUCKDB_TYPES = {
  string: "VARCHAR",
  int: "INTEGER",
  long: "BIGINT",
  datetime: "TIMESTAMP",
  bool: "BOOLEAN",
} as const;

/** The same tables with DuckDB's types. */
export function duckdbTables(): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return Object.fromEntries(
    Object.entries(KQL_SCHEMAS).map(([table, columns]) => [
      table,
      Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, DUCKDB_TYPES[type]])),
    ]),
  );
}

/** A row with every column; a text that is missing is empty in KQL, never null. */
export function wholeRow(table: string, row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(KQL_SCHEMAS[table] ?? {}).map(([name, type]) => [
      name,
      row[name] ?? (type === "string" ? "" : null),
    ]),
  );
}
