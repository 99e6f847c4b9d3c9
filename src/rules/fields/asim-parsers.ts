import type { FieldTables } from "./column.ts";
import type { KqlSource } from "./kql-source.ts";

/**
 * Parsers of Microsoft Sentinel's ASIM, which read every normalised source; the server's own lines from the table Syslog.
 *
 * @see Microsoft Learn, ASIM schemas: web session, network session, process event, file event, DNS
 */
export const ASIM_PARSERS: FieldTables<KqlSource> = {
  http: {
    source: {
      lines: [
        "_Im_WebSession()",
        '| extend path = extract(@"^(?:[a-zA-Z]+://[^/?#]*)?([^?#]*)", 1, Url), query = extract(@"[?]([^#]*)", 1, Url),',
        "    status = toint(EventResultDetails)",
      ],
      time: "TimeGenerated",
    },
    columns: {
      observer: "Dvc",
      product: "EventProduct",
      method: "HttpRequestMethod",
      path: "path",
      query: "query",
      status: "status",
      durationMs: "NetworkDuration",
      sourceIp: "SrcIpAddr",
      sourcePort: "SrcPortNumber",
      destinationIp: "DstIpAddr",
      destinationPort: "DstPortNumber",
      host: "HttpHost",
      userAgent: "HttpUserAgent",
      requestBytes: "SrcBytes",
      responseBytes: "DstBytes",
      user: "SrcUsername",
    },
    untold: ["sourceTrust", "origin", "model", "promptTokens", "answerTokens", "decision"],
  },
  network: {
    source: {
      lines: [
        "_Im_NetworkSession()",
        '| extend inbound = NetworkDirection =~ "Inbound"',
        '| extend direction = case(inbound, "inbound", NetworkDirection =~ "Outbound", "outbound", ""),',
        '    action = case(DvcAction =~ "Allow", "allowed", isempty(DvcAction), "", "blocked"),',
        "    executable = iff(inbound, DstProcessName, SrcProcessName), user = iff(inbound, DstUsername, SrcUsername)",
      ],
      time: "TimeGenerated",
    },
    columns: {
      observer: "Dvc",
      product: "EventProduct",
      durationMs: "NetworkDuration",
      sourceIp: "SrcIpAddr",
      sourcePort: "SrcPortNumber",
      destinationIp: "DstIpAddr",
      destinationPort: "DstPortNumber",
      transport: "NetworkProtocol",
      direction: "direction",
      action: "action",
      sourceBytes: "SrcBytes",
      destinationBytes: "DstBytes",
      executable: "executable",
      user: "user",
    },
    untold: ["established", "pid"],
  },
  process: {
    source: { lines: ["_Im_ProcessCreate()"], time: "TimeGenerated" },
    columns: {
      observer: "Dvc",
      product: "EventProduct",
      executable: "TargetProcessName",
      commandLine: "TargetProcessCommandLine",
      parentExecutable: "ActingProcessName",
      parentCommandLine: "ActingProcessCommandLine",
      user: "TargetUsername",
      sha256: "TargetProcessSHA256",
    },
    untold: ["unit", "pid", "parentPid"],
  },
  listen: {
    source: {
      lines: [
        "Syslog",
        '| where ProcessName == "ollama" and SyslogMessage contains "Listening on "',
        '| extend address = extract(@"Listening on \\[?([0-9A-Fa-f.:]+?)\\]?:[0-9]+ \\(version", 1, SyslogMessage),',
        '    port = toint(extract(@":([0-9]+) \\(version", 1, SyslogMessage)),',
        '    version = extract(@"\\(version ([^)]*)\\)", 1, SyslogMessage)',
      ],
      time: "TimeGenerated",
    },
    columns: { observer: "Computer", address: "address", port: "port", version: "version" },
    untold: ["executable", "pid", "user"],
    fixed: { by: "server-line", product: "ollama" },
  },
  setting: {
    source: {
      lines: [
        "Syslog",
        '| where ProcessName == "ollama" and SyslogMessage contains "server config"',
        '| mv-expand pair = extract_all(@"(OLLAMA_[A-Z_]+):(\\[[^\\]]*\\]|[^\\s]+)", SyslogMessage)',
        '| extend name = tostring(pair[0]), value = trim(@"[\\[\\]]", tostring(pair[1]))',
      ],
      time: "TimeGenerated",
    },
    columns: { observer: "Computer", name: "name", value: "value" },
    fixed: { product: "ollama" },
  },
  file: {
    source: {
      lines: [
        "_Im_FileEvent()",
        '| extend action = case(EventType == "FileCreated", "created", EventType == "FileModified", "changed",',
        '    EventType == "FileDeleted", "deleted", "")',
      ],
      time: "TimeGenerated",
    },
    columns: {
      observer: "Dvc",
      product: "EventProduct",
      action: "action",
      path: "TargetFilePath",
      executable: "ActingProcessName",
      user: "ActorUsername",
    },
  },
  dns: {
    source: { lines: ["_Im_Dns()"], time: "TimeGenerated" },
    columns: {
      observer: "Dvc",
      product: "EventProduct",
      question: "DnsQuery",
      sourceIp: "SrcIpAddr",
      executable: "SrcProcessName",
    },
    untold: ["pid"],
  },
};
