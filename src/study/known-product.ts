import { PRODUCTS } from "../knowledge/products/index.ts";

const KNOWN: ReadonlySet<string> = new Set(PRODUCTS.map(({ id }) => id));

/** The product when it is one of ours; `null` for another word, which a foreign file may have made up to name somebody. */
export function knownProduct(product: string | null): string | null {
  return product !== null && KNOWN.has(product) ? product : null;
}
