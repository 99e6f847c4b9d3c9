/** What kind of thing a row of a log tells; each has its class of OCSF (`knowledge/event-fields.ts`). */
export const EVENT_CLASSES = ["http", "network", "process", "listen", "setting", "file", "dns", "control"] as const;
export type EventClass = (typeof EVENT_CLASSES)[number];

/** Where the row stands, and its words: what an alert shows as evidence. */
export interface EventPlace {
  /** Number of the source in the hunt, from 0. */
  readonly source: number;
  /** From 1; of a row in a binary file its record number. */
  readonly line: number;
  /** Bytes from the beginning of the unpacked file. */
  readonly offset: number;
  /** The row as it stands, never shown raw. */
  readonly text: string;
}

/** What every event has. `null` always means: this source does not tell. */
interface EventBase {
  /** Milliseconds since 1970, UTC: when it began. */
  readonly at: number;
  /** Name of the machine that saw it, as the row tells; `null` = the row does not say. */
  readonly observer: string | null;
  /** Which log said so: `ollama`, `nginx`, `zeek` … */
  readonly product: string;
  readonly place: EventPlace;
}

/**
 * How a row knows the client's address: from the connection itself, or from what the client may have written into a header
 * (Ollama's own log: gin trusts X-Forwarded-For of anybody).
 */
export type AddressTrust = "connection" | "claimed";

/** One request and its answer (OCSF HTTP Activity, 4002). */
export interface HttpEvent extends EventBase {
  readonly class: "http";
  /** In capitals. */
  readonly method: string;
  /** Without query, as asked. */
  readonly path: string;
  /** Without `?`. */
  readonly query: string | null;
  readonly status: number | null;
  readonly durationMs: number | null;
  readonly sourceIp: string | null;
  readonly sourcePort: number | null;
  readonly sourceTrust: AddressTrust;
  readonly destinationIp: string | null;
  readonly destinationPort: number | null;
  /** The Host header. */
  readonly host: string | null;
  readonly userAgent: string | null;
  readonly origin: string | null;
  readonly requestBytes: number | null;
  readonly responseBytes: number | null;
  readonly model: string | null;
  readonly promptTokens: number | null;
  readonly answerTokens: number | null;
  /** Name of the key or login that asked. */
  readonly user: string | null;
  /** What a gateway decided (`allowed`, `denied`, `failed`). */
  readonly decision: string | null;
}

/** One connection, or one packet that a filter told of (OCSF Network Activity, 4001). */
export interface NetworkEvent extends EventBase {
  readonly class: "network";
  readonly durationMs: number | null;
  /** Who opened the connection. */
  readonly sourceIp: string | null;
  readonly sourcePort: number | null;
  readonly destinationIp: string | null;
  readonly destinationPort: number | null;
  /** `tcp`, `udp` … in small letters. */
  readonly transport: string | null;
  /** Seen from the machine with the model server. */
  readonly direction: "inbound" | "outbound" | null;
  readonly action: "allowed" | "blocked" | null;
  /** Whether bytes went both ways; `false` = an attempt alone. */
  readonly established: boolean | null;
  readonly sourceBytes: number | null;
  readonly destinationBytes: number | null;
  /** Path of the program at this machine's end. */
  readonly executable: string | null;
  readonly pid: number | null;
  readonly user: string | null;
}

/** A program that was started (OCSF Process Activity, 1007). */
export interface ProcessEvent extends EventBase {
  readonly class: "process";
  readonly pid: number | null;
  readonly parentPid: number | null;
  readonly executable: string | null;
  readonly commandLine: string | null;
  readonly parentExecutable: string | null;
  readonly parentCommandLine: string | null;
  readonly user: string | null;
  /** systemd unit, container or cgroup path. */
  readonly unit: string | null;
  readonly sha256: string | null;
}

/** A socket that listens, by whatever tells so (OCSF Network Activity, 4001, Listen). */
export interface ListenEvent extends EventBase {
  readonly class: "listen";
  /** `0.0.0.0`, `::`, an address. */
  readonly address: string;
  readonly port: number;
  /** `server-line` is the server's own word (`Listening on`); `bind` a system call, `filter` Windows' 5154 and 5158. */
  readonly by: "server-line" | "bind" | "filter" | "socket";
  readonly executable: string | null;
  readonly pid: number | null;
  readonly user: string | null;
  /** Version of the server that said so. */
  readonly version: string | null;
}

/** What a server says it is set to at its start (OCSF Device Config State, 5002). */
export interface SettingEvent extends EventBase {
  readonly class: "setting";
  /** `OLLAMA_HOST`. */
  readonly name: string;
  readonly value: string;
}

/** A file that came, changed or went (OCSF File System Activity, 1001). */
export interface FileEvent extends EventBase {
  readonly class: "file";
  readonly action: "created" | "changed" | "deleted" | "truncated";
  readonly path: string;
  readonly executable: string | null;
  readonly user: string | null;
}

/** A name that was looked up (OCSF DNS Activity, 4003). */
export interface DnsEvent extends EventBase {
  readonly class: "dns";
  /** In small letters, without the last dot. */
  readonly question: string;
  readonly sourceIp: string | null;
  readonly executable: string | null;
  readonly pid: number | null;
}

/** Something that guards or records was changed (OCSF Device Config State Change, 5019). */
export interface ControlEvent extends EventBase {
  readonly class: "control";
  readonly control: "firewall" | "audit" | "gateway" | "log" | "service";
  readonly action: "added" | "removed" | "changed" | "started" | "stopped" | "failed" | "truncated";
  /** Name of the rule, unit or file. */
  readonly name: string;
  readonly executable: string | null;
  readonly user: string | null;
}

/** A normalised row of a log. */
export type LogEvent =
  HttpEvent | NetworkEvent | ProcessEvent | ListenEvent | SettingEvent | FileEvent | DnsEvent | ControlEvent;

/** The event of one class. */
export type EventOf<Class extends EventClass> = Extract<LogEvent, { readonly class: Class }>;
