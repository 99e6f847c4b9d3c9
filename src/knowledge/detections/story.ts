import type { DetectionExample } from "../../model/detection.ts";
import type { ControlEvent, LogEvent, NetworkEvent } from "../../model/event.ts";
import {
  controlEvent,
  dnsEvent,
  fileEvent,
  httpEvent,
  listenEvent,
  networkEvent,
  processEvent,
  settingEvent,
} from "../../model/make-event.ts";
import type { EventHead } from "../../model/make-event.ts";

/** When every story begins: 2026-03-01T09:00:00Z, in milliseconds since 1970. */
const STORY_START = 1_772_355_600_000;

/** What the user of every story said of their world: prefixes of their own, and ports on which a model server listens. */
export const STORY_SETTING = {
  known: ["192.0.2.64/26", "2001:db8:64::/48", "10.7.0.0/16"],
  serverPorts: [11_434],
} as const;

/** Addresses of the stories: documentation ranges stand for the Internet. */
export const STRANGER = "203.0.113.9";
export const OTHER_STRANGER = "203.0.113.77";
export const STRANGER_6 = "2001:db8:bad::9";
/** The machine with the model server. */
export const SERVER = "198.51.100.10";
export const SERVER_6 = "2001:db8:5e::10";
/** One of the user's own prefixes. */
export const KNOWN = "192.0.2.70";
export const KNOWN_6 = "2001:db8:64::7";
/** A private address that is the user's own. */
export const KNOWN_LAN = "10.7.0.5";
export const COLLEAGUE = "192.168.1.20";
/** What a server in a container sees of everybody who comes through docker-proxy. */
export const DOCKER_BRIDGE = "172.17.0.1";

const OLLAMA = "/usr/local/bin/ollama";
/** The machine that saw it, unless a story says another. */
const OBSERVER = "gpu-1";

type Head = Partial<Pick<EventHead, "observer" | "product">>;
type More<Make extends (head: EventHead, rest: never) => LogEvent, Given extends PropertyKey> = Omit<
  Parameters<Make>[1],
  Given
> &
  Head;

const NOWHERE = { source: 0, line: 1, offset: 0, text: "" };

function head(second: number, product: string, more: Head): EventHead {
  const observer = more.observer === undefined ? OBSERVER : more.observer;
  return { at: STORY_START + second * 1000, observer, product: more.product ?? product, place: NOWHERE };
}

/** A request as a proxy saw it, so many seconds into the story; `request` is method and path. */
export function http(
  second: number,
  request: string,
  sourceIp: string,
  more: More<typeof httpEvent, "method" | "path" | "sourceIp"> = {},
): LogEvent {
  const [method = "", path = ""] = request.split(" ");
  return httpEvent(head(second, "nginx", more), { status: 200, ...more, method, path, sourceIp });
}

/** A request as Ollama's own log tells it, with the address that gin believed. */
export function gin(
  second: number,
  request: string,
  sourceIp: string,
  more: More<typeof httpEvent, "method" | "path" | "sourceIp"> = {},
): LogEvent {
  return http(second, request, sourceIp, { product: "ollama", sourceTrust: "claimed", ...more });
}

/** A connection to the server's port. */
export function inbound(second: number, sourceIp: string, more: More<typeof networkEvent, "sourceIp"> = {}): LogEvent {
  return networkEvent(head(second, "zeek", more), {
    sourcePort: 51_514,
    destinationIp: SERVER,
    destinationPort: 11_434,
    transport: "tcp",
    direction: "inbound",
    established: true,
    ...more,
    sourceIp,
  });
}

/** A connection that the server's own program opens. */
export function outbound(
  second: number,
  destinationIp: string,
  destinationPort: number,
  more: More<typeof networkEvent, "destinationIp" | "destinationPort"> = {},
): LogEvent {
  return networkEvent(head(second, "sysmon", more), {
    sourceIp: SERVER,
    sourcePort: 40_404,
    transport: "tcp",
    direction: "outbound",
    established: true,
    executable: OLLAMA,
    user: "ollama",
    ...more,
    destinationIp,
    destinationPort,
  });
}

/** A program that `ollama serve` starts. */
export function child(
  second: number,
  executable: string,
  commandLine: string,
  more: More<typeof processEvent, "executable" | "commandLine"> = {},
): LogEvent {
  return processEvent(head(second, "auditd", more), {
    pid: 4_242,
    parentPid: 1_234,
    parentExecutable: OLLAMA,
    parentCommandLine: `${OLLAMA} serve`,
    user: "ollama",
    ...more,
    executable,
    commandLine,
  });
}

/** A program that somebody starts in a shell. */
export function run(
  second: number,
  executable: string,
  commandLine: string,
  more: More<typeof processEvent, "executable" | "commandLine"> = {},
): LogEvent {
  return child(second, executable, commandLine, {
    parentExecutable: "/usr/bin/bash",
    parentCommandLine: "-bash",
    user: "alice",
    ...more,
  });
}

/** The server's own line `Listening on`. */
export function listens(
  second: number,
  address: string,
  more: Partial<More<typeof listenEvent, "address">> = {},
): LogEvent {
  return listenEvent(head(second, "ollama", more), {
    port: 11_434,
    by: "server-line",
    version: "0.33.0",
    ...more,
    address,
  });
}

