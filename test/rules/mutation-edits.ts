import type { HttpEvent, LogEvent } from "../../src/model/event.ts";

/** What an edit makes of one event; the number is its place in the story. */
export type Edit = (event: LogEvent, index: number) => LogEvent;

const DOTTED = /(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])(?::(?=\d))?/gu;
const WORDS = ["commandLine", "parentCommandLine", "value", "name", "host"] as const;
const ADDRESSES = ["sourceIp", "destinationIp", "address"] as const;
const PORTS = ["sourcePort", "destinationPort", "port"] as const;

/** The event with fields replaced; those that it does not have or that are `null` stay as they are. */
function withFields(event: LogEvent, names: readonly string[], change: (value: never) => unknown): LogEvent {
  const made: Record<string, unknown> = { ...event };
  for (const name of names) {
    const value = made[name];
    if (value !== null && value !== undefined) made[name] = change(value as never);
  }
  return made as unknown as LogEvent;
}

/** Every address that is one of IPv4, in whatever spelling. */
export function readdress(change: (dotted: string) => string): Edit {
  const bare = (text: string): string => {
    const dotted = text.replace(/^::ffff:/iu, "");
    return dotted.includes(":") || !dotted.includes(".") ? text : change(dotted);
  };
  return (event) => withFields(event, ADDRESSES, bare);
}

/** The same in the words of commands and settings, in brackets before a port. */
export function readdressWords(change: (dotted: string) => string): Edit {
  const inWords = (text: string): string =>
    text.replace(DOTTED, (found) => (found.endsWith(":") ? `[${change(found.slice(0, -1))}]:` : change(found)));
  return (event) => withFields(event, WORDS, inWords);
}

function hexPair(bytes: readonly number[], at: number): string {
  return ((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)).toString(16);
}

/** How far each IPv4 address reaches, and where one that reaches as far lies in IPv6; the first row that fits. */
const AS_FAR: readonly (readonly [begins: RegExp, ipv6: string])[] = [
  [/^127\./u, "::1"],
  [/^0\.0\.0\.0$/u, "::"],
  [/^169\.254\.169\.254$/u, "fd00:ec2::254"],
  [/^169\.254\./u, "fe80::"],
  [/^(?:10\.7|192\.0\.2)\./u, "2001:db8:64::"],
  [/^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.64)\./u, "fd12:3456:789a::"],
  [/^/u, "2001:db8:bad::"],
];

/** An IPv6 address that reaches as far as an IPv4 address does in the world of the stories. */
export function asIpv6(dotted: string): string {
  const ipv6 = AS_FAR.find(([begins]) => begins.test(dotted))?.[1] ?? "::";
  const bytes = dotted.split(".").map(Number);
  return ipv6.endsWith("::") && ipv6 !== "::" ? `${ipv6}${hexPair(bytes, 0)}:${hexPair(bytes, 2)}` : ipv6;
}

/** The server's port is another one, in fields and in the words of commands and settings. */
export function toPort(port: number): Edit {
  const number = (value: number): number => (value === 11_434 ? port : value);
  const words = (text: string): string => text.replaceAll("11434", String(port));
  return (event) => withFields(withFields(event, PORTS, number), WORDS, words);
}

/** What the server's own log says of the client when a header names this address. */
export function claiming(address: (index: number) => string): Edit {
  return (event, index) =>
    event.class === "http" && event.sourceTrust === "claimed" ? { ...event, sourceIp: address(index) } : event;
}

/** A request as the server's own log alone would tell it: neither ports nor headers, bytes or models, and any address. */
export function onlyByServer(address: (told: string | null) => string | null): Edit {
  return (event) => (event.class === "http" ? ginRow(event, address(event.sourceIp)) : event);
}

function ginRow(event: HttpEvent, sourceIp: string | null): HttpEvent {
  const unknown = { sourcePort: null, destinationIp: null, destinationPort: null, host: null, userAgent: null };
  const unsaid = { origin: null, requestBytes: null, responseBytes: null, model: null, promptTokens: null };
  const rest = { answerTokens: null, user: null, decision: null };
  return { ...event, ...unknown, ...unsaid, ...rest, product: "ollama", sourceTrust: "claimed", sourceIp };
}

const OWN_MACHINE = /^(?:127\.|::1$|::ffff:127\.)/u;

/** Whoever comes from another machine comes from one address, because something between rewrites it. */
export function throughOne(address: string, executable: string | null): Edit {
  return (event) => {
    if (event.class !== "http" && event.class !== "network") return event;
    if (event.sourceIp === null || OWN_MACHINE.test(event.sourceIp)) return event;
    if (event.class === "http") return { ...event, sourceIp: address };
    if (event.direction === "outbound") return event;
    const program = event.executable === null || executable === null ? event.executable : executable;
    return { ...event, sourceIp: address, executable: program };
  };
}

/** The parent of every program is another, or none is told. */
export function reparented(parent: {
  readonly parentPid: number | null;
  readonly parentExecutable: string | null;
  readonly parentCommandLine: string | null;
}): Edit {
  return (event) => (event.class === "process" ? { ...event, ...parent } : event);
}

const FIRST_WORD = /^"?[^" ]*/u;

function renamedPath(path: string, name: string): string {
  const folder = path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return `${folder}${name}${path.toLowerCase().endsWith(".exe") ? ".exe" : ""}`;
}

function renamedCommand(line: string, name: string): string {
  return line.replace(FIRST_WORD, (word) =>
    word.startsWith('"') ? `"${renamedPath(word.slice(1), name)}` : renamedPath(word, name),
  );
}

/** The program that was started bears another name, in the same folder. */
export const renamedChild: Edit = (event) => {
  if (event.class !== "process") return event;
  const { executable, commandLine } = event;
  return {
    ...event,
    executable: executable === null ? null : renamedPath(executable, "updater"),
    commandLine: commandLine === null ? null : renamedCommand(commandLine, "updater"),
  };
};

/** The program of the server bears another name: as a parent, and where it connects, listens, looks up or writes. */
export const renamedServer: Edit = (event) => {
  if (event.class === "process") {
    const { parentExecutable, parentCommandLine } = event;
    return {
      ...event,
      parentExecutable: parentExecutable === null ? null : renamedPath(parentExecutable, "modeld"),
      parentCommandLine: parentCommandLine === null ? null : renamedCommand(parentCommandLine, "modeld"),
    };
  }
  return withFields(event, ["executable"], (path: string) => renamedPath(path, "modeld"));
};
