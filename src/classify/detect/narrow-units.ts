import type { EventClass, HttpEvent, LogEvent, NetworkEvent } from "../../model/event.ts";
import { compileCondition } from "./compile-condition.ts";
import type { EventTest } from "./compile-condition.ts";
import type { EventWorld } from "./event-world.ts";
import { isNever, simplify } from "./simplify-condition.ts";
import type { Atom } from "./simplify-condition.ts";
import type { Condition } from "../../model/condition.ts";

/** A selection's place in a detection: `role` is the number of the bit that stands for it there. */
export interface UnitUse {
  readonly detection: number;
  readonly role: number;
}

/** One condition on one class, and every selection that asks it. */
export interface Unit {
  readonly where: Condition;
  readonly uses: readonly UnitUse[];
}

/** A unit made ready for events of which part is known already. */
export interface ReadyUnit {
  /** Whether the event meets the condition. */
  readonly test: EventTest;
  /** Whether it meets it, or would if the server's version were another: no state is needed. */
  readonly possible: EventTest;
  readonly uses: readonly UnitUse[];
}

/** The units of one class that an event may still meet. */
export type UnitsFor = (event: LogEvent) => readonly ReadyUnit[];

/** What a key of an event fixes: every atom on these fields has one answer for all events of the key. */
interface Facets {
  keyOf(event: LogEvent): number;
  fixes(atom: Atom, event: LogEvent): boolean;
}

/**
 * Sorts the units of a class by what is cheap to tell of an event: route, method and kind of address of a request; port, direction and
 * kinds of addresses of a connection. What these answer is worked out once for each combination that occurs; the rest is asked of each event.
 */
export function narrowUnits(units: readonly Unit[], eventClass: EventClass, world: EventWorld): UnitsFor {
  const facets = facetsOf(eventClass, world);
  if (facets === null) {
    const ready = units.map((unit) => readyUnit(unit, unit.where, eventClass, world));
    return () => ready;
  }
  const byKey = new Map<number, readonly ReadyUnit[]>();
  return (event) => {
    const key = facets.keyOf(event);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const left = unitsLeft(units, event, facets, eventClass, world);
    byKey.set(key, left);
    return left;
  };
}

function unitsLeft(
  units: readonly Unit[],
  event: LogEvent,
  facets: Facets,
  eventClass: EventClass,
  world: EventWorld,
): readonly ReadyUnit[] {
  const decide = (atom: Atom): boolean | null =>
    facets.fixes(atom, event) ? compileCondition(atom, eventClass, world)(event) : null;
  return units.flatMap((unit) => {
    const where = simplify(unit.where, decide);
    return isNever(where) ? [] : [readyUnit(unit, where, eventClass, world)];
  });
}

function readyUnit(unit: Unit, where: Condition, eventClass: EventClass, world: EventWorld): ReadyUnit {
  const test = compileCondition(where, eventClass, world);
  const loose = simplify(where, (atom, turned) => (atom.field === "knownChild" ? !turned : null));
  return {
    test,
    possible: eventClass === "process" ? compileCondition(loose, eventClass, world) : test,
    uses: unit.uses,
  };
}

const NO_ADDRESS = 128;
const METHODS = ["GET", "POST", "HEAD", "DELETE", "OPTIONS", "PUT"];

function facetsOf(eventClass: EventClass, world: EventWorld): Facets | null {
  switch (eventClass) {
    case "http":
      return {
        keyOf: (event) => (event.class === "http" ? httpKey(event, world) : 0),
        fixes: (atom, event) =>
          atom.field === "route" ||
          atom.field === "risk" ||
          atom.field === "sourceTrust" ||
          (atom.field === "method" && event.class === "http" && METHODS.includes(event.method)) ||
          fixesAddress(atom, "sourceIp"),
      };
    case "network":
      return {
        keyOf: (event) => (event.class === "network" ? networkKey(event, world) : 0),
        fixes: (atom) =>
          atom.field === "toServer" ||
          atom.field === "direction" ||
          fixesAddress(atom, "sourceIp") ||
          fixesAddress(atom, "destinationIp"),
      };
    case "process":
    case "listen":
    case "setting":
    case "file":
    case "dns":
    case "control":
      return null;
  }
}

function fixesAddress(atom: Atom, field: "sourceIp" | "destinationIp"): boolean {
  return atom.field === field && (atom.kind === "network" || atom.kind === "absent");
}

function httpKey(event: HttpEvent, world: EventWorld): number {
  const route = world.routeOf(event)?.number ?? 0;
  const words = event.sourceIp === null ? NO_ADDRESS : world.addresses.of(event.sourceIp).words;
  const trust = event.sourceTrust === "claimed" ? 1 : 0;
  return ((route * 8 + methodNumber(event.method)) * 256 + words) * 2 + trust;
}

function methodNumber(method: string): number {
  return METHODS.indexOf(method) + 1;
}

function networkKey(event: NetworkEvent, world: EventWorld): number {
  const from = event.sourceIp === null ? NO_ADDRESS : world.addresses.of(event.sourceIp).words;
  const to = event.destinationIp === null ? NO_ADDRESS : world.addresses.of(event.destinationIp).words;
  const port = event.destinationPort === null ? 0 : world.serverPorts.has(event.destinationPort) ? 1 : 2;
  const direction = event.direction === null ? 0 : event.direction === "inbound" ? 1 : 2;
  return ((port * 4 + direction) * 256 + from) * 256 + to;
}
