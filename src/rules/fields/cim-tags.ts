import type { FieldTables } from "./column.ts";

const PROCESS_END = { executable: "process_path", user: "user" } as const;

/**
 * Fields of Splunk's Common Information Model and the search that finds their rows; the server's own lines by the source type
 * `ollama:server`.
 *
 * @see Splunk Common Information Model add-on: Web, Network Traffic, Endpoint, Network Resolution
 */
export const CIM_TAGS: FieldTables<readonly string[]> = {
  http: {
    source: ["search tag=web"],
    columns: {
      observer: "host",
      product: "vendor_product",
      method: "http_method",
      path: "uri_path",
      query: "uri_query",
      status: "status",
      durationMs: "response_time",
      sourceIp: "src",
      sourcePort: "src_port",
      destinationIp: "dest",
      destinationPort: "dest_port",
      host: "site",
      userAgent: "http_user_agent",
      requestBytes: "bytes_in",
      responseBytes: "bytes_out",
      user: "user",
    },
    untold: ["sourceTrust", "origin", "model", "promptTokens", "answerTokens", "decision"],
  },
  network: {
    source: ["search tag=network tag=communicate"],
    columns: {
      observer: "host",
      product: "vendor_product",
      sourceIp: "src_ip",
      sourcePort: "src_port",
      destinationIp: "dest_ip",
      destinationPort: "dest_port",
      transport: "transport",
      direction: "direction",
      action: "action",
      sourceBytes: "bytes_out",
      destinationBytes: "bytes_in",
      executable: "app",
      user: "user",
      durationMs: "duration",
    },
    untold: ["established", "pid"],
    values: { action: { blocked: ["blocked", "dropped", "teardown"] } },
    scale: { durationMs: 0.001 },
  },
  process: {
    source: ["search tag=process tag=report"],
    columns: {
      observer: "dest",
      product: "vendor_product",
      pid: "process_id",
      parentPid: "parent_process_id",
      executable: "process_path",
      commandLine: "process",
      parentExecutable: "parent_process_path",
      parentCommandLine: "parent_process",
      user: "user",
      sha256: "process_hash",
    },
    untold: ["unit"],
  },
  listen: {
    source: [
      'search sourcetype="ollama:server" "Listening on"',
      '| rex "Listening on (?:\\x5b)?(?<address>[0-9A-Fa-f.:]+?)(?:\\x5d)?:(?<port>\\d+) [(]version (?<version>[^)]*)[)]"',
    ],
    columns: { observer: "host", address: "address", port: "port", version: "version" },
    untold: ["executable", "pid", "user"],
    fixed: { by: "server-line", product: "ollama" },
  },
  setting: {
    source: [
      'search sourcetype="ollama:server" "server config"',
      '| rex "(?<pair>OLLAMA_[A-Z_]+:(?:\\x5b[^\\x5d]*\\x5d|\\S+))" max_match=100',
      "| mvexpand pair",
      '| rex field=pair "^(?<name>[A-Z_]+):(?<value>.*)$"',
    ],
    columns: { observer: "host", name: "name", value: "value" },
    fixed: { product: "ollama" },
  },
  file: {
    source: ["search tag=endpoint tag=filesystem"],
    columns: { observer: "dest", product: "vendor_product", action: "action", path: "file_path", ...PROCESS_END },
    values: { action: { changed: ["modified", "updated"] } },
  },
  dns: {
    source: ["search tag=network tag=resolution tag=dns"],
    columns: {
      observer: "host",
      product: "vendor_product",
      question: "query",
      sourceIp: "src",
      executable: "process_path",
    },
    untold: ["pid"],
  },
};
