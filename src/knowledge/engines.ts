import { PRODUCTS } from "./products/index.ts";

/** Platforms whose servers hold models in memory as engines do; the other platforms track models or pass calls on. */
const SERVING_PLATFORMS: readonly string[] = ["torchserve", "triton"];

/** Products that run models behind a bare API: several of them on one address compete for the same memory. A server of no known make is none. */
export const ENGINES: ReadonlySet<string> = new Set([
  ...PRODUCTS.filter(({ id, kind }) => kind === "inference" && id !== "openai-compatible").map(({ id }) => id),
  ...SERVING_PLATFORMS,
]);
