import type { Condition } from "../../model/condition.ts";
import type { EventClass, HttpEvent, NetworkEvent } from "../../model/event.ts";
import type { EventWorld } from "./event-world.ts";
import type { Facets } from "./facets.ts";
import { methodNumber, OTHER_METHOD } from "./method-number.ts";
import { atomsOf } from "./simplify-condition.ts";
import type { Atom } from "./simplify-condition.ts";
import { textFacets } from "./text-facets.ts";

/** Bits of an address's words, and one for no address. */
const NO_ADDRESS = 128;

/** Facets of a class of events. */
export function facetsOf(eventClass: EventClass, asked: readonly Condition[], world: EventWorld): Facets {
  switch (eventClass) {
    case "http":
      return httpFacets(asked, world);
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
      return textFacets(["executable", "parentExecutable"], eventClass, world);
    case "listen":
      return textFacets(["executable", "address"], eventClass, world);
    case "file":
      return textFacets(["executable", "action"], eventClass, world);
    case "dns":
      return textFacets(["executable", "question"], eventClass, world);
    case "setting":
      return textFacets(["name", "value"], eventClass, world);
    case "control":
      return textFacets(["name", "control"], eventClass, world);
  }
}

function fixesAddress(atom: Atom, field: "sourceIp" | "destinationIp"): boolean {
  return atom.field === field && (atom.kind === "network" || atom.kind === "absent");
}

/** Fields of a request that follow from the route and the address's trust, or are these. */
const FIXED: ReadonlySet<string> = new Set(["route", "risk", "sourceTrust"]);
/** Fields of a request that many logs do not have; the key says which of them are `null`, and nothing more. */
const OFTEN_NULL = ["origin", "model", "userAgent", "user", "durationMs"] as const;

function httpFacets(asked: readonly Condition[], world: EventWorld): Facets {
  const kinds = statusKinds(asked.flatMap(atomsOf));
  return {
    keyOf: (event) => (event.class === "http" ? httpKey(event, world, kinds) : 0),
    fixes(atom, event) {
      if (event.class !== "http") return false;
      if (FIXED.has(atom.field) || fixesAddress(atom, "sourceIp")) return true;
      if (atom.field === "path") return world.routeOf(event)?.plain === true;
      if (atom.field === "method") return methodNumber(event.method) !== OTHER_METHOD;
      if (atom.field === "status") return kinds !== null && event.status !== null && (kinds[event.status] ?? 0) !== 0;
      return OFTEN_NULL.some((field) => field === atom.field && event[field] === null);
    },
  };
}

/** 7 bits of route, 3 of method, 8 of address, 1 of trust, 5 of status, 5 of fields that are null: 29. */
function httpKey(event: HttpEvent, world: EventWorld, kinds: Uint8Array | null): number {
  const route = world.routeOf(event);
  const words = event.sourceIp === null ? NO_ADDRESS : world.addresses.of(event.sourceIp).words;
  const kind = kinds === null || event.status === null ? 0 : (kinds[event.status] ?? 0);
  const nulls =
    (event.origin === null ? 1 : 0) |
    (event.model === null ? 2 : 0) |
    (event.userAgent === null ? 4 : 0) |
    (event.user === null ? 8 : 0) |
    (event.durationMs === null ? 16 : 0);
  return (
    ((route === null ? 0 : route.number) << 22) |
    (methodNumber(event.method) << 19) |
    (words << 11) |
    (event.sourceTrust === "claimed" ? 1 << 10 : 0) |
    (kind << 5) |
    nulls
  );
}

function networkKey(event: NetworkEvent, world: EventWorld): number {
  const from = event.sourceIp === null ? NO_ADDRESS : world.addresses.of(event.sourceIp).words;
  const to = event.destinationIp === null ? NO_ADDRESS : world.addresses.of(event.destinationIp).words;
  const port = event.destinationPort === null ? 0 : world.serverPorts.has(event.destinationPort) ? 1 : 2;
  const direction = event.direction === null ? 0 : event.direction === "inbound" ? 1 : 2;
  return (port << 18) | (direction << 16) | (from << 8) | to;
}

const STATUSES = 1000;
const MOST_KINDS = 31;

/**
 * Numbers statuses by the answers that all atoms on `status` give: those with the same number are alike to every detection. 0 stands for
 * what is no status. `null` when the detections tell more kinds apart than fit.
 */
function statusKinds(atoms: readonly Atom[]): Uint8Array | null {
  const onStatus = atoms.filter((atom) => atom.field === "status");
  const numbers = new Map<string, number>();
  const kinds = new Uint8Array(STATUSES);
  for (let status = 0; status < STATUSES; status += 1) {
    const answers = onStatus.map((atom) => (meets(atom, status) ? "1" : "0")).join("");
    const known = numbers.get(answers) ?? numbers.size + 1;
    numbers.set(answers, known);
    if (known > MOST_KINDS) return null;
    kinds[status] = known;
  }
  return kinds;
}

function meets(atom: Atom, status: number): boolean {
  switch (atom.kind) {
    case "is":
      return atom.values.includes(status);
    case "above":
      return status > atom.value;
    case "below":
      return status < atom.value;
    case "starts":
    case "ends":
    case "contains":
    case "network":
    case "cidr":
    case "absent":
      return false;
  }
}