/** A setting that the server tells at its start. */
export function setting(second: number, name: string, value: string, more: Head = {}): LogEvent {
  return settingEvent(head(second, "ollama", more), { name, value });
}

/** A file that came, changed or went. */
export function file(
  second: number,
  action: "created" | "changed" | "deleted" | "truncated",
  path: string,
  more: More<typeof fileEvent, "action" | "path"> = {},
): LogEvent {
  return fileEvent(head(second, "sysmon", more), { executable: OLLAMA, user: "ollama", ...more, action, path });
}

/** A name that a program looks up. */
export function dns(second: number, question: string, more: More<typeof dnsEvent, "question"> = {}): LogEvent {
  return dnsEvent(head(second, "sysmon", more), { executable: OLLAMA, ...more, question });
}

/** A change of something that guards or records. */
export function control(
  second: number,
  what: ControlEvent["control"],
  action: ControlEvent["action"],
  name: string,
  more: More<typeof controlEvent, "control" | "action" | "name"> = {},
): LogEvent {
  return controlEvent(head(second, "journald", more), { ...more, control: what, action, name });
}

/** The same again and again: `build` gets the second and the number from 0. */
export function many(
  count: number,
  everySeconds: number,
  build: (second: number, index: number) => LogEvent,
  from = 0,
): readonly LogEvent[] {
  return Array.from({ length: count }, (_, index) => build(from + index * everySeconds, index));
}

/** A story; its events are made when they are asked for, so that thousands of them cost nobody's start. */
export function story(title: string, build: () => readonly (LogEvent | readonly LogEvent[])[]): DetectionExample {
  return {
    title,
    get events() {
      return build()
        .flat()
        .map((event, index) => ({ ...event, place: placeOf(event, index) }));
    },
  };
}

function placeOf(event: LogEvent, index: number): LogEvent["place"] {
  return { source: 0, line: index + 1, offset: index * 100, text: `${event.product} ${event.class} ${index + 1}` };
}

/** The same told of addresses that are nobody's from outside: stories that stay silent wherever only strangers count. */
export function notStrangers(
  build: (address: string) => readonly (LogEvent | readonly LogEvent[])[],
): readonly DetectionExample[] {
  return [
    story("the machine itself", () => build("127.0.0.1")),
    story("the machine itself over IPv6", () => build("::1")),
    story("the machine itself, its address written as IPv6", () => build("::ffff:127.0.0.1")),
    story("a colleague in the same network", () => build(COLLEAGUE)),
    story("a colleague in the same network over IPv6", () => build("fd12:3456:789a::20")),
    story("whoever comes through docker-proxy", () => build(DOCKER_BRIDGE)),
    story("an address of a carrier's shared space, behind NAT", () => build("100.64.3.4")),
    story("an address that the user knows", () => build(KNOWN)),
    story("an IPv6 address that the user knows", () => build(KNOWN_6)),
  ];
}

/** The same told of addresses that are the machine's or the user's own: silent wherever every other machine counts. */
export function ownPeers(
  build: (address: string) => readonly (LogEvent | readonly LogEvent[])[],
): readonly DetectionExample[] {
  return ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1", KNOWN, KNOWN_6, KNOWN_LAN].map((address) =>
    story(`from ${address}, which is the machine's or the user's own`, () => build(address)),
  );
}

/** The same program started by others than the server: silent wherever the server's own children count. */
export function otherParents(executable: string, commandLine: string): readonly DetectionExample[] {
  const by = (title: string, parentExecutable: string, parentCommandLine: string): DetectionExample =>
    story(title, () => [run(0, executable, commandLine, { parentExecutable, parentCommandLine })]);
  return [
    by("somebody in a shell starts it", "/usr/bin/bash", "-bash"),
    by("Ollama's own chat in a terminal starts it as a tool", OLLAMA, "ollama run example-chat"),
    by(
      "Ollama's own chat starts it, and its prompt speaks of the server",
      OLLAMA,
      "ollama run example-chat what does ollama serve do",
    ),
    by("Ollama launches an agent, and the agent's installer starts it", OLLAMA, "ollama launch claude"),
    by("cron starts it", "/usr/sbin/cron", "/usr/sbin/cron -f"),
    by("a login over SSH starts it", "/usr/sbin/sshd", "sshd: alice@pts/0"),
    by("the service manager starts it", "/usr/lib/systemd/systemd", "/sbin/init"),
    by("a server whose name only ends alike starts it", "/opt/notollama", "/opt/notollama serve"),
    by("another product's server starts it", "/opt/proxy/bin/proxy", "proxy serve"),
  ];
}

/** The same told of connections that did not reach a model server here: silent wherever only answered ones from outside count. */
export function noConnections(
  build: (more: Partial<NetworkEvent>) => readonly (LogEvent | readonly LogEvent[])[],
): readonly DetectionExample[] {
  return [
    story("the same, stopped by a filter", () => build({ action: "blocked", established: null })),
    story("the same, answered by nobody", () => build({ established: false })),
    story("the same at a port on which no model server listens", () => build({ destinationPort: 443 })),
    story("the same, opened by the machine itself to a server elsewhere", () => build({ direction: "outbound" })),
  ];
}
