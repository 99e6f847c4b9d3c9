import { absent, all, not } from "../../model/condition.ts";
import type { EventField } from "../../model/condition.ts";
import type { Correlation, Detection, Selection } from "../../model/detection.ts";
import { EVENT_CLASSES } from "../../model/event.ts";
import type { EventClass, LogEvent } from "../../model/event.ts";
import { eventWorld } from "./event-world.ts";
import type { DetectSetting, EventWorld } from "./event-world.ts";
import { narrowUnits } from "./narrow-units.ts";
import type { Unit, UnitsFor, UnitUse } from "./narrow-units.ts";
import { withServerPorts } from "./server-port-texts.ts";

/** Detections made ready for one world; read only but for its memories of addresses and paths, which are bounded. */
export interface DetectionPlan {
  readonly detections: readonly Detection[];
  readonly world: EventWorld;
  /** What an event may meet, by its class. */
  readonly units: Readonly<Record<EventClass, UnitsFor>>;
  /** Whether some detection asks `knownChild`: then rows that tell a version are wanted too. */
  readonly wantsVersions: boolean;
}

/**
 * Makes detections ready. Throws a `RangeError` when a correlation names a selection that is not there, asks for less than one row, for no
 * step or more than 30, or a prefix is none: those are faults of the detection, not of a log.
 */
export function planDetections(detections: readonly Detection[], setting: DetectSetting): DetectionPlan {
  const world = eventWorld(setting);
  const units = new Map<EventClass, Asked>();
  for (const [at, detection] of detections.entries()) {
    checkCorrelation(detection);
    for (const [role, name] of rolesOf(detection.correlation).entries())
      addUse(units, told(selectionOf(detection, name), detection.correlation, setting), { detection: at, role });
  }
  const ofClass = (eventClass: EventClass): UnitsFor => {
    const own = [...(units.get(eventClass)?.values() ?? [])];
    return narrowUnits(own, eventClass, world);
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each class once, by construction
  const byClass = Object.fromEntries(EVENT_CLASSES.map((one) => [one, ofClass(one)])) as Record<EventClass, UnitsFor>;
  const wantsVersions = [...(units.get("process")?.keys() ?? [])].some((key) => key.includes('"knownChild"'));
  return { detections, world, units: byClass, wantsVersions };
}

/**
 * Whether an event may matter: it meets some selection, or tells a version that others are judged by. Needs no state, so that it can be
 * asked in any order and in other workers; where the answer hangs on the server's version (`knownChild`), it is yes.
 */
export function isCandidate(plan: DetectionPlan, event: LogEvent): boolean {
  for (const unit of plan.units[event.class](event)) if (unit.possible(event)) return true;
  return plan.wantsVersions && event.class === "listen" && event.version !== null;
}

/** Names of the selections that a correlation uses, in the order of their roles. */
export function rolesOf(correlation: Correlation): readonly string[] {
  switch (correlation.kind) {
    case "each":
    case "count":
    case "distinct":
    case "sum":
    case "first":
      return [correlation.of];
    case "sequence":
      return correlation.steps;
    case "change":
      return [correlation.from, correlation.to];
    case "disagree":
      return [correlation.claimed, correlation.seen];
  }
}

/** Roles of one detection are bits of a 32-bit number. */
const MOST_STEPS = 30;

function checkCorrelation(detection: Detection): void {
  const { correlation } = detection;
  const roles = rolesOf(correlation).length;
  if (roles < 1 || roles > MOST_STEPS) throw new RangeError(`${detection.id}: needs 1 to ${MOST_STEPS} steps`);
  if ("atLeast" in correlation && !(correlation.atLeast > 0))
    throw new RangeError(`${detection.id}: atLeast must be above 0`);
  if ("withinSeconds" in correlation && !(correlation.withinSeconds >= 0))
    throw new RangeError(`${detection.id}: withinSeconds must not be below 0`);
}

function selectionOf(detection: Detection, name: string): Selection {
  const selection = Object.hasOwn(detection.selections, name) ? detection.selections[name] : undefined;
  if (selection === undefined) throw new RangeError(`${detection.id}: there is no selection ${name}`);
  return selection;
}

/** What is asked of one class: each condition once, with all who ask it. */
type Asked = Map<string, Unit & { readonly uses: UnitUse[] }>;

/** The selection for the ports that servers have here, without the rows that its correlation leaves out because a field is `null`. */
function told(selection: Selection, correlation: Correlation, { serverPorts }: DetectSetting): Selection {
  const needed = neededBy(correlation).filter((field) => field !== "observer");
  return {
    class: selection.class,
    where: all(withServerPorts(selection.where, serverPorts), ...needed.map((field) => not(absent(field)))),
  };
}

function neededBy(correlation: Correlation): readonly EventField[] {
  switch (correlation.kind) {
    case "each":
    case "count":
    case "sequence":
    case "first":
    case "change":
      return correlation.by;
    case "distinct":
    case "sum":
      return [...correlation.by, correlation.field];
    case "disagree":
      return ["sourceIp"];
  }
}

function addUse(units: Map<EventClass, Asked>, selection: Selection, use: UnitUse): void {
  const ofClass: Asked = units.get(selection.class) ?? new Map<never, never>();
  units.set(selection.class, ofClass);
  const key = JSON.stringify(selection.where);
  const known = ofClass.get(key);
  if (known === undefined) ofClass.set(key, { where: selection.where, uses: [use] });
  else known.uses.push(use);
}
