import type { FieldTables } from "./column.ts";

/** Which events of Elastic's a rule reads. */
export interface EcsSource {
  /** `event.category`; `any` where products differ. */
  readonly category: string;
  /** Type of event (`event.type`) within it; `null` = every. */
  readonly type: string | null;
}

const EVERYWHERE = { observer: "host.name", product: "event.module" } as const;

/**
 * Fields of Elastic Common Schema 8, as Elastic Defend and the integrations fill them in.
 *
 * @see Elastic Common Schema 8, field reference: categorization fields and field sets
 */
export const ECS_COLUMNS: FieldTables<EcsSource> = {
  http: {
    source: { category: "web", type: null },
    columns: {
      ...EVERYWHERE,
      method: "http.request.method",
      path: "url.path",
      query: "url.query",
      status: "http.response.status_code",
      durationMs: "event.duration",
      sourceIp: "source.ip",
      sourcePort: "source.port",
      destinationIp: "destination.ip",
      destinationPort: "destination.port",
      host: "url.domain",
      userAgent: "user_agent.original",
      requestBytes: "http.request.bytes",
      responseBytes: "http.response.bytes",
      user: "user.name",
    },
    untold: ["sourceTrust", "origin", "model", "promptTokens", "answerTokens", "decision"],
    scale: { durationMs: 1_000_000 },
  },
  network: {
    source: { category: "network", type: null },
    columns: {
      ...EVERYWHERE,
      durationMs: "event.duration",
      sourceIp: "source.ip",
      sourcePort: "source.port",
      destinationIp: "destination.ip",
      destinationPort: "destination.port",
      transport: "network.transport",
      direction: "network.direction",
      action: "event.type",
      sourceBytes: "source.bytes",
      destinationBytes: "destination.bytes",
      executable: "process.executable",
      pid: "process.pid",
      user: "user.name",
    },
    untold: ["established"],
    values: {
      direction: { inbound: ["inbound", "ingress"], outbound: ["outbound", "egress"] },
      action: { blocked: ["denied"] },
    },
    scale: { durationMs: 1_000_000 },
  },
  process: {
    source: { category: "process", type: "start" },
    columns: {
      ...EVERYWHERE,
      pid: "process.pid",
      parentPid: "process.parent.pid",
      executable: "process.executable",
      commandLine: "process.command_line",
      parentExecutable: "process.parent.executable",
      parentCommandLine: "process.parent.command_line",
      user: "user.name",
      sha256: "process.hash.sha256",
    },
    untold: ["unit"],
  },
  file: {
    source: { category: "file", type: null },
    columns: {
      ...EVERYWHERE,
      action: "event.action",
      path: "file.path",
      executable: "process.executable",
      user: "user.name",
    },
    values: {
      action: {
        created: ["creation", "created"],
        changed: ["modification", "overwrite", "changed"],
        deleted: ["deletion", "deleted"],
        truncated: ["truncated"],
      },
    },
  },
  dns: {
    source: { category: "any", type: null },
    columns: {
      ...EVERYWHERE,
      question: "dns.question.name",
      sourceIp: "source.ip",
      executable: "process.executable",
      pid: "process.pid",
    },
  },
};
