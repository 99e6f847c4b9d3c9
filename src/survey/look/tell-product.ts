import type { Evidence } from "../../knowledge/product.ts";
import { PRODUCTS } from "../../knowledge/products/index.ts";
import type { ProductId } from "../../knowledge/products/index.ts";
import type { GetRouteId } from "../../knowledge/read-only-routes.ts";

type Holds = (evidence: Evidence) => boolean;

/** The table's tells in order, flat: two or three walks a look. */
const SETTLING: readonly (readonly [holds: Holds, product: ProductId])[] = PRODUCTS.flatMap(({ id, tells }) =>
  tells.filter(({ certain }) => certain).map(({ holds }) => [holds, id] as const),
);
const POINTING: readonly (readonly [holds: Holds, ownRoute: GetRouteId])[] = PRODUCTS.flatMap(({ ownRoute, tells }) =>
  ownRoute === null ? [] : tells.map(({ holds }) => [holds, ownRoute] as const),
);

/** The first product of the table with a tell that settles it; `null` when none does. */
export function tellProduct(evidence: Evidence): ProductId | null {
  for (const [holds, product] of SETTLING) if (holds(evidence)) return product;
  return null;
}

/** The route that would settle a suspicion, when some sign points at an emulator. */
export function routeThatWouldTell(evidence: Evidence): GetRouteId | null {
  for (const [holds, ownRoute] of POINTING) if (holds(evidence)) return ownRoute;
  return null;
}
