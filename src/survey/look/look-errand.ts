import { buildRequest, pipeline } from "../../knowledge/read-only-routes.ts";
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

/** The bytes of an errand. */
export function textOf(errand: Errand, asker: Asker, token: string): RequestText {
  if (errand.kind === "card") return buildRequest("show", asker, errand.subject.name);
  return pipeline(
    errand.routes.map((route) =>
      route === "control" ? buildRequest(route, asker, token) : buildRequest(route, asker, null),
    ),
  );
}
