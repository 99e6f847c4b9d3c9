import type { Evidence, Product, Tell } from "../knowledge/product.ts";
import { PRODUCTS } from "../knowledge/products/index.ts";
import type { ProductId } from "../knowledge/products/index.ts";

/** A product that was told, and by which sign. */
export interface Told {
  readonly product: Product & { readonly id: ProductId };
  readonly tell: Tell;
}

interface Row extends Told {
  /** No reply, only lists, a version or a greeting, can make it hold. */
  readonly needsNoReply: boolean;
}

/** The table's signs in order, flat: several walks a look. */
const ROWS: readonly Row[] = PRODUCTS.flatMap((product: Told["product"]) =>
  product.tells.map((tell) => ({
    product,
    tell,
    needsNoReply: tell.matches.some(({ replies }) => replies === undefined),
  })),
);
const CERTAIN = ROWS.filter(({ tell }) => tell.certain);
const CERTAIN_WITHOUT_REPLY = CERTAIN.filter(({ needsNoReply }) => needsNoReply);
const ALL_WITHOUT_REPLY = ROWS.filter(({ needsNoReply }) => needsNoReply);

/** The first product of the table with a tell that settles it; `null` when none does. */
export function tellProduct(evidence: Evidence): Told | null {
  for (const row of hasReplies(evidence) ? CERTAIN : CERTAIN_WITHOUT_REPLY) if (row.tell.holds(evidence)) return row;
  return null;
}

/** Products that some sign points at, settling or not, in the order of the table. */
export function suspectedProducts(evidence: Evidence): readonly Product[] {
  const products: Product[] = [];
  for (const { product, tell } of hasReplies(evidence) ? ROWS : ALL_WITHOUT_REPLY) {
    if (products.at(-1) !== product && tell.holds(evidence)) products.push(product);
  }
  return products;
}

function hasReplies({ replies }: Evidence): boolean {
  for (const route in replies) if (Object.hasOwn(replies, route)) return true;
  return false;
}

/** What stands in the `fingerprint` column. */
export function fingerprintOf({ product, tell }: Told): string {
  return `${product.id}.${tell.id}`;
}
