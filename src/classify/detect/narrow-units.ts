import type { EventClass, LogEvent } from "../../model/event.ts";
import { compileCondition } from "./compile-condition.ts";
import type { EventTest } from "./compile-condition.ts";
import type { EventWorld } from "./event-world.ts";
import { facetsOf } from "./class-facets.ts";
import type { Facets } from "./facets.ts";
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

/** Keys that are remembered; events of others are asked everything. */
const MOST_KEYS = 16_384;

/**
 * Sorts the units of a class by what is cheap to tell of an event (`class-facets.ts`): route, method, status and kind of address of a request;
 * port, direction and kinds of addresses of a connection. What these answer is worked out once for each combination that occurs; the rest is asked of each event.
 */
export function narrowUnits(units: readonly Unit[], eventClass: EventClass, world: EventWorld): UnitsFor {
  const every = units.map((unit) => readyUnit(unit, unit.where, eventClass, world));
  const facets = facetsOf(
    eventClass,
    units.map((unit) => unit.where),
    world,
  );
  const byKey = new Map<number, readonly ReadyUnit[]>();
  let lastKey = -1;
  let last: readonly ReadyUnit[] = every;
  return (event) => {
    const key = facets.keyOf(event);
    if (key === lastKey) return last;
    const known =
      byKey.get(key) ?? (byKey.size < MOST_KEYS ? unitsLeft(units, event, facets, eventClass, world) : every);
    if (known !== every) byKey.set(key, known);
    lastKey = key;
    last = known;
    return known;
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
