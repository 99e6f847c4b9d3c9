import type {
  EventPlace,
  HttpEvent,
  NetworkEvent,
  ProcessEvent,
  ListenEvent,
  SettingEvent,
  FileEvent,
  DnsEvent,
  ControlEvent,
  LogEvent,
} from "./event.ts";

/** What every event needs. */
export interface EventHead {
  readonly at: number;
  readonly observer: string | null;
  readonly product: string;
  readonly place: EventPlace;
}

type Rest<Event extends LogEvent, Needed extends keyof Event> = Pick<Event, Needed> &
  Partial<Omit<Event, Needed | "class" | keyof EventHead>>;

/** A whole http event; what is left out is `null`; the address is the connection's unless it says otherwise. */
export function httpEvent(head: EventHead, rest: Rest<HttpEvent, "method" | "path">): HttpEvent {
  return {
    class: "http",
    at: head.at,
    observer: head.observer,
    product: head.product,
    place: head.place,
    method: rest.method,
    path: rest.path,
    query: rest.query ?? null,
    status: rest.status ?? null,
    durationMs: rest.durationMs ?? null,
    sourceIp: rest.sourceIp ?? null,
    sourcePort: rest.sourcePort ?? null,
    sourceTrust: rest.sourceTrust ?? "connection",
    destinationIp: rest.destinationIp ?? null,
    destinationPort: rest.destinationPort ?? null,
    host: rest.host ?? null,
    userAgent: rest.userAgent ?? null,
    origin: rest.origin ?? null,
    requestBytes: rest.requestBytes ?? null,
    responseBytes: rest.responseBytes ?? null,
    model: rest.model ?? null,
    promptTokens: rest.promptTokens ?? null,
    answerTokens: rest.answerTokens ?? null,
    user: rest.user ?? null,
    decision: rest.decision ?? null,
  };
}

/** A whole network event; what is left out is `null`. */
export function networkEvent(head: EventHead, rest: Rest<NetworkEvent, never>): NetworkEvent {
  return {
    class: "network",
    at: head.at,
    observer: head.observer,
    product: head.product,
    place: head.place,
    durationMs: rest.durationMs ?? null,
    sourceIp: rest.sourceIp ?? null,
    sourcePort: rest.sourcePort ?? null,
    destinationIp: rest.destinationIp ?? null,
    destinationPort: rest.destinationPort ?? null,
    transport: rest.transport ?? null,
    direction: rest.direction ?? null,
    action: rest.action ?? null,
    established: rest.established ?? null,
    sourceBytes: rest.sourceBytes ?? null,
    destinationBytes: rest.destinationBytes ?? null,
    executable: rest.executable ?? null,
    pid: rest.pid ?? null,
    user: rest.user ?? null,
  };
}

/** A whole process event; what is left out is `null`. */
export function processEvent(head: EventHead, rest: Rest<ProcessEvent, never>): ProcessEvent {
  return {
    class: "process",
    at: head.at,
    observer: head.observer,
    product: head.product,
    place: head.place,
    pid: rest.pid ?? null,
    parentPid: rest.parentPid ?? null,
    executable: rest.executable ?? null,
    commandLine: rest.commandLine ?? null,
    parentExecutable: rest.parentExecutable ?? null,
    parentCommandLine: rest.parentCommandLine ?? null,
    user: rest.user ?? null,
    unit: rest.unit ?? null,
    sha256: rest.sha256 ?? null,
  };
}

/** A whole listen event; what is left out is `null`. */
export function listenEvent(head: EventHead, rest: Rest<ListenEvent, "address" | "port" | "by">): ListenEvent {
  return {
    class: "listen",
    at: head.at,
    observer: head.observer,
    product: head.product,
    place: head.place,
    address: rest.address,
    port: rest.port,
    by: rest.by,
    executable: rest.executable ?? null,
    pid: rest.pid ?? null,
    user: rest.user ?? null,
    version: rest.version ?? null,
  };
}

/** A whole setting event; what is left out is `null`. */
export function settingEvent(head: EventHead, rest: Rest<SettingEvent, "name" | "value">): SettingEvent {
  return {
    class: "setting",
    at: head.at,
    observer: head.observer,
    product: head.product,
    place: head.place,
    name: rest.name,
    value: rest.value,
  };
}

/** A whole file event; what is left out is `null`. */
export function fileEvent(head: EventHead, rest: Rest<FileEvent, "action" | "path">): FileEvent {
  return {
    class: "file",
    at: head.at,
    observer: head.observer,
    product: head.product,
    place: head.place,
    action: rest.action,
    path: rest.path,
    executable: rest.executable ?? null,
    user: rest.user ?? null,
  };
}

/** A whole dns event; what is left out is `null`. */
export function dnsEvent(head: EventHead, rest: Rest<DnsEvent, "question">): DnsEvent {
  return {
    class: "dns",
    at: head.at,
    observer: head.observer,
    product: head.product,
    place: head.place,
    question: rest.question,
    sourceIp: rest.sourceIp ?? null,
    executable: rest.executable ?? null,
    pid: rest.pid ?? null,
  };
}

/** A whole control event; what is left out is `null`. */
export function controlEvent(head: EventHead, rest: Rest<ControlEvent, "control" | "action" | "name">): ControlEvent {
  return {
    class: "control",
    at: head.at,
    observer: head.observer,
    product: head.product,
    place: head.place,
    control: rest.control,
    action: rest.action,
    name: rest.name,
    executable: rest.executable ?? null,
    user: rest.user ?? null,
  };
}
