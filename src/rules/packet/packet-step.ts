import { atomsOf, isAlways, isNever, simplify } from "../../classify/detect/simplify-condition.ts";
import type { Atom } from "../../classify/detect/simplify-condition.ts";
import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import type { ModelRoute } from "../../knowledge/ollama-routes.ts";
import { all } from "../../model/condition.ts";
import type { Condition, EventField, NetworkWord } from "../../model/condition.ts";
import type { Selection } from "../../model/detection.ts";
import { Unsayable } from "../unsayable.ts";
import type { Clients, PacketContent, PathAsked } from "./packet-rule.ts";
import { NO_CONTENT } from "./packet-rule.ts";

/** A selection as packets tell it. */
export interface PacketStep {
  readonly clients: Clients;
  /** Requests, one for every list of methods; empty = every connection. */
  readonly requests: readonly PacketContent[];
  /** Statuses of the answer that count; `null` = any. */
  readonly statuses: ReadonlySet<number> | null;
}

/** What is the same for all that a sensor sees in front of a server's port. */
const SEEN: Partial<Record<EventField, string | boolean>> = {
  toServer: true,
  direction: "inbound",
  action: "allowed",
  established: true,
  product: "ollama",
};
const ENDPOINT: readonly EventField[] = ["route", "risk", "method"];

/** Splits a selection into what single packets tell. Throws {@link Unsayable}. */
export function packetStep({ class: kind, where }: Selection): PacketStep {
  if (kind !== "http" && kind !== "network") throw new Unsayable(`packets to the server do not tell it (${kind})`);
  const left = simplify(where, seenAnswer);
  if (isNever(left)) throw new Unsayable("packets to the server never meet it: it asks for another log or direction");
  const parts = (left.kind === "all" ? left.of : [left]).flatMap((one) => (one.kind === "all" ? one.of : [one]));
  const about = (fields: readonly EventField[]): readonly Condition[] =>
    parts.filter((one) => atomsOf(one).every(({ field }) => fields.includes(field)));
  const known = ["sourceIp", "path", "userAgent", "status", ...ENDPOINT] as const;
  for (const one of parts) refuseMixed(one, known);
  const statuses = about(["status"]);
  return {
    clients: clientsOf(about(["sourceIp"])),
    requests: kind === "network" ? [] : requestsOf(about(ENDPOINT), about(["path"]), about(["userAgent"])),
    statuses: statuses.length === 0 ? null : statusesOf(all(...statuses)),
  };
}

function seenAnswer(atom: Atom): boolean | null {
  const value = Object.hasOwn(SEEN, atom.field) ? SEEN[atom.field] : undefined;
  if (value === undefined) return null;
  return atom.kind === "is" && atom.values.includes(value);
}

function refuseMixed(part: Condition, known: readonly EventField[]): void {
  const fields = [...new Set(atomsOf(part).map(({ field }) => field))];
  const foreign = fields.find((field) => !known.includes(field));
  if (foreign !== undefined) throw new Unsayable(`no packet by itself tells \`${foreign}\``);
  const axes = new Set(fields.map((field) => (ENDPOINT.includes(field) ? "endpoint" : field)));
  if (axes.size > 1) throw new Unsayable(`it takes either of ${fields.map((one) => `\`${one}\``).join(", ")}`);
}

function meets(condition: Condition, answer: (atom: Atom) => boolean): boolean {
  return isAlways(simplify(condition, answer));
}

function clientsOf(parts: readonly Condition[]): Clients {
  const isMet = (word: NetworkWord): boolean =>
    meets(all(...parts), (atom) => {
      if (atom.kind !== "network") throw new Unsayable("it names single networks");
      return atom.words.includes(word);
    });
  if (parts.length === 0) return "everybody";
  if (!isMet("public")) throw new Unsayable("it is not about strangers");
  return isMet("private") ? "others" : "strangers";
}

const STATUSES = Array.from({ length: 500 }, (_, index) => index + 100);

function statusesOf(condition: Condition): ReadonlySet<number> {
  return new Set(
    STATUSES.filter((status) =>
      meets(condition, (atom) => {
        if (atom.kind === "is") return atom.values.includes(status);
        if (atom.kind === "above") return status > atom.value;
        return atom.kind === "below" && status < atom.value;
      }),
    ),
  );
}

function requestsOf(
  endpoint: readonly Condition[],
  paths: readonly Condition[],
  agents: readonly Condition[],
): readonly PacketContent[] {
  const fields = new Set(endpoint.flatMap((one) => atomsOf(one).map(({ field }) => field)));
  const rest = { ...NO_CONTENT, paths: pathsOf(paths), agents: agentsOf(agents) };
  if (fields.has("route") || fields.has("risk"))
    return routesByMethod(all(...endpoint)).map((one) => ({ ...rest, ...one }));
  return [{ ...rest, methods: fields.has("method") ? valuesOf(endpoint, "is") : null }];
}

/** Methods with the same paths are asked together. */
function routesByMethod(
  condition: Condition,
): readonly { readonly methods: readonly string[]; readonly paths: readonly PathAsked[] }[] {
  const byPaths = new Map<string, { methods: string[]; paths: readonly PathAsked[] }>();
  for (const method of ["GET", "HEAD", "POST", "DELETE"] as const) {
    const paths = Object.entries<ModelRoute>(MODEL_ROUTES)
      .filter(([id, route]) => route.methods.includes(method) && meets(condition, routeAnswer(id, route.risk, method)))
      .map(([, { path }]) => ({ path, isBegun: false }));
    if (paths.length === 0) continue;
    const key = paths.map(({ path }) => path).join(" ");
    const group = byPaths.get(key) ?? { methods: [], paths };
    byPaths.set(key, group);
    group.methods.push(method);
  }
  return [...byPaths.values()];
}

function routeAnswer(id: string, risk: string, method: string): (atom: Atom) => boolean {
  return (atom) => {
    const told = atom.field === "route" ? id : atom.field === "risk" ? risk : method;
    return atom.kind === "is" && atom.values.includes(told);
  };
}

function pathsOf(parts: readonly Condition[]): readonly PathAsked[] | null {
  const paths = parts.flatMap((one) => {
    if (one.kind !== "starts" && one.kind !== "is") throw new Unsayable("it asks for a part of the path");
    return one.values.map((path) => ({ path: path.toString(), isBegun: one.kind === "starts" }));
  });
  return paths.length === 0 ? null : paths;
}

function agentsOf(parts: readonly Condition[]): readonly string[] | null {
  return parts.length === 0 ? null : valuesOf(parts, "contains");
}

function valuesOf(parts: readonly Condition[], kind: "is" | "contains"): readonly string[] {
  return parts.flatMap((one) => {
    if (one.kind !== kind) throw new Unsayable("it asks for what is missing");
    return one.values.map(String);
  });
}
