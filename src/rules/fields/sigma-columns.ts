import type { FieldTables } from "./column.ts";

/** Where Sigma looks. */
export interface SigmaLogsource {
  readonly category?: string;
  readonly product?: string;
  readonly service?: string;
}

/**
 * Fields by Sigma's taxonomy (sigma-specification 2, appendix taxonomy: webserver, firewall, process_creation, file_event, dns_query). What
 * the taxonomy does not know, a server's own lines above all, has a log source of its own with Corral's names; docs/rules.md tells how to
 * map them.
 */
export const SIGMA_COLUMNS: FieldTables<SigmaLogsource> = {
  http: {
    source: { category: "webserver" },
    columns: {
      observer: "host",
      product: "log_product",
      method: "cs-method",
      path: "cs-uri-stem",
      query: "cs-uri-query",
      status: "sc-status",
      durationMs: "time-taken",
      sourceIp: "c-ip",
      sourcePort: "c-port",
      sourceTrust: "c-ip-trust",
      destinationIp: "s-ip",
      destinationPort: "s-port",
      host: "cs-host",
      userAgent: "cs-user-agent",
      origin: "cs-origin",
      requestBytes: "cs-bytes",
      responseBytes: "sc-bytes",
      model: "model",
      promptTokens: "prompt_tokens",
      answerTokens: "answer_tokens",
      user: "cs-username",
      decision: "decision",
    },
  },
  network: {
    source: { category: "firewall" },
    columns: {
      observer: "host",
      product: "log_product",
      durationMs: "duration_ms",
      sourceIp: "src_ip",
      sourcePort: "src_port",
      destinationIp: "dst_ip",
      destinationPort: "dst_port",
      transport: "protocol",
      direction: "direction",
      action: "action",
      established: "established",
      sourceBytes: "bytes_out",
      destinationBytes: "bytes_in",
      executable: "Image",
      pid: "ProcessId",
      user: "username",
    },
  },
  process: {
    source: { category: "process_creation" },
    columns: {
      observer: "Computer",
      product: "log_product",
      pid: "ProcessId",
      parentPid: "ParentProcessId",
      executable: "Image",
      commandLine: "CommandLine",
      parentExecutable: "ParentImage",
      parentCommandLine: "ParentCommandLine",
      user: "User",
      unit: "unit",
      sha256: "sha256",
    },
  },
  listen: {
    source: { product: "ollama", service: "listen" },
    columns: {
      observer: "host",
      product: "log_product",
      address: "address",
      port: "port",
      by: "by",
      executable: "Image",
      pid: "ProcessId",
      user: "User",
      version: "version",
    },
  },
  setting: {
    source: { product: "ollama", service: "setting" },
    columns: { observer: "host", product: "log_product", name: "name", value: "value" },
  },
  file: {
    source: { category: "file_event" },
    columns: {
      observer: "Computer",
      product: "log_product",
      action: "action",
      path: "TargetFilename",
      executable: "Image",
      user: "User",
    },
  },
  dns: {
    source: { category: "dns_query" },
    columns: {
      observer: "Computer",
      product: "log_product",
      question: "QueryName",
      sourceIp: "src_ip",
      executable: "Image",
      pid: "ProcessId",
    },
  },
  control: {
    source: { product: "ollama", service: "control" },
    columns: {
      observer: "host",
      product: "log_product",
      control: "control",
      action: "action",
      name: "name",
      executable: "Image",
      user: "User",
    },
  },
};
