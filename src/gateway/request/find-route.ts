import { MODEL_ROUTES } from "../../knowledge/ollama-routes.ts";
import type { ModelRoute, ModelRouteId } from "../../knowledge/ollama-routes.ts";
import type { Refusal } from "../refusal.ts";

/** The route that a request calls. */
export interface RouteMatch {
  readonly id: ModelRouteId;
  readonly route: ModelRoute;
  /** The segment that stands for `:name` in the route's path; `null` where it has none. */
  readonly parameter: string | null;
}

const UNKNOWN: Refusal = { status: 404, reason: "unknown-route", message: "no such route" };
const WRONG_METHOD: Refusal = { status: 405, reason: "wrong-method", message: "this route does not take this method" };
const WRONG_DIGEST: Refusal = {
  status: 400,
  reason: "unclean-digest",
  message: "a digest is sha256: and 64 hex digits",
};

const DIGEST = /^sha256[:-][0-9a-f]{64}$/u;

type Row = readonly [ModelRouteId, ModelRoute];

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its keys are the ids
const ROWS = Object.entries(MODEL_ROUTES) as unknown as readonly Row[];

const PLAIN: ReadonlyMap<string, RouteMatch> = new Map(
  ROWS.filter(([, { path }]) => !path.includes(":")).map(([id, route]) => [route.path, { id, route, parameter: null }]),
);

/** Routes whose last segment is a parameter, by what stands before it. */
const OPEN = ROWS.filter(([, { path }]) => path.includes(":")).map(([id, route]) => {
  return { id, route, prefix: route.path.slice(0, route.path.indexOf(":")) };
});

/** Finds the route of a clean path: whole segments, exact case, as the server's router does; 404 and 405 where it has none. */
export function findRoute(method: string, path: string): RouteMatch | Refusal {
  const match = PLAIN.get(path) ?? openMatch(path);
  if (match === null) return UNKNOWN;
  if (!allows(match.route.methods, method)) return WRONG_METHOD;
  return match.id === "blob" && !DIGEST.test(match.parameter ?? "") ? WRONG_DIGEST : match;
}

function allows(methods: readonly string[], method: string): boolean {
  return methods.includes(method);
}

function openMatch(path: string): RouteMatch | null {
  for (const { id, route, prefix } of OPEN) {
    if (!path.startsWith(prefix)) continue;
    const parameter = path.slice(prefix.length);
    return parameter === "" || parameter.includes("/") ? null : { id, route, parameter };
  }
  return null;
}
