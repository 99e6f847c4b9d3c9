import type { Evidence, Product, Tell } from "../knowledge/product.ts";
import { PRODUCTS } from "../knowledge/products/index.ts";
import type { ProductId } from "../knowledge/products/index.ts";

/** A product that was told, and by which sign. */
export interface Told {
  readonly product: Product & { readonly id: ProductId };
  readonly tell: Tell;
}

/** The first product of the table with a tell that settles it; `null` when none does. */
export function tellProduct(evidence: Evidence): Told | null {
  for (const product of PRODUCTS) {
    const tell = (product.tells as readonly Tell[]).find((one) => one.certain && one.holds(evidence));
    if (tell !== undefined) return { product, tell };
  }
  return null;
}

/** Products that some sign points at without settling it, in the order of the table. */
export function suspectedProducts(evidence: Evidence): readonly Product[] {
  return PRODUCTS.filter((product: Product) => product.tells.some((tell) => tell.holds(evidence)));
}

/** What stands in the `fingerprint` column. */
export function fingerprintOf({ product, tell }: Told): string {
  return `${product.id}.${tell.id}`;
}
