import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import type { ModelRoute } from "../../knowledge/ollama-routes.ts";
import { METHODS, methodNumber } from "./method-number.ts";
import { turnCache } from "./turn-cache.ts";

/** The model server's route that a method and a path meet. */
export interface RouteFacts {
  readonly id: string;
  readonly risk: "A" | "B" | "C" | "D";
  /** From 1: a key for tables by route; a path with a part of its own, or written in another way, has another number than the plain one. */
  readonly number: number;
  /** Whether the path is exactly the route's, so that all requests of this number have the same path. */
  readonly plain: boolean;
}

/** Routes by method and path; `null` where the server has none. */
export type RouteFinder = (method: string, path: string) => RouteFacts | null;

/** What one path leads to, by number of the method. */
type Methods = readonly (RouteFacts | null)[];

/** Paths with a part of their own (digests, models) that are kept: twice as many at most. */
const KEPT = 8192;
/** Longer paths are none of the server's. */
const LONGEST = 1024;
const NONE: Methods = [];

interface Row {
  readonly facts: RouteFacts;
  readonly route: ModelRoute;
}

const ROWS: readonly Row[] = Object.entries<ModelRoute>(MODEL_ROUTES).map(([id, route], at) => ({
  facts: { id, risk: route.risk, number: 2 * at + 1, plain: true },
  route,
}));

/** The same routes for paths that are not exactly theirs. */
const OTHER_ROWS: readonly Row[] = ROWS.map(({ facts, route }) => ({
  facts: { ...facts, number: facts.number + 1, plain: false },
  route,
}));

const PLAIN = byPath(ROWS);
const DECODED = byPath(OTHER_ROWS);

/** Routes whose last segment is a parameter, by what stands before it. */
const OPEN = OTHER_ROWS.filter(({ route }) => route.path.includes(":")).map((row) => ({
  before: row.route.path.slice(0, row.route.path.indexOf(":")),
  methods: methodsOf(row),
}));

/**
 * Makes a finder with a memory of its own, bounded. Like the server's router it takes whole segments, exact case and no slash too many;
 * `%61` counts as `a`, because the router sees the path decoded.
 */
export function routeFinder(): RouteFinder {
  const others = turnCache<Methods>(KEPT, otherPath);
  return (method, path) => {
    const methods = PLAIN.get(path) ?? (path.length > LONGEST ? NONE : others.of(path));
    return methods === NONE ? null : (methods[methodNumber(method)] ?? null);
  };
}

function byPath(rows: readonly Row[]): ReadonlyMap<string, Methods> {
  return new Map(rows.filter(({ route }) => !route.path.includes(":")).map((row) => [row.route.path, methodsOf(row)]));
}

function methodsOf({ facts, route }: Row): Methods {
  const allowed = route.methods.map(methodNumber);
  return [null, ...METHODS].map((_, number) => (allowed.includes(number) ? facts : null));
}

function otherPath(path: string): Methods {
  const plain = path.includes("%") ? decoded(path) : path;
  const found = DECODED.get(plain);
  if (found !== undefined) return found;
  for (const { before, methods } of OPEN) {
    if (!plain.startsWith(before)) continue;
    const parameter = plain.slice(before.length);
    return parameter === "" || parameter.includes("/") ? NONE : methods;
  }
  return NONE;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
