import type { ProductKind } from "./product.ts";
import { PRODUCTS } from "./products/index.ts";

const KINDS: ReadonlySet<ProductKind> = new Set(["workflow", "agent-gateway"]);

/** Products whose work is to call tools for whoever asks; RAGFlow's is retrieval. */
export const TOOL_PRODUCTS: ReadonlySet<string> = new Set(
  PRODUCTS.filter(({ id, kind }) => KINDS.has(kind) && id !== "ragflow").map(({ id }) => id),
);
