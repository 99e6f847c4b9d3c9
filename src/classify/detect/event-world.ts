import type { EventField } from "../../model/condition.ts";
import type { EventClass, HttpEvent, LogEvent } from "../../model/event.ts";
import { addressBook } from "./address-words.ts";
import type { AddressBook } from "./address-words.ts";
import { FIELD_READERS } from "./field-readers.ts";
import type { FieldReader } from "./field-readers.ts";
import { heardVersions, knownChild } from "./known-child.ts";
import type { HeardVersions } from "./known-child.ts";
import { routeFinder } from "./route-of.ts";
import type { RouteFacts } from "./route-of.ts";

/** What the user says of their own network. */
export interface DetectSetting {
  /** Prefixes they call their own: the word `known`. */
  readonly known: readonly string[];
  /** Ports on which a model server listens here. */
  readonly serverPorts: ReadonlySet<number>;
}

/** What fields that follow from others are worked out with. */
export interface EventWorld {
  readonly addresses: AddressBook;
  readonly serverPorts: ReadonlySet<number>;
  /** The route of a request; the last one is remembered, because several conditions ask it of one event. */
  routeOf(event: HttpEvent): RouteFacts | null;
  /** Versions heard in the run whose turn it is: `detect` puts its own here. */
  heard: HeardVersions;
}

/** Makes the world of one plan, with empty memories. */
export function eventWorld(setting: DetectSetting): EventWorld {
  const find = routeFinder();
  let method = "";
  let path = "";
  let route: RouteFacts | null = find(method, path);
  return {
    addresses: addressBook(setting.known),
    serverPorts: setting.serverPorts,
    routeOf(event) {
      // By what it says, not by which event it is: readers use one again for the next row.
      if (event.path === path && event.method === method) return route;
      ({ method, path } = event);
      route = find(method, path);
      return route;
    },
    heard: heardVersions(),
  };
}

const HOUR_MS = 3_600_000;
const NOTHING: FieldReader = () => null;

const DERIVED: Readonly<Record<string, (world: EventWorld) => FieldReader>> = {
  route: (world) => (event) => (event.class === "http" ? (world.routeOf(event)?.id ?? null) : null),
  risk: (world) => (event) => (event.class === "http" ? (world.routeOf(event)?.risk ?? null) : null),
  toServer: (world) => (event) => toServer(event, world.serverPorts),
  knownChild: (world) => (event) =>
    event.class === "process" ? knownChild(event, world.heard.rank(event.observer)) : null,
  hour: () => (event) => hourOf(event),
};

/** How a field of a class of events is read; of a field that the class lacks always `null`. */
export function readerOf(field: EventField, eventClass: EventClass, world: EventWorld): FieldReader {
  if (Object.hasOwn(DERIVED, field)) return DERIVED[field]?.(world) ?? NOTHING;
  const readers: Readonly<Partial<Record<string, FieldReader>>> = FIELD_READERS[eventClass];
  return Object.hasOwn(readers, field) ? (readers[field] ?? NOTHING) : NOTHING;
}

function toServer(event: LogEvent, ports: ReadonlySet<number>): boolean | null {
  if (event.class !== "http" && event.class !== "network") return null;
  return event.destinationPort === null ? null : ports.has(event.destinationPort);
}

function hourOf(event: LogEvent): number {
  const hour = Math.floor(event.at / HOUR_MS) % 24;
  return hour < 0 ? hour + 24 : hour;
}
