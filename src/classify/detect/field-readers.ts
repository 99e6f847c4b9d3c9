import type { EventClass, EventOf, LogEvent } from "../../model/event.ts";

/** What a field of an event holds. */
export type FieldValue = string | number | boolean | null;
/** Reads one field of the events of one class; `null` of the others. */
export type FieldReader = (event: LogEvent) => FieldValue;

type OwnField<Class extends EventClass> = Exclude<keyof EventOf<Class>, "class" | "at" | "place">;
type Readers = { readonly [Class in EventClass]: { readonly [Field in OwnField<Class>]: FieldReader } };

/**
 * A function of its own for each field of each class: the engine sees one shape of event at each, and reads it without a search. A common
 * function with the field's name as an argument is several times slower.
 */
export const FIELD_READERS: Readers = {
  http: {
    observer: (event) => (event.class === "http" ? event.observer : null),
    product: (event) => (event.class === "http" ? event.product : null),
    method: (event) => (event.class === "http" ? event.method : null),
    path: (event) => (event.class === "http" ? event.path : null),
    query: (event) => (event.class === "http" ? event.query : null),
    status: (event) => (event.class === "http" ? event.status : null),
    durationMs: (event) => (event.class === "http" ? event.durationMs : null),
    sourceIp: (event) => (event.class === "http" ? event.sourceIp : null),
    sourcePort: (event) => (event.class === "http" ? event.sourcePort : null),
    sourceTrust: (event) => (event.class === "http" ? event.sourceTrust : null),
    destinationIp: (event) => (event.class === "http" ? event.destinationIp : null),
    destinationPort: (event) => (event.class === "http" ? event.destinationPort : null),
    host: (event) => (event.class === "http" ? event.host : null),
    userAgent: (event) => (event.class === "http" ? event.userAgent : null),
    origin: (event) => (event.class === "http" ? event.origin : null),
    requestBytes: (event) => (event.class === "http" ? event.requestBytes : null),
    responseBytes: (event) => (event.class === "http" ? event.responseBytes : null),
    model: (event) => (event.class === "http" ? event.model : null),
    promptTokens: (event) => (event.class === "http" ? event.promptTokens : null),
    answerTokens: (event) => (event.class === "http" ? event.answerTokens : null),
    user: (event) => (event.class === "http" ? event.user : null),
    decision: (event) => (event.class === "http" ? event.decision : null),
  },
  network: {
    observer: (event) => (event.class === "network" ? event.observer : null),
    product: (event) => (event.class === "network" ? event.product : null),
    durationMs: (event) => (event.class === "network" ? event.durationMs : null),
    sourceIp: (event) => (event.class === "network" ? event.sourceIp : null),
    sourcePort: (event) => (event.class === "network" ? event.sourcePort : null),
    destinationIp: (event) => (event.class === "network" ? event.destinationIp : null),
    destinationPort: (event) => (event.class === "network" ? event.destinationPort : null),
    transport: (event) => (event.class === "network" ? event.transport : null),
    direction: (event) => (event.class === "network" ? event.direction : null),
    action: (event) => (event.class === "network" ? event.action : null),
    established: (event) => (event.class === "network" ? event.established : null),
    sourceBytes: (event) => (event.class === "network" ? event.sourceBytes : null),
    destinationBytes: (event) => (event.class === "network" ? event.destinationBytes : null),
    executable: (event) => (event.class === "network" ? event.executable : null),
    pid: (event) => (event.class === "network" ? event.pid : null),
    user: (event) => (event.class === "network" ? event.user : null),
  },
  process: {
    observer: (event) => (event.class === "process" ? event.observer : null),
    product: (event) => (event.class === "process" ? event.product : null),
    pid: (event) => (event.class === "process" ? event.pid : null),
    parentPid: (event) => (event.class === "process" ? event.parentPid : null),
    executable: (event) => (event.class === "process" ? event.executable : null),
    commandLine: (event) => (event.class === "process" ? event.commandLine : null),
    parentExecutable: (event) => (event.class === "process" ? event.parentExecutable : null),
    parentCommandLine: (event) => (event.class === "process" ? event.parentCommandLine : null),
    user: (event) => (event.class === "process" ? event.user : null),
    unit: (event) => (event.class === "process" ? event.unit : null),
    sha256: (event) => (event.class === "process" ? event.sha256 : null),
  },
  listen: {
    observer: (event) => (event.class === "listen" ? event.observer : null),
    product: (event) => (event.class === "listen" ? event.product : null),
    address: (event) => (event.class === "listen" ? event.address : null),
    port: (event) => (event.class === "listen" ? event.port : null),
    by: (event) => (event.class === "listen" ? event.by : null),
    executable: (event) => (event.class === "listen" ? event.executable : null),
    pid: (event) => (event.class === "listen" ? event.pid : null),
    user: (event) => (event.class === "listen" ? event.user : null),
    version: (event) => (event.class === "listen" ? event.version : null),
  },
  setting: {
    observer: (event) => (event.class === "setting" ? event.observer : null),
    product: (event) => (event.class === "setting" ? event.product : null),
    name: (event) => (event.class === "setting" ? event.name : null),
    value: (event) => (event.class === "setting" ? event.value : null),
  },
  file: {
    observer: (event) => (event.class === "file" ? event.observer : null),
    product: (event) => (event.class === "file" ? event.product : null),
    action: (event) => (event.class === "file" ? event.action : null),
    path: (event) => (event.class === "file" ? event.path : null),
    executable: (event) => (event.class === "file" ? event.executable : null),
    user: (event) => (event.class === "file" ? event.user : null),
  },
  dns: {
    observer: (event) => (event.class === "dns" ? event.observer : null),
    product: (event) => (event.class === "dns" ? event.product : null),
    question: (event) => (event.class === "dns" ? event.question : null),
    sourceIp: (event) => (event.class === "dns" ? event.sourceIp : null),
    executable: (event) => (event.class === "dns" ? event.executable : null),
    pid: (event) => (event.class === "dns" ? event.pid : null),
  },
  control: {
    observer: (event) => (event.class === "control" ? event.observer : null),
    product: (event) => (event.class === "control" ? event.product : null),
    control: (event) => (event.class === "control" ? event.control : null),
    action: (event) => (event.class === "control" ? event.action : null),
    name: (event) => (event.class === "control" ? event.name : null),
    executable: (event) => (event.class === "control" ? event.executable : null),
    user: (event) => (event.class === "control" ? event.user : null),
  },
};
