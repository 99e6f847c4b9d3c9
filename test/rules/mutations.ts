import type { LogEvent } from "../../src/model/event.ts";
import {
  asIpv6,
  claiming,
  onlyByServer,
  readdress,
  readdressWords,
  renamedChild,
  renamedServer,
  reparented,
  throughOne,
  toPort,
} from "./mutation-edits.ts";
import type { Edit } from "./mutation-edits.ts";

/** One way in which the same happens and logs tell it otherwise. */
export interface Mutation {
  /** Head of its column. */
  readonly id: string;
  /** What differs, in words. */
  readonly title: string;
  /** Runs of the detection, each with events of its own; one, unless state is lost between. */
  readonly runs: (events: readonly LogEvent[]) => readonly (readonly LogEvent[])[];
  /** Ports that `--port` names, if not 11434. */
  readonly serverPorts?: readonly number[];
  /** Whether what is no finding stays none: then the silent stories are put through it too. */
  readonly keepsMeaning: boolean;
}

const PORT = 8434;
const INIT = { parentPid: 1, parentExecutable: "/usr/lib/systemd/systemd", parentCommandLine: "/sbin/init" };
const NO_PARENT = { parentPid: null, parentExecutable: null, parentCommandLine: null };
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const each =
  (edit: Edit): Mutation["runs"] =>
  (events) => [events.map(edit)];

const middle = (events: readonly LogEvent[]): number => Math.ceil(events.length / 2);

/** The clock is set at the middle row; rows are put in order of time, as a hunt does with so few. */
const clockSet =
  (byMs: number): Mutation["runs"] =>
  (events) => [
    events
      .map((event, index) => (index < middle(events) ? event : { ...event, at: event.at + byMs }))
      .toSorted((a, b) => a.at - b.at),
  ];

const cutInTwo: Mutation["runs"] = (events) =>
  events.length < 2 ? [events] : [events.slice(0, middle(events)), events.slice(middle(events))];

/** Every mutation: a column each. */
export const MUTATIONS: readonly Mutation[] = [
  {
    id: "other port",
    title: `the server listens on ${PORT}, and nobody told hunt so`,
    runs: each(toPort(PORT)),
    keepsMeaning: false,
  },
  {
    id: "other port, told",
    title: `the same with \`--port ${PORT}\``,
    runs: each(toPort(PORT)),
    serverPorts: [PORT],
    keepsMeaning: true,
  },
  {
    id: "IPv6",
    title: "every IPv4 address is one of IPv6 that reaches as far, also in commands and settings",
    runs: (events) => [events.map(readdress(asIpv6)).map(readdressWords(asIpv6))],
    keepsMeaning: true,
  },
  {
    id: "IPv4 as IPv6",
    title: "every IPv4 address is written as `::ffff:a.b.c.d`, as sockets of both families tell it",
    runs: each(readdress((dotted) => `::ffff:${dotted}`)),
    keepsMeaning: true,
  },
  {
    id: "forged: loopback",
    title: "a forged `X-Forwarded-For` makes the server's own log say 127.0.0.1",
    runs: each(claiming(() => "127.0.0.1")),
    keepsMeaning: false,
  },
  {
    id: "forged: private",
    title: "the same, saying 192.168.1.50",
    runs: each(claiming(() => "192.168.1.50")),
    keepsMeaning: false,
  },
  {
    id: "forged: changing",
    title: "the same, another public address in every row",
    runs: each(claiming((index) => `198.51.100.${(index % 200) + 20}`)),
    keepsMeaning: false,
  },
  {
    id: "own log alone",
    title: "no proxy wrote it down: requests stand in the server's own log, which tells less, with the true address",
    runs: each(onlyByServer((told) => told)),
    keepsMeaning: false,
  },
  {
    id: "own log, forged",
    title: "the same, with a forged `X-Forwarded-For` of 127.0.0.1",
    runs: each(onlyByServer(() => "127.0.0.1")),
    keepsMeaning: false,
  },
  {
    id: "NAT",
    title: "a router in front rewrites every other machine's address to 10.0.0.1",
    runs: each(throughOne("10.0.0.1", null)),
    keepsMeaning: false,
  },
  {
    id: "docker-proxy",
    title: "the server runs in a container: other machines come from 172.17.0.1, and the program is docker-proxy",
    runs: each(throughOne("172.17.0.1", "/usr/bin/docker-proxy")),
    keepsMeaning: false,
  },
  {
    id: "reparented",
    title: "the started program's parent is PID 1",
    runs: each(reparented(INIT)),
    keepsMeaning: false,
  },
  {
    id: "no parent",
    title: "the source does not tell a parent",
    runs: each(reparented(NO_PARENT)),
    keepsMeaning: false,
  },
  {
    id: "program renamed",
    title: "the started program's file is called `updater`, in the same folder",
    runs: each(renamedChild),
    keepsMeaning: false,
  },
  {
    id: "server renamed",
    title: "the server's program is called `modeld`",
    runs: each(renamedServer),
    keepsMeaning: false,
  },
  {
    id: "cut, parts apart",
    title: "the log was rotated at the middle row, and the parts are read in two hunts",
    runs: cutInTwo,
    keepsMeaning: true,
  },
  {
    id: "clock + 1 day",
    title: "the clock is set forward a day at the middle row",
    runs: clockSet(DAY_MS),
    keepsMeaning: true,
  },
  {
    id: "clock − 1 hour",
    title: "the clock is set back an hour at the middle row",
    runs: clockSet(-HOUR_MS),
    keepsMeaning: true,
  },
  {
    id: "rows doubled",
    title: "every row is there twice, as when two collectors write into one place",
    runs: (events) => [events.flatMap((event) => [event, event])],
    keepsMeaning: true,
  },
];
