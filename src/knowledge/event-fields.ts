import type { EventField } from "../model/condition.ts";
import type { EventClass } from "../model/event.ts";

/** What kind of value a field has; an `address` is a text that `network` and `cidr` can judge. */
export type FieldType = "text" | "number" | "flag" | "address";

/** What others call the field. `null` = their schema has no name for it. */
export interface FieldNames {
  /** Elastic Common Schema. */
  readonly ecs: string | null;
  /** OCSF 1.x, path inside the class. */
  readonly ocsf: string | null;
}

/** One field that a condition may ask. */
export interface FieldRow extends FieldNames {
  readonly title: string;
  readonly type: FieldType;
  readonly classes: readonly EventClass[];
  /** Classes in which others call it something else. */
  readonly except?: Readonly<Partial<Record<EventClass, FieldNames>>>;
  /** Follows from other fields: no log has a column for it. */
  readonly derived?: true;
}

const EVERY = ["http", "network", "process", "listen", "setting", "file", "dns", "control"] as const;
const TRAFFIC = ["http", "network"] as const;

/** Every field that a condition may ask, with the names that ECS 8 and OCSF 1.x give it. */
export const EVENT_FIELDS = {
  observer: {
    title: "machine that saw it",
    type: "text",
    classes: EVERY,
    ecs: "observer.hostname",
    ocsf: "metadata.loggers.device.hostname",
  },
  product: {
    title: "log that says so",
    type: "text",
    classes: EVERY,
    ecs: "observer.product",
    ocsf: "metadata.product.name",
  },
  method: {
    title: "method",
    type: "text",
    classes: ["http"],
    ecs: "http.request.method",
    ocsf: "http_request.http_method",
  },
  path: {
    title: "path",
    type: "text",
    classes: ["http", "file"],
    ecs: "url.path",
    ocsf: "http_request.url.path",
    except: { file: { ecs: "file.path", ocsf: "file.path" } },
  },
  query: { title: "query", type: "text", classes: ["http"], ecs: "url.query", ocsf: "http_request.url.query_string" },
  status: {
    title: "status",
    type: "number",
    classes: ["http"],
    ecs: "http.response.status_code",
    ocsf: "http_response.code",
  },
  durationMs: {
    title: "duration, milliseconds",
    type: "number",
    classes: TRAFFIC,
    ecs: "event.duration",
    ocsf: "duration",
  },
  sourceIp: {
    title: "client's address",
    type: "address",
    classes: ["http", "network", "dns"],
    ecs: "source.ip",
    ocsf: "src_endpoint.ip",
  },
  sourcePort: {
    title: "client's port",
    type: "number",
    classes: TRAFFIC,
    ecs: "source.port",
    ocsf: "src_endpoint.port",
  },
  sourceTrust: { title: "how the client's address is known", type: "text", classes: ["http"], ecs: null, ocsf: null },
  destinationIp: {
    title: "server's address",
    type: "address",
    classes: TRAFFIC,
    ecs: "destination.ip",
    ocsf: "dst_endpoint.ip",
  },
  destinationPort: {
    title: "server's port",
    type: "number",
    classes: TRAFFIC,
    ecs: "destination.port",
    ocsf: "dst_endpoint.port",
  },
  host: { title: "Host header", type: "text", classes: ["http"], ecs: "url.domain", ocsf: "http_request.url.hostname" },
  userAgent: {
    title: "user agent",
    type: "text",
    classes: ["http"],
    ecs: "user_agent.original",
    ocsf: "http_request.user_agent",
  },
  origin: { title: "Origin header", type: "text", classes: ["http"], ecs: null, ocsf: "http_request.http_headers" },
  requestBytes: {
    title: "bytes asked",
    type: "number",
    classes: ["http"],
    ecs: "http.request.bytes",
    ocsf: "http_request.length",
  },
  responseBytes: {
    title: "bytes answered",
    type: "number",
    classes: ["http"],
    ecs: "http.response.bytes",
    ocsf: "http_response.length",
  },
  model: { title: "model", type: "text", classes: ["http"], ecs: null, ocsf: "ai_model.name" },
  promptTokens: { title: "tokens asked", type: "number", classes: ["http"], ecs: null, ocsf: null },
  answerTokens: { title: "tokens answered", type: "number", classes: ["http"], ecs: null, ocsf: null },
  user: {
    title: "key, login or account",
    type: "text",
    classes: ["http", "network", "process", "listen", "file", "control"],
    ecs: "user.name",
    ocsf: "actor.user.name",
    except: { process: { ecs: "user.name", ocsf: "process.user.name" } },
  },
  decision: { title: "gateway's decision", type: "text", classes: ["http"], ecs: "event.outcome", ocsf: "disposition" },
  transport: {
    title: "transport",
    type: "text",
    classes: ["network"],
    ecs: "network.transport",
    ocsf: "connection_info.protocol_name",
  },
  direction: {
    title: "direction",
    type: "text",
    classes: ["network"],
    ecs: "network.direction",
    ocsf: "connection_info.direction",
  },
  action: {
    title: "action",
    type: "text",
    classes: ["network", "file", "control"],
    ecs: "event.action",
    ocsf: "action",
    except: {
      file: { ecs: "event.action", ocsf: "activity_name" },
      control: { ecs: "event.action", ocsf: "activity_name" },
    },
  },
  established: { title: "bytes went both ways", type: "flag", classes: ["network"], ecs: null, ocsf: null },
  sourceBytes: {
    title: "bytes of the client",
    type: "number",
    classes: ["network"],
    ecs: "source.bytes",
    ocsf: "traffic.bytes_out",
  },
  destinationBytes: {
    title: "bytes of the server",
    type: "number",
    classes: ["network"],
    ecs: "destination.bytes",
    ocsf: "traffic.bytes_in",
  },
  executable: {
    title: "program",
    type: "text",
    classes: ["network", "process", "listen", "file", "dns", "control"],
    ecs: "process.executable",
    ocsf: "actor.process.file.path",
    except: { process: { ecs: "process.executable", ocsf: "process.file.path" } },
  },
  pid: {
    title: "number of the process",
    type: "number",
    classes: ["network", "process", "listen", "dns"],
    ecs: "process.pid",
    ocsf: "actor.process.pid",
    except: { process: { ecs: "process.pid", ocsf: "process.pid" } },
  },
  parentPid: {
    title: "number of the parent",
    type: "number",
    classes: ["process"],
    ecs: "process.parent.pid",
    ocsf: "process.parent_process.pid",
  },
  commandLine: {
    title: "command line",
    type: "text",
    classes: ["process"],
    ecs: "process.command_line",
    ocsf: "process.cmd_line",
  },
  parentExecutable: {
    title: "parent's program",
    type: "text",
    classes: ["process"],
    ecs: "process.parent.executable",
    ocsf: "process.parent_process.file.path",
  },
  parentCommandLine: {
    title: "parent's command line",
    type: "text",
    classes: ["process"],
    ecs: "process.parent.command_line",
    ocsf: "process.parent_process.cmd_line",
  },
  unit: {
    title: "unit or container",
    type: "text",
    classes: ["process"],
    ecs: "container.id",
    ocsf: "process.container.name",
  },
  sha256: {
    title: "SHA-256 of the program",
    type: "text",
    classes: ["process"],
    ecs: "process.hash.sha256",
    ocsf: "process.file.hashes",
  },
  address: {
    title: "address listened on",
    type: "address",
    classes: ["listen"],
    ecs: "server.ip",
    ocsf: "dst_endpoint.ip",
  },
  port: {
    title: "port listened on",
    type: "number",
    classes: ["listen"],
    ecs: "server.port",
    ocsf: "dst_endpoint.port",
  },
  by: { title: "what tells of the socket", type: "text", classes: ["listen"], ecs: null, ocsf: null },
  version: { title: "server's version", type: "text", classes: ["listen"], ecs: "service.version", ocsf: null },
  name: {
    title: "name",
    type: "text",
    classes: ["setting", "control"],
    ecs: null,
    ocsf: "unmapped.name",
    except: { control: { ecs: "rule.name", ocsf: "device.name" } },
  },
  value: { title: "value", type: "text", classes: ["setting"], ecs: null, ocsf: "unmapped.value" },
  question: {
    title: "name looked up",
    type: "text",
    classes: ["dns"],
    ecs: "dns.question.name",
    ocsf: "query.hostname",
  },
  control: { title: "what guards or records", type: "text", classes: ["control"], ecs: null, ocsf: null },
  route: { title: "model server's route", type: "text", classes: ["http"], ecs: null, ocsf: null, derived: true },
  risk: { title: "route's class, A to D", type: "text", classes: ["http"], ecs: null, ocsf: null, derived: true },
  toServer: {
    title: "goes to a model server's port",
    type: "flag",
    classes: TRAFFIC,
    ecs: null,
    ocsf: null,
    derived: true,
  },
  knownChild: {
    title: "a program the server starts itself",
    type: "flag",
    classes: ["process"],
    ecs: null,
    ocsf: null,
    derived: true,
  },
  hour: { title: "hour of the day, UTC", type: "number", classes: EVERY, ecs: null, ocsf: null, derived: true },
} as const satisfies Readonly<Record<EventField, FieldRow>>;

/** Number of each class in OCSF 1.x. */
export const EVENT_CLASS_UIDS = {
  http: 4002,
  network: 4001,
  process: 1007,
  listen: 4001,
  setting: 5002,
  file: 1001,
  dns: 4003,
  control: 5019,
} as const satisfies Readonly<Record<EventClass, number>>;
