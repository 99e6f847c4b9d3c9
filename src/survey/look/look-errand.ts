import type { Head } from "../../format/http-head.ts";
import { isReadRoute } from "../../format/route-reading.ts";
import { READ_ONLY_ROUTES, buildRequest, pipeline } from "../../knowledge/read-only-routes.ts";
import type { Asker, GetRouteId, RouteId } from "../../knowledge/read-only-routes.ts";
import type { RequestText } from "../../model/request-text.ts";
import type { CardSubject } from "./look-cards.ts";

/** What goes out next: GETs in one write, or one card. */
export type Errand =
  | { readonly kind: "gets"; readonly routes: readonly GetRouteId[] }
  | { readonly kind: "card"; readonly subject: CardSubject };

/** The routes of an errand, in order. */
export function routesOf(errand: Errand): readonly RouteId[] {
  return errand.kind === "card" ? ["show"] : errand.routes;
}

/** Bytes of a body that are read at most; of an answer nobody waits for, as many as of the shortest. */
export function capOf(route: RouteId | null): number {
  return READ_ONLY_ROUTES[route ?? "version"].maxBodyBytes;
}

/** Whether the beginning of a body longer than its cap is welcome: of a list or a card only when it is a page instead. */
export function beginningTells(route: RouteId, { contentType }: Head): boolean {
  return (!isReadRoute(route) && route !== "show") || contentType?.startsWith("text/html") === true;
}

/** The bytes of an errand. */
export function textOf(errand: Errand, asker: Asker, token: string): RequestText {
  if (errand.kind === "card") return buildRequest("show", asker, errand.subject.name);
  return pipeline(
    errand.routes.map((route) =>
      route === "control" ? buildRequest(route, asker, token) : buildRequest(route, asker, null),
    ),
  );
}
