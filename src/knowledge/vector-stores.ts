import { PRODUCTS } from "./products/index.ts";

/** Stores that retrieval reads from, each with the port where it speaks HTTP unless told otherwise. */
export const VECTOR_STORES: readonly { readonly id: string; readonly port: number }[] = PRODUCTS.flatMap(
  ({ id, kind, ports }) => (kind === "vector-store" ? [{ id, port: ports[0] }] : []),
);
