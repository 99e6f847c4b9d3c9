import type { Evidence, Product } from "../../knowledge/product.ts";
import { PRODUCTS } from "../../knowledge/products/index.ts";
import type { ProductId } from "../../knowledge/products/index.ts";
import type { GetRouteId } from "../../knowledge/read-only-routes.ts";

/** The first product of the table with a tell that settles it; `null` when none does. */
export function tellProduct(evidence: Evidence): ProductId | null {
  return PRODUCTS.find((product) => isTold(product, evidence, true))?.id ?? null;
}

/** The route that would settle a suspicion, when some sign points at an emulator. */
export function routeThatWouldTell(evidence: Evidence): GetRouteId | null {
  return PRODUCTS.find((product) => product.ownRoute !== null && isTold(product, evidence, false))?.ownRoute ?? null;
}

function isTold(product: Product, evidence: Evidence, mustBeCertain: boolean): boolean {
  return product.tells.some((tell) => (tell.certain || !mustBeCertain) && tell.holds(evidence));
}
